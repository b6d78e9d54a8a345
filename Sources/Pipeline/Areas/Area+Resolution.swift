import Foundation
import Mesh
import Rasters

extension Area {
  /// Stands for all polygons of the boundaries as one area.
  static let allOfBoundaries = "japan"

  /// Finds the area a user names.
  ///
  /// - Parameters:
  ///   - text: A prefecture (code, Japanese name, romaji); `japan` for all polygons of the catalogue's boundaries; a name in the catalogue's boundaries; mesh codes of 4, 6 or 8
  ///     digits, with commas; a box `west,south,east,north` in degrees; or a file of polygons, with `:attribute=value`
  ///     where only some are meant.
  ///   - boundaries: The catalogue's polygons; without them a prefecture is its bounding box.
  /// - Returns: The area.
  /// - Throws: `AreaError`, or what reading the polygons throws.
  package static func named(_ text: String, in boundaries: Catalogue.BoundarySource?) throws -> Area {
    if let prefecture = Prefecture(text) {
      guard let boundaries else {
        return try Area(
          key: prefecture.romaji, name: prefecture.title, japaneseName: prefecture.japaneseName,
          frame: Layer(grid: prefecture.grid, filledWith: true), outlines: [prefecture.grid.outline], boundaries: nil)
      }
      let file = try boundaries.file()
      return Area(
        key: prefecture.romaji, name: prefecture.title, japaneseName: prefecture.japaneseName,
        polygons: try file.area(where: boundaries.attribute, is: prefecture.japaneseName), within: file)
    }
    if let boundaries, [allOfBoundaries, "日本", "全国"].contains(text.lowercased()) {
      let file = try boundaries.file()
      return Area(key: "japan", name: "Japan", japaneseName: "日本", polygons: try file.whole(), within: file)
    }
    let parts = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    if let grids = meshGrids(parts) { return try Area(meshCodes: parts, grids: grids, boundaries) }
    if parts.count == 4, parts.allSatisfy({ Double($0) != nil }) {
      return try box(parts.compactMap(Double.init), text, boundaries)
    }
    if let area = try polygonFile(text, boundaries) { return area }
    guard let boundaries else { throw AreaError.unknown(text) }
    let file = try boundaries.file()
    do {
      let polygons = try file.area(where: boundaries.attribute, is: text)
      return Area(key: fileName(text), name: text, polygons: polygons, within: file)
    } catch {
      if case RasterError.malformed = error { throw AreaError.unknown(text) }
      throw error
    }
  }

  private init(
    key: String, name: String, japaneseName: String = "", polygons: AreaPolygons, within boundaries: BoundaryFile
  ) {
    self.init(
      key: key, name: name, japaneseName: japaneseName, cells: polygons.cells,
      boundary: polygons.boundary, surroundings: boundaries.rings.filter(polygons.cells.grid.surroundings.mayHold),
      isLand: true)
  }

  /// Cells within a frame that may hold sea, with the land of the boundaries in and around it.
  private init(
    key: String, name: String, japaneseName: String = "", frame cells: Layer<Bool>, outlines: [[SIMD2<Double>]],
    boundaries: Catalogue.BoundarySource?
  ) throws(RasterError) {
    let land = try boundaries.map { (source) throws(RasterError) in try BoundaryLand(source, on: cells.grid) }
    self.init(
      key: key, name: name, japaneseName: japaneseName, cells: cells, boundary: outlines,
      surroundings: land?.rings.filter(cells.grid.surroundings.mayHold) ?? [],
      boundaryLand: land)
  }

  private init(meshCodes: [String], grids: [MeshGrid], _ boundaries: Catalogue.BoundarySource?) throws {
    let whole = grids.dropFirst().reduce(grids[0]) { $0.union($1) }
    guard whole.count <= 50_000_000 else { throw AreaError.tooLarge(meshCodes.joined(separator: ",")) }
    var cells = Layer(grid: whole, filledWith: false)
    for grid in grids {
      for index in 0..<grid.count {
        if let place = whole.index(of: grid.code(at: index)) { cells.values[place] = true }
      }
    }
    try self.init(
      key: "mesh-" + meshCodes.joined(separator: "-"),
      name: Language.english.say(.areaMesh, meshCodes.joined(separator: ", ")), frame: cells,
      outlines: grids.map(\.outline),
      boundaries: boundaries)
  }

