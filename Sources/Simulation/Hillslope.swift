import Foundation
import Statistics

/// A slope that may fail, and the water in it: the truth of the synthetic countries.
///
/// On purpose another hydrology than the tank model that lsmap computes the soil water index with (METHOD 9.1).
package struct Hillslope: Hashable, Sendable {
  /// Degrees.
  package let steepness: Double
  /// Depth of the soil, m.
  package let depth: Double
  /// Rain that can enter the soil in an hour, mm.
  package let conductivity: Double
  /// Delay in the unsaturated zone, h.
  package let delay: Double
  /// Drainage of the perched water, 1/h.
  package let drainage: Double
  /// Drainable porosity.
  package let porosity: Double

  package init(
    steepness: Double, depth: Double, conductivity: Double, delay: Double, drainage: Double, porosity: Double
  ) {
    self.steepness = steepness
    self.depth = depth
    self.conductivity = conductivity
    self.delay = delay
    self.drainage = drainage
    self.porosity = porosity
  }

  /// Draws a slope of a region (METHOD 9.2).
  ///
  /// - Parameters:
  ///   - hydraulics: Delay and drainage typical of the region.
  ///   - steepness: Range of the angles, degrees.
  ///   - stream: Consumed.
  init(in hydraulics: RegionHydraulics, steepness: ClosedRange<Double> = 28...44, from stream: inout RandomStream) {
    self.steepness = stream.uniform(steepness)
    depth = stream.uniform(0.7...2)
    conductivity = exp(stream.normal(mean: log(25), deviation: 0.7))
    delay = hydraulics.delay * exp(stream.normal(deviation: 0.2))
    drainage = hydraulics.drainage * exp(stream.normal(deviation: 0.2))
    porosity = stream.uniform(0.08...0.2)
  }
}

/// Hydraulic properties typical of a region's soil.
package struct RegionHydraulics: Hashable, Sendable {
  /// `τ`, h.
  package let delay: Double
  /// `K`, 1/h.
  package let drainage: Double
}

/// Water in a hillslope, mm.
package struct HillslopeWater: Hashable, Sendable {
  /// On its way down through the unsaturated zone.
  package var unsaturated = 0.0
  /// Perched on the bedrock.
  package var perched = 0.0

  /// Dry.
  package init() {}

  /// Advances one hour.
  ///
  ///     u += min(rain, Ks);  r = u/τ;  u = (u - r - ET/2)⁺;  w = (w + r - K w - 1e-4 w^1.5)⁺
  ///
  /// - Parameters:
  ///   - rain: mm in the hour.
  ///   - evapotranspiration: mm of a dry hour; half of it where it rains.
  ///   - slope: The soil.
  @inline(__always)
  package mutating func advance(rain: Double, evapotranspiration: Double, in slope: Hillslope) {
    unsaturated += min(rain, slope.conductivity)
    let recharge = unsaturated / slope.delay
    let demand = rain > 0 ? evapotranspiration / 2 : evapotranspiration
    unsaturated = max(unsaturated - recharge - demand / 2, 0)
    perched = max(perched + recharge - slope.drainage * perched - 1e-4 * perched * perched.squareRoot(), 0)
  }

  /// Height of the perched water table above the bedrock, m: `h = min(w/(1000 n), D)`.
  @inline(__always)
  package func height(in slope: Hillslope) -> Double { min(perched / (1_000 * slope.porosity), slope.depth) }
}
