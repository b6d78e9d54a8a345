import Testing

@testable import Rasters

@Test func `fields have their quotes resolved, records their lines, and a table can be read again`() {
  let text = "\u{FEFF}a,\"b \"\"c\"\", d\",\"two\nlines\" lost\r\n\n\"\", e ,\"\"\"\"\nlast"
  var records = DelimitedRecords(Array(text.utf8))
  for _ in 0..<2 {
    var fields: [Range<Int>] = []
    var found: [(line: Int, texts: [String])] = []
    while records.next(&fields) { found.append((records.line, fields.map { records.text(asWritten: $0) })) }
    #expect(found.map(\.line) == [1, 4, 5])
    #expect(found.map(\.texts) == [["a", "b \"c\", d", "two\nlines"], ["", " e ", "\""], ["last"]])
    records.restart()
  }
}
