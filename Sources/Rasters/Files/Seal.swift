import Foundation
import Statistics

/// The end of a GeoTIFF of the workspace: a mark and the checksum of all bytes before it.
///
/// Readers of TIFF follow offsets and never look there, and the file keeps its seal wherever it is copied. So a flipped bit
/// or a lost end of a file of ours is noticed, which compression alone does not promise.
package enum Seal {
  private static let mark = Data("lsmapX64".utf8)
  private static let length = 16

  /// Seals a file that is complete.
  ///
  /// - Parameters:
  ///   - temporary: The file; 16 bytes are added.
  ///   - path: What errors name.
  /// - Throws: `cannotWrite`.
  static func put(on temporary: String, reportedAs path: String) throws(RasterError) {
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: temporary))
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: temporary))
      try handle.seekToEnd()
      try handle.write(contentsOf: mark + encoded(bytes.withUnsafeBytes { checksum($0) }))
      try handle.close()
    } catch {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }

  /// Whether a file is there with every byte as it was written.
  package static func isWhole(_ path: String) -> Bool {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count >= length else { return false }
    let found = bytes.withUnsafeBytes { checksum(UnsafeRawBufferPointer(rebasing: $0.dropLast(length))) }
    return bytes.suffix(length).elementsEqual(mark + encoded(found))
  }

  /// - Throws: `notFound`, or `notAsWritten` for any other bytes than those written.
  static func check(_ path: String) throws(RasterError) {
    guard !isWhole(path) else { return }
    throw FileManager.default.fileExists(atPath: path) ? .notAsWritten(path: path) : .notFound(path: path)
  }

  private static func encoded(_ sum: UInt64) -> Data { withUnsafeBytes(of: sum.littleEndian) { Data($0) } }
}
