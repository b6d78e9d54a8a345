package import Mesh

/// The static layers of one grid: what never changes about a cell.
package struct StaticLayers: Sendable {
  /// Mean elevation, m; `NaN` where unknown or at sea.
  package let elevation: Layer<Float>
  /// Mean slope, degrees; `NaN` where unknown or at sea.
  package let slope: Layer<Float>
  /// 1 N, 2 NE, ... 8 NW; 0 no direction.
  package let aspect: Layer<UInt8>
  /// 1 ... 10, METHOD 8.3 plus one; 0 unknown.
  package let soil: Layer<UInt8>
  /// 1 ... 11, METHOD 8.4 plus one; 0 unknown.
  package let vegetation: Layer<UInt8>

  /// - Precondition: All layers are on one grid.
  package init(
    elevation: Layer<Float>, slope: Layer<Float>, aspect: Layer<UInt8>, soil: Layer<UInt8>, vegetation: Layer<UInt8>
  ) {
    precondition(
      [slope.grid, aspect.grid, soil.grid, vegetation.grid].allSatisfy { $0 == elevation.grid },
      "static layers on different grids")
    self.elevation = elevation
    self.slope = slope
    self.aspect = aspect
    self.soil = soil
    self.vegetation = vegetation
  }

  package var grid: MeshGrid { elevation.grid }

  /// The same layers on another grid; cells they lack are unknown.
  package func cropped(to grid: MeshGrid) -> StaticLayers {
    StaticLayers(
      elevation: elevation.cropped(to: grid, fill: .nan), slope: slope.cropped(to: grid, fill: .nan),
      aspect: aspect.cropped(to: grid, fill: 0), soil: soil.cropped(to: grid, fill: 0),
      vegetation: vegetation.cropped(to: grid, fill: 0))
  }
}

/// How static layers become the 31 input maps; fitted on the training samples and kept in the model (METHOD 3.1).
///
/// 0 elevation and 1 slope, standardised and clipped to ±4; 2-9 aspect, 10-19 soil, 20-30 vegetation, one map a class.
/// Unknown is zero in every map: the mean elevation and slope, no class. Classes not seen in training are fed as
/// unknown, because their weights never learnt anything.
package struct StaticScaling: Hashable, Sendable, Codable {
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

  package init(
    elevationMean: Float, elevationDeviation: Float, slopeMean: Float, slopeDeviation: Float,
    aspectSeen: [Bool] = Array(repeating: true, count: aspects),
    soilSeen: [Bool] = Array(repeating: true, count: soils),
    vegetationSeen: [Bool] = Array(repeating: true, count: vegetations)
  ) {
    self.elevationMean = elevationMean
    self.elevationDeviation = elevationDeviation
    self.slopeMean = slopeMean
    self.slopeDeviation = slopeDeviation
    self.aspectSeen = aspectSeen
    self.soilSeen = soilSeen
    self.vegetationSeen = vegetationSeen
  }

  /// Round figures of Japan's land, for a model that no sample has shaped: 380 ± 420 m, 12 ± 9 degrees.
  package static let unfitted = StaticScaling(
    elevationMean: 380, elevationDeviation: 420, slopeMean: 12, slopeDeviation: 9)

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    let numbers = [elevationMean, elevationDeviation, slopeMean, slopeDeviation]
    guard numbers.allSatisfy(\.isFinite), elevationDeviation > 0, slopeDeviation > 0 else {
      return "standardisation with a mean that is no number or a deviation that is not above 0"
    }
    guard aspectSeen.count == Self.aspects, soilSeen.count == Self.soils, vegetationSeen.count == Self.vegetations
    else { return "class flags for other legends than 8 aspects, 10 soils, 11 vegetations" }
    return nil
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
