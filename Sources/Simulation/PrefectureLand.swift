import Foundation
import Mesh
import Rasters

/// Sea, land, border and heights of the synthetic prefecture.
///
/// A box of 60 x 60 km in Japan Plane Rectangular VIII (EPSG:6676): sea with a bay and an island in the south, a coastal
/// plain, mountains in the north. What lies there in truth plays no part.
struct PrefectureLand: Sendable {
  static let referenceSystem = "EPSG:6676"
  static let box = PlaneGrid(width: 600, height: 600, spacing: 100, west: -30_000, north: -80_000)

  let terrain: SyntheticTerrain
  /// Degrees, one a pixel of the terrain.
  let slope: [Float]
  private let shape: PrefectureShape

  init(seed: UInt64, high: Double) {
    let shape = PrefectureShape(seed: seed)
    self.shape = shape
    terrain = SyntheticTerrain.grow(
      on: Self.box, high: high, noise: CoherentNoise(seed: seed, "grain"), steps: [200, 70, 30, 12],
      shore: { x, y in shape.shore(x, y) }, uplift: { x, y in shape.uplift(x, y) })
    slope = terrain.rises().map(steepness)
  }

  /// Positive inside the prefecture's land, at a point of EPSG:6676.
  func inside(x: Double, y: Double) -> Double { shape.inside(x, y) }

  /// The outline of the land as rings of EPSG:6676 points, seaward margin and inland border alike.
  func outline() -> [[(x: Double, y: Double)]] {
    let grid = Self.box.resampled(to: 200)
    return contour(of: grid, level: 0) { x, y in shape.inside(x, y) }
  }

  /// Latitudes and longitudes that hold the box, degrees JGD2011.
  static func bounds() throws(RasterError) -> (south: Double, west: Double, north: Double, east: Double) {
    let toDegrees = try CoordinateTransformation(from: referenceSystem, to: "EPSG:6668")
    var (xs, ys) = ([Double](), [Double]())
    let side = Double(box.width) * box.spacing
    for step in 0...20 {
      let t = side * Double(step) / 20
      xs += [box.west + t, box.west + t, box.west, box.west + side]
      ys += [box.north, box.north - side, box.north - t, box.north - t]
    }
    toDegrees.transform(x: &xs, y: &ys)
    return (ys.min() ?? 0, xs.min() ?? 0, ys.max() ?? 0, xs.max() ?? 0)
  }
}

/// The functions that draw the prefecture's shape; `u` eastwards and `v` northwards run from 0 to 1 across the box.
private struct PrefectureShape: Sendable {
  private let coast: CoherentNoise
  private let belts: CoherentNoise
  private let basins: CoherentNoise
  private let border: CoherentNoise

  init(seed: UInt64) {
    coast = CoherentNoise(seed: seed, "coast")
    belts = CoherentNoise(seed: seed, "belts")
    basins = CoherentNoise(seed: seed, "basins")
    border = CoherentNoise(seed: seed, "border")
  }

  private func unit(_ x: Double, _ y: Double) -> (u: Double, v: Double) {
    let box = PrefectureLand.box
    let side = Double(box.width) * box.spacing
    return ((x - box.west) / side, (y - box.north) / side + 1)
  }

  func shore(_ x: Double, _ y: Double) -> Double {
    let (u, v) = unit(x, y)
    return max(mainland(u, v), island(u, v))
  }

  private func mainland(_ u: Double, _ v: Double) -> Double {
    let bay = 0.2 * exp(-((u - 0.66) * (u - 0.66) / 0.014 + (v - 0.26) * (v - 0.26) / 0.02))
    let wave = 0.05 * sin(2.2 * .pi * u + 0.5)
    return v - 0.23 - wave - bay + 0.11 * coast.fractal(2.4 * u, 2.4 * v, octaves: 7, roughness: 0.6)
  }

  private func island(_ u: Double, _ v: Double) -> Double {
    let (du, dv) = (u - 0.24, v - 0.095)
    return 0.05 - (du * du + 1.6 * dv * dv).squareRoot() + 0.035
      * coast.fractal(9 * u, 9 * v, octaves: 5, roughness: 0.6)
  }

  func uplift(_ x: Double, _ y: Double) -> Double {
    let (u, v) = unit(x, y)
    let distance = mainland(u, v)
    guard distance > 0 else { return 0.3 }
    // A domain warped by itself: belts bend like ranges do.
    let bend = 0.35 * belts.fractal(1.3 * u + 5, 1.3 * v, octaves: 3)
    let belt = min(max(0.55 + 0.9 * belts.fractal(1.8 * u + bend, 1.8 * v - bend, octaves: 4), 0.05), 1)
    // Lowlands reach inland from the shore; rivers would have to cross mountains otherwise.
    let lowland = smoothStep(basins.fractal(2.6 * u, 2.6 * v, octaves: 3) + 1.1 * distance, over: -0.06...0.22)
    let inland = 0.1 + 0.9 * smoothStep(distance, over: 0.02...0.4)
    // The ranges are highest in the middle north; the watershed lies inside the box.
    let range = 1 - 0.75 * smoothStep(v, over: 0.72...1)
    return inland * range * (0.2 + 0.8 * belt) * (0.04 + 0.96 * lowland)
  }

  func inside(_ x: Double, _ y: Double) -> Double {
    let (u, v) = unit(x, y)
    let margin = min(u, 1 - u, 1 - v) - 0.055 + 0.045 * border.fractal(3 * u, 3 * v, octaves: 5)
    return min(shore(x, y), margin, v - 0.01)
  }
}
