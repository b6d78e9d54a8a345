package import Mesh

/// Cells whose edges are whole eighths of MESH3 cells: 1/960 degree of latitude, 1/640 degree of longitude.
package struct EighthLattice: Hashable, Sendable {
  /// Northern edge, eighths north of the equator.
  package let north: Int
  /// Western edge, eighths east of 100° E.
  package let west: Int
  package let rows: Int
  package let columns: Int
  /// Of one cell, in eighths.
  package let cellHeight: Int
  package let cellWidth: Int

  package init(north: Int, west: Int, rows: Int, columns: Int, cellHeight: Int, cellWidth: Int) {
    precondition(rows > 0 && columns > 0 && cellHeight > 0 && cellWidth > 0, "\(rows) x \(columns) cells")
    (self.north, self.west) = (north, west)
    (self.rows, self.columns) = (rows, columns)
    (self.cellHeight, self.cellWidth) = (cellHeight, cellWidth)
  }

  /// From the centres of the file's first and last point in microdegrees; `nil` unless cells of whole eighths have them there.
  init?(rows: Int, columns: Int, latitudes: (first: Int, last: Int), longitudes: (first: Int, last: Int)) {
    guard
      let (bottom, height) = Self.axis(latitudes, points: rows, eighthsPerDegree: 960, origin: 0),
      let (left, width) = Self.axis(longitudes, points: columns, eighthsPerDegree: 640, origin: 100)
    else { return nil }
    self.init(
      north: bottom + rows * height, west: left, rows: rows, columns: columns, cellHeight: height, cellWidth: width)
  }

  /// The lowest edge and the size of a cell, in eighths.
  ///
  /// The file's first point is exact to a microdegree; its last one may have been reached by steps cut to a microdegree.
  private static func axis(
    _ centres: (first: Int, last: Int), points: Int, eighthsPerDegree: Int, origin: Int
  ) -> (edge: Int, step: Int)? {
    // One point alone does not tell the size of its cell.
    guard points > 1 else { return nil }
    let scale = Double(eighthsPerDegree) / 1e6
    let span = Double(centres.last - centres.first) * scale
    let step = Int(saturating: (abs(span) / Double(points - 1)).rounded())
    let tolerance = 0.005  // five microdegrees
    guard step > 0, abs(abs(span) - Double(step * (points - 1))) <= Double(points) * scale + tolerance else {
      return nil
    }
    let centre = Double(centres.first - origin * 1_000_000) * scale
    let twice = (2 * centre).rounded()
    guard abs(2 * centre - twice) <= 2 * tolerance, (Int(twice) - step) % 2 == 0 else { return nil }
    let edge = (Int(twice) - step) / 2
    return (span > 0 ? edge : edge - step * (points - 1), step)
  }

  package var geotransform: [Double] {
    [
      Double(64_000 + west) / 640, Double(cellWidth) / 640, 0, Double(north) / 960, 0, -Double(cellHeight) / 960,
    ]
  }

  /// The MESH3 cells that these cells touch.
  package var meshGrid: MeshGrid {
    let south = floorDivided(north - rows * cellHeight)
    let first = floorDivided(west)
    return MeshGrid(
      south: south, west: first, height: -floorDivided(-north) - south,
      width: -floorDivided(-(west + columns * cellWidth)) - first)
  }

  /// Each cell is one MESH3 cell.
  package var isMesh3: Bool { cellHeight == 8 && cellWidth == 8 && north % 8 == 0 && west % 8 == 0 }

  /// What a reader calls the size of the cells: `1 km`.
  package var cellName: String {
    switch (cellHeight, cellWidth) {
    case (2, 2): "250 m"
    case (4, 4): "500 m"
    case (8, 8): "1 km"
    case (20, 20): "2.5 km"
    case (40, 40): "5 km"
    case (80, 80): "10 km"
    default: "\(Double(cellHeight) / 8) x \(Double(cellWidth) / 8) MESH3 cells"
    }
  }

  private func floorDivided(_ eighths: Int) -> Int { (eighths >= 0 ? eighths : eighths - 7) / 8 }
}
