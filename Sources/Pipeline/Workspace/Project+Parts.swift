import Mesh

extension Project {
  /// Side of a first mesh, cells: a multiple of a climatology's unit, so that none is cut.
  private static let partSide = 80
  /// Rectangles up to this size may be one part: those of all prefectures but Hokkaido and the ones of far islands.
  private static let cellsOfOnePart = 100_000
  /// So many cells of a rectangle for each that the area works with make it one of islands.
  private static let sparseShare = 4

  /// The area in parts that are worked on one after another, so that time and memory are those of its cells and not of the
  /// sea between them; no bit depends on it.
  ///
  /// Parts are first meshes of the lattice, cut to the cells that they hold. Rain archive and states are the store's;
  /// static stack and past are kept a part each, under the mesh's code.
  ///
  /// - Returns: The area itself where its rectangle is small and full; else the parts that hold any of its cells.
  func parts() -> [Project] {
    let (whole, side) = (area.grid, Self.partSide)
    guard whole.count > Self.cellsOfOnePart || whole.count > Self.sparseShare * wholeCells.count else { return [self] }
    var result: [Project] = []
    for south in stride(from: whole.south / side * side, to: whole.north, by: side) {
      for west in stride(from: whole.west / side * side, to: whole.east, by: side) {
        let mesh = MeshGrid(south: south, west: west, height: side, width: side)
        guard let grid = whole.intersection(mesh), let box = wholeArea.extent(in: grid) else { continue }
        let cells = area.cells.cropped(to: box, fill: false)
        guard cells.values.contains(true) else { continue }
        let code = MeshGrid(south: south, west: west, height: 1, width: 1).code(at: 0)
        result.append(part(cells, named: "\(code)".prefix(4).description))
      }
    }
    return result
  }
}

extension CellSet {
  /// The smallest grid that holds the cells within a grid; `nil` without any.
  fileprivate func extent(in part: MeshGrid) -> MeshGrid? {
    let first = grid.north - part.north
    var (rows, columns): (ClosedRange<Int>?, ClosedRange<Int>?)
    func joined(_ range: ClosedRange<Int>?, _ other: ClosedRange<Int>) -> ClosedRange<Int> {
      range.map { min($0.lowerBound, other.lowerBound)...max($0.upperBound, other.upperBound) } ?? other
    }
    for run in runs(inRows: first..<first + part.height) {
      let (west, east) = (grid.west + run.column, grid.west + run.column + run.count - 1)
      guard east >= part.west, west < part.east else { continue }
      rows = joined(rows, run.row...run.row)
      columns = joined(columns, max(west, part.west)...min(east, part.east - 1))
    }
    guard let rows, let columns else { return nil }
    return MeshGrid(
      south: grid.north - 1 - rows.upperBound, west: columns.lowerBound, height: rows.count, width: columns.count)
  }
}
