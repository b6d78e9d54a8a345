/// Records of a comma-separated file (RFC 4180: quotes, doubled quotes, line ends inside quotes), one at a time.
///
/// Works on bytes, so that encodings in which a comma is a comma (UTF-8, CP932 outside quotes) pass through; a byte order
/// mark at the start is skipped. Empty lines give no record. A field is a place among the bytes: a table of gauges has
/// millions of them, and none costs a piece of memory of its own.
package struct DelimitedRecords: ~Copyable {
  private var bytes: [UInt8]
  private let separator: UInt8
  private var place: Int
  /// Line on which the last record began, from 1.
  package private(set) var line = 0
  private var nextLine = 1

  package init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.separator = separator
    place = 0
    restart()
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

  /// Goes back to the first record.
  mutating func restart() {
    place = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    (line, nextLine) = (0, 1)
  }

  /// Reads the next record.
  ///
  /// - Parameter fields: Become the places of the record's fields among the bytes. Blanks around a field stay.
  /// - Returns: `false` at the end.
  package mutating func next(_ fields: inout [Range<Int>]) -> Bool {
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

  /// Shows the bytes that fields are places of.
  func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result { try body(bytes.span) }

  /// A field as it stands in a file of UTF-8.
  func text(asWritten field: Range<Int>) -> String { String(decoding: bytes[field], as: UTF8.self) }

  /// A field without blanks around it, as text in UTF-8 or CP932.
  func text(of field: Range<Int>) -> String { trimmedText(bytes[field]) }

  private mutating func nextField() -> Range<Int> {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
      let start = place
      place = endOfField
      return start..<place
    }
    place += 1
    // What a doubled quote makes shorter moves to the left.
    let start = place
    var end = place
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        guard place < bytes.count, bytes[place] == byte else { break }
        place += 1
      } else if byte == 10 {
        nextLine += 1
      }
      bytes[end] = byte
      end += 1
    }
    // What follows a closing quote belongs to nobody.
    place = endOfField
    return start..<end
  }

  /// Where the next separator or line's end is.
  private var endOfField: Int {
    let span = bytes.span
    var next = place
    while next < span.count, span[next] != separator, span[next] != 10, span[next] != 13 { next += 1 }
    return next
  }
}

/// A field without blanks around it, as text in UTF-8 or CP932.
func trimmedText(_ field: ArraySlice<UInt8>) -> String {
  let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
  guard let first = field.firstIndex(where: { !isBlank($0) }), let last = field.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(validating: field[first...last], as: UTF8.self) ?? decodeJapanese(Array(field[first...last]))
}
