import CGDAL

/// What a file that no reader knows is, told by its first bytes, with what to do about it.
enum FileSignature {
  /// - Parameter opened: A real or virtual path that could not be opened.
  /// - Returns: The error to show; `nil` where the bytes say nothing.
  static func refusal(of opened: String) -> RasterError? {
    guard let start = firstBytes(of: opened) else { return nil }
    let path = plainPath(opened)
    func wrong(_ reason: String, _ remedy: String) -> RasterError {
      .malformed(path: path, reason: reason, remedy: remedy)
    }
    guard !start.isEmpty else { return .damaged(path, "is empty") }
    if start.starts(with: [0x50, 0x4B, 3, 4]) { return wrong("is a zip archive", "unzip it and name what it holds") }
    if start.starts(with: Array("Rar!".utf8)) { return wrong("is a RAR archive", "unpack it, as unrar does") }
    if start.starts(with: [0x37, 0x7A, 0xBC, 0xAF]) { return wrong("is a 7z archive", "unpack it, as 7z x does") }
    if start.count > 6, start[2...4].elementsEqual("-lh".utf8) {
      return wrong("is an LZH archive", "unpack it, as lha x does")
    }
    if start.starts(with: [0x1F, 0x8B]) {
      return wrong(
        "is a gzip file whose contents GDAL does not know",
        "raw binary, as GSMaP's .dat.gz, needs a header beside it: unpack it and write an ENVI .hdr or a VRT that says its "
          + "size, type and place; or give the NetCDF of the product")
    }
    let text = String(decoding: start.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 <= 32 }, as: UTF8.self)
    let lower = text.lowercased()
    if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") {
      return .damaged(path, "is a web page, perhaps an error or a login")
    }
    if lower.contains("fgd") && lower.contains("<?xml") || text.contains("<Dataset") && text.contains("gml") {
      return wrong(
        "is a JPGIS (GML) file of the fundamental geospatial data",
        "of an elevation model keep its name in .xml, or give the zip it came in: both are read as they are")
    }
    if lower.hasPrefix("<?xml") { return wrong("is XML of an unknown kind", "give a raster") }
    return nil
  }

  /// The real file that a path of GDAL's into a packed one names.
  static func plainPath(_ path: String) -> String {
    let prefix = ["/vsizip/", "/vsigzip/", "/vsitar/"].first { path.hasPrefix($0) }
    let rest = prefix.map { path.dropFirst($0.count) } ?? path[...]
    // Braces tell the archive from what it holds.
    guard rest.hasPrefix("{"), let end = rest.firstIndex(of: "}") else { return String(rest) }
    return String(rest[..<end].dropFirst())
  }

  /// The first bytes of a file; `nil` where it cannot be opened.
  static func firstBytes(of path: String, count: Int = 1_024) -> [UInt8]? {
    prepareGDAL()
    // Of a packed file what is packed; the archive itself where the path is GDAL's name of it.
    guard let file = VSIFOpenL(plainPath(path), "rb") else { return nil }
    defer { VSIFCloseL(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { VSIFReadL($0.baseAddress, 1, count, file) }
    return Array(bytes.prefix(got))
  }
}