  private static func meshGrids(_ parts: [String]) -> [MeshGrid]? {
    let grids = parts.compactMap { MeshCodePrefix($0)?.grid }
    return grids.count == parts.count && !grids.isEmpty ? grids : nil
  }

  private static func box(_ degrees: [Double], _ text: String, _ boundaries: Catalogue.BoundarySource?) throws -> Area {
    let (west, south, east, north) = (degrees[0], degrees[1], degrees[2], degrees[3])
    guard west >= 100, east <= 180, south >= 0, north <= 66, west < east, south < north else {
      throw AreaError.badBox(text)
    }
    let grid = MeshGrid(south: south, west: west, north: north, east: east)
    return try Area(
      key: "box-" + fileName(text), name: Language.english.say(.areaBox, text),
      frame: Layer(grid: grid, filledWith: true),
      outlines: [grid.outline], boundaries: boundaries)
  }

  private static func polygonFile(
    _ text: String, _ boundaries: Catalogue.BoundarySource?
  ) throws(RasterError) -> Area? {
    let pieces = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let path = pieces.first, path.hasPrefix("/vsi") || FileManager.default.fileExists(atPath: path) else {
      return nil
    }
    let condition = pieces.dropFirst().first?.split(separator: "=", maxSplits: 1).map(String.init)
    let filter = condition.flatMap { $0.count == 2 ? equality($0[0], $0[1]) : nil }
    let stem = (path as NSString).lastPathComponent.split(separator: ".").first.map(String.init) ?? "area"
    let name = condition.flatMap { $0.count == 2 ? $0[1] : nil } ?? stem
    let polygons = try AreaPolygons(VectorInput(path, filter: filter))
    return try Area(
      key: fileName(name), name: name, frame: polygons.cells, outlines: polygons.boundary,
      boundaries: boundaries)
  }

  private static func equality(_ attribute: String, _ value: String) -> String {
    "\"\(attribute)\" = '\(value.replacingOccurrences(of: "'", with: "''"))'"
  }

  /// A name that is safe as a folder.
  private static func fileName(_ text: String) -> String {
    String(text.lowercased().map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
  }
}

extension MeshGrid {
  /// All that a sheet may show around the grid: its window is at most as wide or high as the longer side needs.
  fileprivate var surroundings: MeshGrid { padded(by: 40 + max(width, height)) }

  /// Whether a ring's bounding box touches the grid.
  fileprivate func mayHold(_ ring: [SIMD2<Double>]) -> Bool {
    guard let first = ring.first else { return false }
    let low = ring.reduce(first) { pointwiseMin($0, $1) }
    let high = ring.reduce(first) { pointwiseMax($0, $1) }
    return high.x >= westLongitude && low.x <= eastLongitude && high.y >= southLatitude && low.y <= northLatitude
  }
}

/// What can be wrong with an area's name.
package enum AreaError: ReportedError, Equatable {
  case none
  case unknown(String)
  case badBox(String)
  case tooLarge(String)
  case noLand(String)

  package var exitCode: ExitCode {
    if case .none = self { .usage } else { .badInput }
  }

  package var description: String {
    switch self {
    case .none: "no area; name one with --area, or in the catalogue"
    case .unknown(let text):
      "\(text): no such area; use a prefecture (tottori, 鳥取県, 31), mesh codes, west,south,east,north or a polygon file"
    case .badBox(let text): "\(text): not a box over Japan; write west,south,east,north in degrees"
    case .noLand(let text): "\(text): no cell in it holds land; name another area"
    case .tooLarge(let text): "\(text): the codes lie too far apart for one area; run them one by one"
    }
  }
}
