import Foundation
import Mesh
import Statistics

/// Reference systems of the alignment tests with formulas of their own: nothing here calls PROJ.
enum TestSystem: String, CaseIterable, CustomStringConvertible {
  case worldDegrees = "EPSG:4326"
  case universalMercator53 = "EPSG:6690"
  case webMercator = "EPSG:3857"
  case tokyoDegrees = "EPSG:4301"

  var description: String { rawValue }

  /// A point near Tottori that is no round number in any of them.
  var origin: (x: Double, y: Double) {
    switch self {
    case .worldDegrees, .tokyoDegrees: (134.0137, 35.5119)
    case .universalMercator53: (411_234.7, 3_930_321.3)
    case .webMercator: (14_918_321.9, 4_233_456.1)
    }
  }

  /// A pixel `ratio` times smaller than a cell.
  func pixel(ratio: Double) -> (width: Double, height: Double) {
    switch self {
    case .worldDegrees, .tokyoDegrees: (1 / 80.0 / ratio, 1 / 120.0 / ratio)
    case .universalMercator53: (1_000 / ratio, 1_000 / ratio)
    case .webMercator: (1_230 / ratio, 1_230 / ratio)
    }
  }

  /// Longitude and latitude on the lattice, degrees.
  func degrees(x: Double, y: Double) -> (longitude: Double, latitude: Double) {
    switch self {
    case .worldDegrees: (x, y)
    case .tokyoDegrees: tokyoToWorld(longitude: x, latitude: y)
    case .universalMercator53: inverseTransverseMercator(x: x, y: y, centralMeridian: 135)
    case .webMercator: (x / 6_378_137 * 180 / .pi, atan(sinh(y / 6_378_137)) * 180 / .pi)
    }
  }
}

/// Krüger's series, GRS 80, scale 0.9996, false easting 500 km (Karney 2011, eq. 35 and 36).
func inverseTransverseMercator(x: Double, y: Double, centralMeridian: Double) -> (longitude: Double, latitude: Double) {
  let (a, f) = (6_378_137.0, 1 / 298.257222101)
  let n = f / (2 - f)
  let n2 = n * n
  let (n3, n4) = (n2 * n, n2 * n2)
  let rectifying = a / (1 + n) * (1 + n2 / 4 + n4 / 64)
  let beta = [
    n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360, n2 / 48 + n3 / 15 - 437 * n4 / 1_440, 17 * n3 / 480 - 37 * n4 / 840,
    4_397 * n4 / 161_280,
  ]
  let delta = [
    2 * n - 2 * n2 / 3 - 2 * n3 + 116 * n4 / 45, 7 * n2 / 3 - 8 * n3 / 5 - 227 * n4 / 45,
    56 * n3 / 15 - 136 * n4 / 35, 4_279 * n4 / 630,
  ]
  let (xi, eta) = (y / (0.9996 * rectifying), (x - 500_000) / (0.9996 * rectifying))
  var (xi1, eta1) = (xi, eta)
  for j in 1...4 {
    let k = Double(2 * j)
    xi1 -= beta[j - 1] * sin(k * xi) * cosh(k * eta)
    eta1 -= beta[j - 1] * cos(k * xi) * sinh(k * eta)
  }
  let chi = asin(sin(xi1) / cosh(eta1))
  var latitude = chi
  for j in 1...4 { latitude += delta[j - 1] * sin(Double(2 * j) * chi) }
  return (centralMeridian + atan2(sinh(eta1), cos(xi1)) * 180 / .pi, latitude * 180 / .pi)
}

/// Bessel to GRS 80 by the three offsets of EPSG:15483, heights zero.
func tokyoToWorld(longitude: Double, latitude: Double) -> (longitude: Double, latitude: Double) {
  let (a, f) = (6_377_397.155, 1 / 299.1528128)
  let e2 = f * (2 - f)
  let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
  let n = a / (1 - e2 * sin(phi) * sin(phi)).squareRoot()
  let x = n * cos(phi) * cos(lambda) - 146.414
  let y = n * cos(phi) * sin(lambda) + 507.337
  let z = n * (1 - e2) * sin(phi) + 680.507
  let (b, g) = (6_378_137.0, 1 / 298.257222101)
  let k2 = g * (2 - g)
  let p = (x * x + y * y).squareRoot()
  var result = atan2(z, p * (1 - k2))
  for _ in 0..<10 {
    let m = b / (1 - k2 * sin(result) * sin(result)).squareRoot()
    result = atan2(z + k2 * m * sin(result), p)
  }
  return (atan2(y, x) * 180 / .pi, result * 180 / .pi)
}

