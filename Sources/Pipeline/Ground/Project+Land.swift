import Mesh
import Rasters

extension Project {
  /// The same without cells that hold no land: sea has no level and is not counted.
  ///
  /// A polygon of the boundaries encloses land. In any other frame a cell is land where boundaries or elevation say so, and sea
  /// where either says that: the boundaries of the places they speak for (``BoundaryLand``), an elevation that reaches the
  /// cell and finds no land, a table of elevations that lacks the cell (tables list land). A cell of which nothing is known
  /// stays: a hazard must not vanish for want of data.
  ///
  /// - Parameter hashes: Digests of the input files.
  /// - Returns: The project itself where all cells are land or nothing is known.
  /// - Throws: `noLand`, and what making the static stack throws.
  func onLand(_ hashes: inout InputHashes) throws -> Project {
    guard !area.isLand, catalogue.terrain != nil || area.boundaryLand != nil else { return self }
    let boundaries = area.boundaryLand
    var listsLand = false
    if case .table = catalogue.terrain { listsLand = true }
    var land = boundaries?.sea.map { !$0 } ?? Layer(grid: area.grid, filledWith: true)
    if catalogue.terrain != nil {
      for part in parts() {
        let stack = try part.staticStack(&hashes).stack
        for index in part.area.cells.values.indices where part.area.cells.values[index] {
          let code = part.area.grid.code(at: index)
          guard let place = area.grid.index(of: code), let share = stack.landShare[code] else { continue }
          let isUnknown = (stack.coverage[code] ?? 0) == 0
          let isOnlyUnclear = isUnknown && !listsLand && land.values[place]
          land.values[place] = share > 0 || boundaries?.land.values[place] ?? false || isOnlyUnclear
        }
      }
    }
    let kept = zip(area.cells.values, land.values).map { $0 && $1 }
    guard kept.contains(true) else { throw AreaError.noLand(area.name) }
    let dropped = area.cellCount - kept.count { $0 }
    return dropped == 0 ? self : keeping(Layer(grid: area.grid, values: kept), withoutLand: dropped)
  }
}
