/// Records of a comma-separated file (RFC 4180: quotes, doubled quotes, line ends inside quotes), one at a time.
///
/// Works on bytes, so that encodings in which a comma is a comma (UTF-8, CP932 outside quotes) pass through; a byte order
/// mark at the start is skipped. Empty lines give no record.
package struct DelimitedRecords: ~Copyable {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var place: Int
  /// Line on which the last record began, from 1.
  package private(set) var line = 0
  private var nextLine = 1

  package init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.separator = separator
    place = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// Opens a file, packed or not, real or virtual.
  ///
  /// - Parameter path: One file; an archive must hold one only.
  /// - Throws: `notFound`, `cannotRead` or `malformed`.
  package init(reading path: String) throws(RasterError) {
    let files = try FileBytes.read(path)
    guard files.count == 1 else {
      throw .malformed(path: path, reason: "it holds \(files.count) files", remedy: "name one of them")
    }
    if let other = FileSignature.foreign(files[0].bytes, path) { throw other }
    self.init(files[0].bytes)
  }

  /// Reads the next record into `fields`; `false` at the end. Blanks around a field stay.
  package mutating func next(_ fields: inout [ArraySlice<UInt8>]) -> Bool {
    fields.removeAll(keepingCapacity: true)
    while place < bytes.count, bytes[place] == 10 || bytes[place] == 13 {
      if bytes[place] == 10 { nextLine += 1 }
      place += 1
    }
    guard place < bytes.count else { return false }
    line = nextLine
    while true {
      fields.append(nextField())
      guard place < bytes.count, bytes[place] == separator else { break }
      place += 1
    }
    return true
  }

  private mutating func nextField() -> ArraySlice<UInt8> {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
      let start = place
      bytes.withUnsafeBufferPointer { bytes in
        while place < bytes.count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 { place += 1 }
      }
      return bytes[start..<place]
    }
    place += 1
    var unquoted: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      guard byte == UInt8(ascii: "\"") else {
        if byte == 10 { nextLine += 1 }
        unquoted.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { break }
      unquoted.append(byte)
      place += 1
    }
    // What follows a closing quote belongs to nobody.
    while place < bytes.count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 { place += 1 }
    return unquoted[...]
  }
}

/// A field without blanks around it, as text in UTF-8 or CP932.
func trimmedText(_ field: ArraySlice<UInt8>) -> String {
  let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
  guard let first = field.firstIndex(where: { !isBlank($0) }), let last = field.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(validating: field[first...last], as: UTF8.self) ?? decodeJapanese(Array(field[first...last]))
}
