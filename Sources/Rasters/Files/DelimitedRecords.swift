/// Records of a comma-separated file (RFC 4180: quotes, doubled quotes, line ends inside quotes), one at a time.
///
/// Works on bytes, so that encodings in which a comma is a comma (UTF-8, CP932 outside quotes) pass through; a byte order
/// mark at the start is skipped. Empty lines give no record. A field is a place among the bytes: a table of gauges has
/// millions of them, and none costs a piece of memory of its own.
package struct DelimitedRecords: ~Copyable {
  /// The file, and behind it what doubled quotes of the last record stand for.
  private var bytes: [UInt8]
  /// Where the file ends.
  private let end: Int
  private let separator: UInt8
  private var place: Int
  /// Line on which the last record began, from 1.
  package private(set) var line = 0
  private var nextLine = 1

  package init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    end = bytes.count
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
    bytes.removeLast(bytes.count - end)
    while place < end, bytes[place] == 10 || bytes[place] == 13 {
      if bytes[place] == 10 { nextLine += 1 }
      place += 1
    }
    guard place < end else { return false }
    line = nextLine
    while true {
      fields.append(nextField())
      guard place < end, bytes[place] == separator else { break }
      place += 1
    }
    return true
  }

  /// Shows the bytes that fields of the last record are places of.
  func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result { try body(bytes.span) }

  /// A field as it stands in a file of UTF-8.
  func text(asWritten field: Range<Int>) -> String { String(decoding: bytes[field], as: UTF8.self) }

  /// A field without blanks around it, as text in UTF-8 or CP932.
  func text(of field: Range<Int>) -> String { trimmedText(bytes[field]) }

  private mutating func nextField() -> Range<Int> {
    let start = place
    guard place < end, bytes[place] == UInt8(ascii: "\"") else {
      place = endOfField
      return start..<place
    }
    place += 1
    var close = end
    var isDoubled = false
    while place < end {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        guard place < end, bytes[place] == byte else {
          close = place - 1
          break
        }
        place += 1
        isDoubled = true
      } else if byte == 10 {
        nextLine += 1
      }
    }
    // What follows a closing quote belongs to nobody.
    place = endOfField
    return isDoubled ? resolved(start + 1..<close) : start + 1..<close
  }

  /// Puts a field with doubled quotes behind the file, one quote for two.
  private mutating func resolved(_ field: Range<Int>) -> Range<Int> {
    let start = bytes.count
    var next = field.lowerBound
    while next < field.upperBound {
      bytes.append(bytes[next])
      next += bytes[next] == UInt8(ascii: "\"") ? 2 : 1
    }
    return start..<bytes.count
  }

  /// Where the next separator or line's end is.
  private var endOfField: Int {
    let span = bytes.span
    var next = place
    while next < end, span[next] != separator, span[next] != 10, span[next] != 13 { next += 1 }
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