/// A raster of random pixels with holes, in one of the systems.
struct RandomRaster {
  let system: TestSystem
  let width: Int
  let height: Int
  let geotransform: [Double]
  var numbers: [Float]

  init(_ system: TestSystem, ratio: Double, cells: Double = 2.6, seed: UInt64, numbers: (inout RandomStream) -> Float) {
    self.system = system
    let pixel = system.pixel(ratio: ratio)
    width = max(3, Int((cells * ratio).rounded(.up)))
    height = max(3, Int((cells * ratio * 0.9).rounded(.up)))
    geotransform = [system.origin.x, pixel.width, 0, system.origin.y, 0, -pixel.height]
    var stream = RandomStream(seed: seed)
    self.numbers = (0..<width * height).map { _ in numbers(&stream) }
    // Holes: single pixels and a block.
    for i in self.numbers.indices where stream.uniform() < 0.1 { self.numbers[i] = .nan }
    for row in height / 3..<height / 2 { for column in 0..<width / 3 { self.numbers[row * width + column] = .nan } }
  }

  /// Corner of pixels in lattice coordinates.
  func corner(_ column: Int, _ row: Int) -> SIMD2<Double> {
    let t = geotransform
    let degrees = system.degrees(
      x: t[0] + Double(column) * t[1] + Double(row) * t[2], y: t[3] + Double(column) * t[4] + Double(row) * t[5])
    return SIMD2((degrees.longitude - 100) * 80, degrees.latitude * 120)
  }

  /// The cells the raster touches, and one more around.
  var grid: MeshGrid {
    let corners = [corner(0, 0), corner(width, 0), corner(0, height), corner(width, height)]
    let (us, vs) = (corners.map(\.x), corners.map(\.y))
    let (south, west) = (Int(vs.min() ?? 0), Int(us.min() ?? 0))
    return MeshGrid(
      south: south, west: west, height: Int(vs.max() ?? 0) - south + 1, width: Int(us.max() ?? 0) - west + 1
    ).padded(by: 1)
  }

  /// Every area a pixel shares with a cell, by cutting polygons with half-planes.
  func forEachOverlap(of grid: MeshGrid, _ body: (_ pixel: Int, _ cell: Int, _ area: Double) -> Void) {
    for row in 0..<height {
      for column in 0..<width {
        let quad = [
          corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1),
        ]
        let (us, vs) = (quad.map(\.x), quad.map(\.y))
        for v in Int(vs.min() ?? 0)...Int(vs.max() ?? 0) {
          for u in Int(us.min() ?? 0)...Int(us.max() ?? 0) {
            guard v >= grid.south, v < grid.north, u >= grid.west, u < grid.east else { continue }
            let area = shoelace(cut(quad, toColumn: Double(u), row: Double(v)))
            body(row * width + column, (grid.north - 1 - v) * grid.width + u - grid.west, area)
          }
        }
      }
    }
  }
}

func cut(_ polygon: [SIMD2<Double>], toColumn u: Double, row v: Double) -> [SIMD2<Double>] {
  // Half-planes as n · p + d >= 0.
  let planes: [(SIMD2<Double>, Double)] = [
    (SIMD2(1, 0), -u), (SIMD2(-1, 0), u + 1), (SIMD2(0, 1), -v), (SIMD2(0, -1), v + 1),
  ]
  return planes.reduce(polygon) { points, plane in
    func height(_ p: SIMD2<Double>) -> Double { (plane.0 * p).sum() + plane.1 }
    var kept: [SIMD2<Double>] = []
    for (i, point) in points.enumerated() {
      let before = points[(i + points.count - 1) % points.count]
      let (h, h0) = (height(point), height(before))
      if (h >= 0) != (h0 >= 0) { kept.append(before + (point - before) * (h0 / (h0 - h))) }
      if h >= 0 { kept.append(point) }
    }
    return kept
  }
}

func shoelace(_ p: [SIMD2<Double>]) -> Double {
  guard let first = p.first else { return 0 }
  var twice = 0.0
  for i in p.indices {
    let (a, b) = (p[i] - first, p[(i + 1) % p.count] - first)
    twice += a.x * b.y - a.y * b.x
  }
  return abs(twice) / 2
}
