import Foundation
import Statistics

/// The end of a GeoTIFF of the workspace: a mark and the checksum of all bytes before it.
///
/// Readers of TIFF follow offsets and never look there, and the file keeps its seal wherever it is copied. So a flipped bit
/// or a lost end of a file of ours is noticed, which compression alone does not promise.
package enum Seal {
  private static let mark = Data("lsmapX64".utf8)
  private static let length = 16

  /// What seals a file of these bytes: to be written behind them.
  static func ending(of bytes: UnsafeRawBufferPointer) -> Data { mark + encoded(checksum(bytes)) }

  /// Whether a file is there with every byte as it was written.
  package static func isWhole(_ path: String) -> Bool { (try? check(path)) != nil }

  /// - Throws: `notFound`, `failedDisk`, or `notAsWritten` for any other bytes than those written.
  static func check(_ path: String) throws(RasterError) { _ = try contents(of: path) }

  /// What a sealed file holds before its seal; see `check`.
  static func contents(of path: String) throws(RasterError) -> Data {
    let bytes = try PlainFile.contents(path)
    let isWhole = bytes.withUnsafeBytes { bytes in
      bytes.count >= length
        && bytes.suffix(length).elementsEqual(ending(of: UnsafeRawBufferPointer(rebasing: bytes.dropLast(length))))
    }
    guard isWhole else { throw .notAsWritten(path: path) }
    return bytes.dropLast(length)
  }

  private static func encoded(_ sum: UInt64) -> Data { withUnsafeBytes(of: sum.littleEndian) { Data($0) } }
}
