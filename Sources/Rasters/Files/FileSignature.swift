import CGDAL

/// What a file that no reader knows is, told by its first bytes, with what to do about it.
package enum FileSignature {
  /// - Parameter opened: A real or virtual path that could not be opened.
  /// - Returns: The error to show; `nil` where the bytes say nothing, or that it is a file that GDAL reads.
  package static func refusal(of opened: String) -> RasterError? {
    guard let start = firstBytes(of: opened) else { return nil }
    let path = plainPath(opened)
    if let known = refusal(of: start, path) { return known }
    guard !isText(start), !ofGDAL.contains(where: { start.starts(with: $0) }) else { return nil }
    return .malformed(
      path: path, reason: "is binary and begins with no mark of a format known here",
      remedy:
        "of raw numbers give the control file (.ctl, format: grads) or write an ENVI .hdr or a VRT beside it; else "
        + RasterError.fetchAgain)
  }

  /// What a file whose first bytes are those of another kind than tables, rasters and vectors is; `nil` for any other.
  static func refusal(of start: [UInt8], _ path: String) -> RasterError? {
    func wrong(_ reason: String, _ remedy: String) -> RasterError {
      .malformed(path: path, reason: reason, remedy: remedy)
    }
    guard !start.isEmpty else { return .damaged(path, "is empty") }
    if start.starts(with: [0x50, 0x4B, 3, 4]) {
      let name = String(decoding: start.dropFirst(30).prefix(24), as: UTF8.self)
      let isWorkbook = name.hasPrefix("[Content_Types].xml") || name.hasPrefix("xl/")
      return isWorkbook
        ? wrong("is an Excel workbook", "save its sheet as CSV")
        : wrong("is a zip archive", "unzip it and name what it holds")
    }
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return wrong("is an old Excel or Word file", "save it as CSV") }
    if start.starts(with: Array("%PDF".utf8)) { return wrong("is a PDF", "give the data that it is about") }
    if start.starts(with: Array("Rar!".utf8)) { return wrong("is a RAR archive", "unpack it, as unrar does") }
    if start.starts(with: [0x37, 0x7A, 0xBC, 0xAF]) { return wrong("is a 7z archive", "unpack it, as 7z x does") }
    if start.starts(with: Array("BZh".utf8)) { return wrong("is a bzip2 file", "unpack it, as bunzip2 does") }
    if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
      return wrong("is an xz file", "JMA's GRIB2 is read in it; unpack another, as unxz does")
    }
    if start.count > 6, start[2...4].elementsEqual("-lh".utf8) {
      return wrong("is an LZH archive", "unpack it, as lha x does")
    }
    if start.starts(with: [0x1F, 0x8B]) {
      return wrong(
        "is a gzip file whose contents GDAL does not know",
        "of raw binary, as GSMaP's .dat.gz, say format: grads; of another unpack it and write an ENVI .hdr or a VRT that says "
          + "its size, type and place")
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

  /// Whether what should be a table is a file of another kind; an empty one is the table's own matter.
  static func foreign(_ bytes: [UInt8], _ path: String) -> RasterError? {
    bytes.isEmpty ? nil : refusal(of: Array(bytes.prefix(1_024)), path)
  }

  /// How files begin that GDAL reads where they are whole: TIFF, BigTIFF, netCDF, HDF5, HDF4, GRIB, SQLite, PNG, JPEG.
  private static let ofGDAL: [[UInt8]] = [
    Array("II*".utf8), Array("MM".utf8) + [0], Array("II+".utf8), Array("CDF".utf8), [0x89, 0x48, 0x44, 0x46],
    [0x0E, 0x03, 0x13, 0x01], Array("GRIB".utf8), Array("SQLite".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8],
    [0, 0, 0x27, 0x0A],
  ]

  /// Whether a file begins as text does.
  package static func isText(_ path: String) -> Bool {
    firstBytes(of: path).map { !$0.isEmpty && isText($0) } ?? false
  }

  private static func isText(_ start: [UInt8]) -> Bool {
    start.allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 || $0 == 27 }
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
  package static func firstBytes(of path: String, count: Int = 1_024) -> [UInt8]? {
    prepareGDAL()
    // Of a packed file what is packed; the archive itself where the path is GDAL's name of it.
    guard let file = VSIFOpenL(plainPath(path), "rb") else { return nil }
    defer { VSIFCloseL(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { VSIFReadL($0.baseAddress, 1, count, file) }
    return Array(bytes.prefix(got))
  }
}
