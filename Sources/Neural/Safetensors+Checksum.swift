package import Foundation
import Statistics

extension Safetensors {
  /// Key of the checksum among the metadata.
  static let checksumKey = "xxh64"
  /// Stands for the checksum where it is computed.
  static let blankChecksum = String(repeating: "0", count: 16)

  /// Checksum of a file whose checksum is blank: that of the checksums of header and values, 16 hexadecimal digits.
  static func checksumDigits(header: some ContiguousBytes, payload: some ContiguousBytes) -> String {
    let parts = [header.withUnsafeBytes { checksum($0) }, payload.withUnsafeBytes { checksum($0) }].map(\.littleEndian)
    let digits = String(parts.withUnsafeBytes { checksum($0) }, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a file carries a checksum at all: reading checks one that is there, and files of others have none.
  package static func hasChecksum(_ file: Data) -> Bool {
    file.range(of: Data("\"\(checksumKey)\":\"".utf8)) != nil
  }

  /// Where the digits of the checksum stand in a header; `nil` where they do not.
  static func checksumPlace(in header: Data, digits: String) -> Range<Data.Index>? {
    guard let found = header.range(of: Data("\"\(checksumKey)\":\"\(digits)\"".utf8)) else { return nil }
    return found.upperBound - 1 - digits.utf8.count..<found.upperBound - 1
  }

  /// A header with a blank checksum.
  static func blanked(_ header: Data, _ digits: String) -> Data {
    var header = Data(header)
    if let place = checksumPlace(in: header, digits: digits) {
      header.replaceSubrange(place, with: Data(blankChecksum.utf8))
    }
    return header
  }
}
