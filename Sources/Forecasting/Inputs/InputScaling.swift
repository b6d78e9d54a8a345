/// How static layers become the 31 input maps, and the physics the inputs of the latent layer; fitted on the training
/// samples and kept in the model (METHOD 3.1).
///
/// The maps:
/// 0 elevation and 1 slope, standardised and clipped to ±4; 2-9 aspect, 10-19 soil, 20-30 vegetation, one map a class.
/// Unknown is zero in every map: the mean elevation and slope, no class. Classes not seen in training are fed as
/// unknown, because their weights never learnt anything.
package struct InputScaling: Hashable, Sendable, Codable {
  package static let aspects = 8
  package static let soils = 10
  package static let vegetations = 11
  package static let channels = 2 + aspects + soils + vegetations
  package static let clip: Float = 4
  /// A channel that hardly varies is not blown up: below this deviation, 1 is used.
  package static let smallestDeviation: Float = 0.02

  package var elevationMean: Float
  package var elevationDeviation: Float
  package var slopeMean: Float
  package var slopeDeviation: Float
  /// One flag a class, aspect N first.
  package var aspectSeen: [Bool]
  package var soilSeen: [Bool]
  package var vegetationSeen: [Bool]
  /// `nil` where the physics is read as it is.
  package var physics: ColumnScaling?

  package init(
    elevationMean: Float, elevationDeviation: Float, slopeMean: Float, slopeDeviation: Float,
    aspectSeen: [Bool] = Array(repeating: true, count: aspects),
    soilSeen: [Bool] = Array(repeating: true, count: soils),
    vegetationSeen: [Bool] = Array(repeating: true, count: vegetations), physics: ColumnScaling? = nil
  ) {
    self.elevationMean = elevationMean
    self.elevationDeviation = elevationDeviation
    self.slopeMean = slopeMean
    self.slopeDeviation = slopeDeviation
    self.aspectSeen = aspectSeen
    self.soilSeen = soilSeen
    self.vegetationSeen = vegetationSeen
    self.physics = physics
  }

  /// Round figures of Japan's land, for a model that no sample has shaped: 380 ± 420 m, 12 ± 9 degrees.
  package static let unfitted = InputScaling(
    elevationMean: 380, elevationDeviation: 420, slopeMean: 12, slopeDeviation: 9)

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    let numbers = [elevationMean, elevationDeviation, slopeMean, slopeDeviation]
    guard numbers.allSatisfy(\.isFinite), elevationDeviation > 0, slopeDeviation > 0 else {
      return "standardisation with a mean that is no number or a deviation that is not above 0"
    }
    guard aspectSeen.count == Self.aspects, soilSeen.count == Self.soils, vegetationSeen.count == Self.vegetations
    else { return "class flags for other legends than 8 aspects, 10 soils, 11 vegetations" }
    return physics?.flaw
  }

  /// Writes the 31 values of one cell, `stride` apart.
  @inline(__always)
  package func write(
    elevation: Float, slope: Float, aspect: UInt8, soil: UInt8, vegetation: UInt8,
    to values: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for channel in 0..<Self.channels { values[channel * stride] = 0 }
    if !elevation.isNaN {
      values[0] = standardised(elevation, mean: elevationMean, deviation: elevationDeviation)
    }
    if !slope.isNaN { values[stride] = standardised(slope, mean: slopeMean, deviation: slopeDeviation) }
    mark(aspect, seen: aspectSeen, first: 2, values, stride)
    mark(soil, seen: soilSeen, first: 2 + Self.aspects, values, stride)
    mark(vegetation, seen: vegetationSeen, first: 2 + Self.aspects + Self.soils, values, stride)
  }

  private func standardised(_ value: Float, mean: Float, deviation: Float) -> Float {
    let scaled = (value - mean) / (deviation < Self.smallestDeviation ? 1 : deviation)
    return min(max(scaled, -Self.clip), Self.clip)
  }

  private func mark(
    _ label: UInt8, seen: [Bool], first: Int, _ values: UnsafeMutablePointer<Float>, _ stride: Int
  ) {
    guard label > 0, Int(label) <= seen.count, seen[Int(label) - 1] else { return }
    values[(first + Int(label) - 1) * stride] = 1
  }
}
