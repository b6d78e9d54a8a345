import CGDAL

/// Whole files through GDAL's file system: plain paths, `/vsizip/`, `/vsis3/` and the rest.
package enum VirtualFile {
  /// What a file may have unpacked: tables of all Japan stay below.
  private static let usualLimit = 512 << 20

  /// All bytes of a file; `.gz` is unpacked.
  ///
  /// - Parameters:
  ///   - path: A real or virtual path.
  ///   - name: What errors call it, where that is not the path.
  ///   - limit: The most bytes there may be.
  /// - Returns: The bytes.
  /// - Throws: `notFound`, `cannotRead` when it ends early or is damaged, or `malformed` when there are more than `limit`.
  package static func bytes(
    of path: String, named name: String? = nil, limit: Int = usualLimit
  ) throws(RasterError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPiece(of: path, named: name, limit: limit) { (piece) throws(RasterError) in bytes += piece }
    return bytes
  }

  /// Hands over a file piece by piece, as `bytes` reads it.
  static func forEachPiece(
    of path: String, named name: String?, limit: Int, _ body: (UnsafeRawBufferPointer) throws(RasterError) -> Void
  ) throws(RasterError) {
    try PlainFile.refusePipes(path)
    prepareGDAL()
    let packed = path.hasSuffix(".gz") && !path.hasPrefix("/vsigzip/")
    let opened = packed ? "/vsigzip/" + path : path
    CPLErrorReset()
    guard let file = VSIFOpenL(opened, "rb") else { throw .notFound(path: name ?? path) }
    defer { VSIFCloseL(file) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var total = 0
    while true {
      let count = VSIFReadL(piece.baseAddress, 1, piece.count, file)
      guard count > 0 else { break }
      total += count
      guard total <= limit else {
        throw .malformed(
          path: name ?? path, reason: "holds more than \(limit >> 20) MiB unpacked",
          remedy: "unpack it and give the parts")
      }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
    // A disk that fails ends the reading like the end of the file does, without a word of GDAL's.
    guard CPLGetLastErrorType() != CE_Failure, VSIFEofL(file) != 0 else { throw .unread(name ?? path) }
  }
}
