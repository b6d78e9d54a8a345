import Mesh

/// What rain archive and soil-water states hold: the cells of one area, or of a larger one that several areas share.
///
/// No value depends on it: rain and tanks of a cell are its own. Where the catalogue names a `store`, rain is imported and
/// the tanks are run once for all areas within it, and a neighbour finds them there.
struct Store: Sendable {
  /// Folder in the catalogue's workspace.
  let key: String
  let name: String
  /// Those of the area, and all within the halo around it.
  let cells: CellSet
  let area: CellSet

  /// An area that keeps its own.
  init(_ area: Area, halo: Int) {
    key = area.key + (halo == Project.usualHalo ? "" : "-halo\(halo)")
    name = area.name
    self.area = CellSet(area.cells)
    cells = self.area.padded(by: halo)
  }

  /// The store that a catalogue names.
  ///
  /// - Parameters:
  ///   - catalogue: `nil` where each of its areas keeps its own.
  ///   - halo: Cells around areas that the network looks at.
  /// - Throws: `AreaError`, or what reading boundaries throws.
  init?(of catalogue: Catalogue, halo: Int) throws {
    guard let name = catalogue.areaOfStore else { return nil }
    self.init(try Area.named(name, in: catalogue.boundaries), halo: halo)
  }
}

extension Catalogue {
  /// The area of the store as `Area` knows it; `nil` where each area keeps its own.
  var areaOfStore: String? { store == Self.eachArea ? Area.allOfBoundaries : store }
}
