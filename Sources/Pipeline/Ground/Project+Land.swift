import Mesh
import Rasters

extension Project {
  /// The same without cells that hold no land: sea has no level and is not counted.
  ///
  /// A polygon of the boundaries encloses land. In any other frame a cell is land where the boundaries or the elevation say
  /// so. An elevation that does not reach a cell says nothing of it, unless it is a table: tables list cells of land.
  ///
  /// - Parameter hashes: Digests of the input files.
  /// - Returns: The project itself where all cells are land or nothing is known.
  /// - Throws: `noLand`, and what making the static stack throws.
  func onLand(_ hashes: inout InputHashes) throws -> Project {
    guard !area.isLand, catalogue.terrain != nil || area.landInBoundaries != nil else { return self }
    var listsLand = area.landInBoundaries != nil
    if case .table = catalogue.terrain { listsLand = true }
    var land = area.landInBoundaries ?? Layer(grid: area.grid, filledWith: false)
    if catalogue.terrain != nil {
      for part in parts(criticalLine) {
        let stack = try part.staticStack(&hashes).stack
        for index in part.area.cells.values.indices where part.area.cells.values[index] {
          let code = part.area.grid.code(at: index)
          guard let place = area.grid.index(of: code), let share = stack.landShare[code] else { continue }
          let isUnknown = (stack.coverage[code] ?? 0) == 0
          if share > 0 || isUnknown && !listsLand { land.values[place] = true }
        }
      }
    }
    let kept = zip(area.cells.values, land.values).map { $0 && $1 }
    guard kept.contains(true) else { throw AreaError.noLand(area.name) }
    let dropped = area.cellCount - kept.count { $0 }
    return dropped == 0 ? self : keeping(Layer(grid: area.grid, values: kept), withoutLand: dropped)
  }
}
