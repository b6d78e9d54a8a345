import CGDAL

/// Finds tiles of heights in files as they are handed out: a tile, or a zip of tiles and of zips of tiles.
enum ElevationTileFiles {
  /// Zips in zips that are opened: GSI packs twice.
  private static let deepest = 3

  /// The tiles in a file.
  ///
  /// - Parameters:
  ///   - path: A real path.
  ///   - coding: Of the colours of pictures.
  /// - Returns: The tiles in the order of their names; `nil` for a file that holds none, which GDAL may know.
  /// - Throws: `malformed` for a damaged tile, and for a picture tile of unknown coding.
  static func tiles(in path: String, coding: ElevationCoding?) throws(RasterError) -> [any ElevationTile]? {
    prepareGDAL()
    try PlainFile.refusePipes(path)
    guard isLooked(path) else { return nil }
    let found = try tiles(at: path, coding, depth: 0)
    return found.isEmpty ? nil : found
  }

  private static func isLooked(_ name: String) -> Bool {
    [".xml", ".png", ".zip"].contains { name.lowercased().hasSuffix($0) }
  }

  private static func tiles(
    at path: String, _ coding: ElevationCoding?, depth: Int
  ) throws(RasterError) -> [any ElevationTile] {
    if path.lowercased().hasSuffix(".zip") {
      guard depth < deepest else { return [] }
      var found: [any ElevationTile] = []
      for name in entries(of: path) where isLooked(name) {
        found += try tiles(at: "/vsizip/{\(path)}/\(name)", coding, depth: depth + 1)
      }
      return found
    }
    if PictureElevationTile.place(in: path) != nil {
      guard let coding else {
        throw .malformed(
          path: path, reason: "is a tile of a web map: its colours may code heights, which it does not say",
          remedy: "add coding: gsi (標高タイル, dem_png) or coding: terrain-rgb to terrain in the catalogue")
      }
      return PictureElevationTile(path, coding: coding).map { [$0] } ?? []
    }
    guard let head = head(of: path), JPGISElevation.begins(head) else { return [] }
    return [try JPGISElevation(path, head: head)]
  }

  private static func entries(of zip: String) -> [String] {
    guard let list = VSIReadDirRecursive("/vsizip/{\(zip)}") else { return [] }
    defer { CSLDestroy(list) }
    return (0..<Int(CSLCount(list))).compactMap { list[$0].map { String(cString: $0) } }.sorted()
  }

  private static func head(of path: String) -> [UInt8]? {
    guard let file = VSIFOpenL(path, "rb") else { return nil }
    defer { VSIFCloseL(file) }
    var bytes = [UInt8](repeating: 0, count: JPGISElevation.headBytes)
    let got = bytes.withUnsafeMutableBytes { VSIFReadL($0.baseAddress, 1, $0.count, file) }
    return Array(bytes.prefix(got))
  }
}
