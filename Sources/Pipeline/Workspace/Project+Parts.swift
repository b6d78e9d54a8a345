import Mesh

extension Project {
  /// Side of a part, cells: a multiple of a climatology's unit, so that none is cut.
  private static let partSide = 240
  /// Areas whose rectangle is smaller are one part: every prefecture without far islands.
  private static let cellsOfOnePart = 400_000

  /// The area in parts that are worked on one after another, so that the memory of a run is that of one; no bit depends on it.
  ///
  /// Parts lie on the lattice whatever the area. Rain archive and states are the area's; static stack and past are kept a
  /// part each.
  ///
  /// - Returns: The area itself where its rectangle is small; else the parts that hold any of its cells.
  func parts() -> [Project] {
    let whole = area.grid
    guard whole.count > Self.cellsOfOnePart else { return [self] }
    let side = Self.partSide
    var result: [Project] = []
    for south in stride(from: whole.south / side * side, to: whole.north, by: side) {
      for west in stride(from: whole.west / side * side, to: whole.east, by: side) {
        let square = MeshGrid(south: south, west: west, height: side, width: side)
        guard let grid = whole.intersection(square) else { continue }
        let cells = area.cells.cropped(to: grid, fill: false)
        guard cells.values.contains(true) else { continue }
        result.append(part(cells, named: "\(south)-\(west)"))
      }
    }
    return result
  }
}
