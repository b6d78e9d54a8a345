import Foundation
import Mesh

/// Where places lie in the window of a map: longitude and latitude scaled evenly, true to shape at the centre's latitude.
///
/// Equirectangular with the lengths of a degree on the GRS80 ellipsoid at the centre: a MESH3 cell at 35° N is drawn 1.14
/// wide to 0.92 high, as it is on the ground.
struct MapFrame {
  /// Window in the drawing; whole pixels.
  let window: Box
  let west: Double
  let north: Double
  /// Pixels a degree.
  let perLongitude: Double
  let perLatitude: Double
  /// Pixels a kilometre at the centre's latitude.
  let perKilometre: Double

  var east: Double { west + window.width / perLongitude }
  var south: Double { north - window.height / perLatitude }
  var centreLatitude: Double { (north + south) / 2 }
  /// Pixels a cell, across and down.
  var cell: SIMD2<Double> { [perLongitude / 80, perLatitude / 120] }

  /// A frame that shows all of `grid` in the middle, as large as the window and `limit` (pixels a kilometre) let it.
  init(showing grid: MeshGrid, in window: Box, margin: Double = 0.035, limit: Double = .infinity) {
    let size = Self.kilometres(of: grid)
    let scale = min(limit, min(window.width / size.x, window.height / size.y) / (1 + 2 * margin))
    let latitude = (grid.southLatitude + grid.northLatitude) / 2
    let degree = Self.kilometresADegree(at: latitude)
    self.window = window
    perKilometre = scale
    perLongitude = degree.x * scale
    perLatitude = degree.y * scale
    west = (grid.westLongitude + grid.eastLongitude) / 2 - window.width / 2 / perLongitude
    north = latitude + window.height / 2 / perLatitude
  }

  /// Width and height of a grid at its middle latitude, km.
  static func kilometres(of grid: MeshGrid) -> SIMD2<Double> {
    let degree = kilometresADegree(at: (grid.southLatitude + grid.northLatitude) / 2)
    return [Double(grid.width) / 80 * degree.x, Double(grid.height) / 120 * degree.y]
  }

  /// Lengths of a degree of longitude and latitude on GRS80, km.
  static func kilometresADegree(at latitude: Double) -> SIMD2<Double> {
    let (equator, squaredEccentricity) = (6_378.137, 0.006_694_380_022_90)
    let sine = sin(latitude * .pi / 180)
    let root = (1 - squaredEccentricity * sine * sine).squareRoot()
    let along = equator / root * cos(latitude * .pi / 180)
    let up = equator * (1 - squaredEccentricity) / (root * root * root)
    return SIMD2(along, up) * (.pi / 180)
  }

  func point(longitude: Double, latitude: Double) -> SIMD2<Double> {
    [window.x + (longitude - west) * perLongitude, window.y + (north - latitude) * perLatitude]
  }

  func points(_ ring: [SIMD2<Double>]) -> [SIMD2<Double>] { ring.map { point(longitude: $0.x, latitude: $0.y) } }

  /// Lattice position (column, row, from the north of `grid`, in cells) of a pixel position.
  func place(_ pixel: SIMD2<Double>, in grid: MeshGrid) -> SIMD2<Double> {
    let longitude = west + (pixel.x - window.x) / perLongitude
    let latitude = north - (pixel.y - window.y) / perLatitude
    return [(longitude - grid.westLongitude) * 80, (grid.northLatitude - latitude) * 120]
  }

  /// For each pixel along one axis, the cells it stands for: the one at its centre, or all it covers where cells are smaller.
  func cellsOfPixels(in grid: MeshGrid) -> (columns: [Range<Int>], rows: [Range<Int>]) {
    func ranges(_ pixels: Int, _ limit: Int, _ position: (Double) -> Double) -> [Range<Int>] {
      (0..<pixels).map { pixel in
        let (from, to) = (position(Double(pixel)), position(Double(pixel) + 1))
        let centre = Int(saturating: ((from + to) / 2).rounded(.down))
        guard to - from > 1 else { return (centre..<centre + 1).clamped(to: 0..<limit) }
        return (Int(saturating: from.rounded(.down))..<Int(saturating: to.rounded(.down))).clamped(to: 0..<limit)
      }
    }
    let columns = ranges(Int(window.width), grid.width) { place([window.x + $0, 0], in: grid).x }
    let rows = ranges(Int(window.height), grid.height) { place([0, window.y + $0], in: grid).y }
    return (columns, rows)
  }
}
