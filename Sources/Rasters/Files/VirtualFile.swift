import CGDAL

/// Whole files through GDAL's file system: plain paths, `/vsizip/`, `/vsis3/` and the rest.
package enum VirtualFile {
  /// All bytes of a file; `.gz` is unpacked.
  ///
  /// - Parameters:
  ///   - path: A real or virtual path.
  ///   - name: What errors call it, where that is not the path.
  ///   - limit: The most bytes there may be.
  /// - Returns: The bytes.
  /// - Throws: `notFound`, `cannotRead` when it ends early or is damaged, or `malformed` when there are more than `limit`.
  package static func bytes(
    of path: String, named name: String? = nil, limit: Int = .max
  ) throws(RasterError) -> [UInt8] {
    prepareGDAL()
    let packed = path.hasSuffix(".gz") && !path.hasPrefix("/vsigzip/")
    let opened = packed ? "/vsigzip/" + path : path
    CPLErrorReset()
    guard let file = VSIFOpenL(opened, "rb") else { throw .notFound(path: name ?? path) }
    defer { VSIFCloseL(file) }
    var bytes: [UInt8] = []
    let piece = 1 << 20
    while true {
      let before = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: piece))
      let got = bytes.withUnsafeMutableBytes { buffer in
        VSIFReadL(buffer.baseAddress?.advanced(by: before), 1, piece, file)
      }
      bytes.removeLast(piece - got)
      if got == 0 { break }
      guard bytes.count <= limit else {
        throw .malformed(
          path: name ?? path, reason: "holds more than \(limit >> 20) MiB unpacked",
          remedy: "unpack it and give the parts")
      }
    }
    guard CPLGetLastErrorType() != CE_Failure else {
      throw .cannotRead(path: name ?? path, reason: gdalReason())
    }
    return bytes
  }
}
