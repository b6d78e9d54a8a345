import CGDAL
import Foundation

/// A table in a text file: comma or tab between fields, quotes as in RFC 4180, UTF-8 or CP932, possibly compressed.
package struct DelimitedText: Sendable {
  package let path: String
  package let header: [String]
  /// Each row has as many fields as the header.
  package let rows: [[String]]

  /// Reads a whole table; `.gz` and GDAL's virtual paths are read in place.
  package init(reading path: String) throws(RasterError) {
    let bytes = try VirtualFile.bytes(of: virtualPath(path), named: path, limit: Self.limit)
    if let other = FileSignature.foreign(bytes, path) { throw other }
    try self.init(parsing: decodeJapanese(bytes), path: path)
  }

  package init(parsing text: String, path: String) throws(RasterError) {
    self.path = path
    let firstLine = text.prefix { !$0.isNewline }
    let separator = firstLine.contains("\t") && !firstLine.contains(",") ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    var reader = DelimitedRecords(Array(text.utf8), separator: separator)
    var records: [[String]] = []
    var fields: [Range<Int>] = []
    while reader.next(&fields) {
      let record = fields.map { reader.text(asWritten: $0) }
      if !record[0].hasPrefix("#"), record.contains(where: { !$0.isEmpty }) { records.append(record) }
    }
    guard let first = records.first else {
      throw .malformed(path: path, reason: "the table is empty", remedy: "give a CSV with a header line")
    }
    header = first.map { $0.trimmingCharacters(in: .whitespaces) }
    var rows: [[String]] = []
    rows.reserveCapacity(records.count - 1)
    for (line, record) in records.enumerated().dropFirst() {
      guard record.count <= first.count else {
        throw .malformed(
          path: path, reason: "row \(line + 1) has \(record.count) fields, the header \(first.count)",
          remedy: "quote fields that hold a comma")
      }
      rows.append(record + Array(repeating: "", count: first.count - record.count))
    }
    self.rows = rows
  }

  /// Place of a column by name, without regard to case; the first of several names that exists.
  package func column(_ names: String...) throws(RasterError) -> Int {
    for name in names {
      if let place = header.firstIndex(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) { return place }
    }
    throw .malformed(
      path: path, reason: "no column \(names.joined(separator: " or ")) among \(header.joined(separator: ", "))",
      remedy: "name the column in the catalogue")
  }

  /// What a table that is kept as texts may have: half a million landslides.
  private static let limit = 32 << 20

  /// The whole file as text: UTF-8 where it is valid, else CP932.
  package static func contents(of path: String) throws(RasterError) -> String {
    decodeJapanese(try VirtualFile.bytes(of: virtualPath(path), named: path, limit: limit))
  }
}

/// Text of Japanese files: UTF-8 (with or without byte order mark) where valid, else CP932.
package func decodeJapanese(_ bytes: [UInt8]) -> String {
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  if let text = String(validating: body, as: UTF8.self) { return text }
  return body.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { source in
    guard let start = source.baseAddress else { return "" }
    var terminated = Array(UnsafeBufferPointer(start: start, count: source.count))
    terminated.append(0)
    let recoded = CPLRecode(terminated, "CP932", "UTF-8")
    defer { VSIFree(recoded) }
    return String(cString: recoded)
  }
}
