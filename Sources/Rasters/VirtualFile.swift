import CGDAL

/// Whole files through GDAL's file system: plain paths, `/vsizip/`, `/vsis3/` and the rest.
package enum VirtualFile {
  /// All bytes of a file; `.gz` is unpacked.
  ///
  /// - Parameter path: A real or virtual path.
  /// - Returns: The bytes.
  /// - Throws: `notFound`, or `cannotRead` when it ends early or is damaged.
  package static func bytes(of path: String) throws(RasterError) -> [UInt8] {
    prepareGDAL()
    let packed = path.hasSuffix(".gz") && !path.hasPrefix("/vsigzip/")
    let opened = packed ? "/vsigzip/" + path : path
    CPLErrorReset()
    guard let file = VSIFOpenL(opened, "rb") else { throw .notFound(path: path) }
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
    }
    guard CPLGetLastErrorType() != CE_Failure else {
      throw .cannotRead(path: path, reason: gdalReason())
    }
    return bytes
  }
}
