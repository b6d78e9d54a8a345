/// A rectangle of the MESH3 lattice: whole cells, rows counted from the north as in files and pictures.
///
/// Cell (`y`, `x`) of the grid is cell (`south + height − 1 − y`, `west + x`) of the lattice. Coordinates are computed from
/// these integers and never by adding steps.
package struct MeshGrid: Hashable, Sendable {
  /// Lattice row of the southernmost cells.
  package let south: Int
  /// Lattice column of the westernmost cells.
  package let west: Int
  package let height: Int
  package let width: Int

  package init(south: Int, west: Int, height: Int, width: Int) {
    precondition(height > 0 && width > 0, "a grid of \(height) x \(width) cells")
    self.south = south
    self.west = west
    self.height = height
    self.width = width
  }

  /// The smallest grid whose cells cover the box; edges that lie on the lattice (within 1e-9 degree) add no cell.
  package init(south: Double, west: Double, north: Double, east: Double) {
    let guardWidth = 1e-7  // in cells: 1e-9 degree
    let rows = (south * 120, north * 120)
    let columns = ((west - 100) * 80, (east - 100) * 80)
    let firstRow = Int(saturating: (rows.0 + guardWidth).rounded(.down))
    let firstColumn = Int(saturating: (columns.0 + guardWidth).rounded(.down))
    self.init(
      south: firstRow, west: firstColumn,
      height: max(1, Int(saturating: (rows.1 - guardWidth).rounded(.up)) - firstRow),
      width: max(1, Int(saturating: (columns.1 - guardWidth).rounded(.up)) - firstColumn))
  }

  package var count: Int { height * width }
  /// Lattice row just above the grid.
  package var north: Int { south + height }
  /// Lattice column just right of the grid.
  package var east: Int { west + width }

  package var southLatitude: Double { Double(south) / 120 }
  package var northLatitude: Double { Double(north) / 120 }
  package var westLongitude: Double { Mesh3Code.longitude(ofColumnEdge: west) }
  package var eastLongitude: Double { Mesh3Code.longitude(ofColumnEdge: east) }

  /// The code of a cell.
  /// - Precondition: The cell lies in the lattice of the codes (always so over Japan).
  package func code(y: Int, x: Int) -> Mesh3Code { Mesh3Code(row: north - 1 - y, column: west + x) }
  package func code(at index: Int) -> Mesh3Code { code(y: index / width, x: index % width) }

  /// Place of a cell in row-major order; `nil` where the grid does not hold it.
  package func index(of code: Mesh3Code) -> Int? {
    let (y, x) = (north - 1 - code.row, code.column - west)
    guard y >= 0, y < height, x >= 0, x < width else { return nil }
    return y * width + x
  }

  package func contains(_ other: MeshGrid) -> Bool {
    other.south >= south && other.north <= north && other.west >= west && other.east <= east
  }

  /// The cells both grids hold; `nil` where there are none.
  package func intersection(_ other: MeshGrid) -> MeshGrid? {
    let (bottom, top) = (max(south, other.south), min(north, other.north))
    let (left, right) = (max(west, other.west), min(east, other.east))
    guard bottom < top, left < right else { return nil }
    return MeshGrid(south: bottom, west: left, height: top - bottom, width: right - left)
  }

  /// The smallest grid that holds both.
  package func union(_ other: MeshGrid) -> MeshGrid {
    let (bottom, left) = (min(south, other.south), min(west, other.west))
    return MeshGrid(
      south: bottom, west: left, height: max(north, other.north) - bottom, width: max(east, other.east) - left)
  }

  /// The grid with `cells` more on every side.
  package func padded(by cells: Int) -> MeshGrid {
    MeshGrid(south: south - cells, west: west - cells, height: height + 2 * cells, width: width + 2 * cells)
  }

  /// Rows `range` (counted from the north) of the grid.
  package func rows(_ range: Range<Int>) -> MeshGrid {
    precondition(range.lowerBound >= 0 && range.upperBound <= height, "rows \(range) of a grid of \(height)")
    return MeshGrid(south: north - range.upperBound, west: west, height: range.count, width: width)
  }

  /// The six coefficients of GDAL's geotransform, degrees.
  package var geotransform: [Double] { [westLongitude, 1.0 / 80, 0, northLatitude, 0, -1.0 / 120] }
}

extension MeshGrid: CustomStringConvertible {
  package var description: String { "\(width) x \(height) cells from row \(south), column \(west)" }
}
