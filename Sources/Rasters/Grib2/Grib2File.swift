/// A GRIB2 file: the list of its fields, read and checked; their values are unpacked on demand.
///
/// Written from the format (WMO No. 306, FM 92 GRIB edition 2) and the JMA's notes on its local templates. Read are any
/// number of messages, any number of fields in each, in files that may be packed (gzip, xz) or archived (tar), on any path
/// GDAL knows. A file whose lengths, counts, times or corners contradict each other is refused as a whole.
package struct Grib2File: Sendable {
  package let path: String
  package let fields: [Grib2Field]
  /// Bytes, unpacked.
  package let size: Int

  /// - Parameter path: A file; a tar archive gives the fields of all its members, in their order.
  /// - Throws: `notFound`, `cannotRead`, or `malformed`, naming the section, its place and what is wrong.
  package init(_ path: String) throws(RasterError) {
    self.path = path
    var fields: [Grib2Field] = []
    var size = 0
    for file in try FileBytes.read(path) {
      size += file.bytes.count
      try Self.read(file, into: &fields)
    }
    self.fields = fields
    self.size = size
  }

  /// Reads bytes that are in memory already; `path` is what errors call them.
  package init(bytes: [UInt8], named path: String) throws(RasterError) {
    self.path = path
    size = bytes.count
    var fields: [Grib2Field] = []
    try Self.read(FileBytes(path: path, bytes: bytes), into: &fields)
    self.fields = fields
  }

  private static func read(_ file: FileBytes, into fields: inout [Grib2Field]) throws(RasterError) {
    var position = 0
    while position < file.bytes.count {
      // Some archives fill up with zeros.
      if position > 0, file.bytes[position...].allSatisfy({ $0 == 0 }) { break }
      position = try Grib2Message(file, at: position).readFields(into: &fields)
    }
    guard position > 0 else { throw .damaged(file.path, "is empty") }
  }
}

/// One message of a file, from `GRIB` to `7777`.
private struct Grib2Message {
  let file: FileBytes
  let start: Int
  let end: Int
  let discipline: Int

  init(_ file: FileBytes, at start: Int) throws(RasterError) {
    self.file = file
    self.start = start
    guard file.bytes[start...].prefix(4).elementsEqual("GRIB".utf8) else {
      if start == 0, let other = FileSignature.refusal(of: Array(file.bytes.prefix(1_024)), file.path) { throw other }
      throw .malformed(
        path: file.path, reason: "has no GRIB message at byte \(start)", remedy: "give a GRIB2 file, or fetch it again")
    }
    guard file.bytes.count - start >= 16 else { throw .damaged(file.path, "ends inside section 0 at byte \(start)") }
    let header = Grib2Section(file: file, number: 0, range: start..<start + 16)
    let edition = try header.octet(8)
    guard edition == 2 else {
      throw .malformed(
        path: file.path, reason: "is GRIB edition \(edition), not 2",
        remedy: "convert it, as grib_set -s edition=2 does")
    }
    discipline = try header.octet(7)
    let length = try header.unsigned(11...16)
    guard try header.unsigned(9...10) == 0, length >= 16 + 4, length <= file.bytes.count - start else {
      throw header.malformed("tells of \(length) bytes, there are \(file.bytes.count - start)")
    }
    end = start + length
    guard file.bytes[end - 4..<end].elementsEqual("7777".utf8) else {
      throw .damaged(file.path, "message at byte \(start) does not end with 7777 after \(length) bytes")
    }
  }

  /// Sections that may follow one of a number: 2 to 7, 3 to 7 or 4 to 7 repeat for each field.
  private static let successors: [[Int]] = [[1], [2, 3], [3], [4], [5], [6], [7], [2, 3, 4, 8]]

  /// Adds the fields of the message and returns where it ends.
  func readFields(into fields: inout [Grib2Field]) throws(RasterError) -> Int {
    var position = start + 16
    var last = 0
    var current = [Grib2Section?](repeating: nil, count: 8)
    var bitmap: Grib2Section?
    while position < end - 4 {
      let section = try self.section(at: position)
      guard Self.successors[last].contains(section.number) else {
        throw section.malformed("follows section \(last)")
      }
      current[section.number] = section
      last = section.number
      position = section.range.upperBound
      if last == 6 {
        switch try section.octet(6) {
        case 0: bitmap = section
        case 255: break
        case 254:
          guard bitmap != nil else { throw section.malformed("refers to a bitmap, there is none before it") }
        case let number:
          throw section.unsupported(
            "uses the bitmap number \(number) of its centre", remedy: "give a file with its own bitmap")
        }
      }
      guard last == 7, let identification = current[1], let grid = current[3], let product = current[4],
        let packing = current[5], let bits = current[6]
      else { continue }
      let sections = Grib2Field.Sections(
        indicator: start..<start + 16, identification: identification, grid: grid, product: product, packing: packing,
        bitmap: try bits.octet(6) == 255 ? nil : bitmap, data: section)
      fields.append(try Grib2Field(sections, discipline: discipline, index: fields.count))
    }
    guard last == 7 else { throw .damaged(file.path, "message at byte \(start) ends after section \(last)") }
    return end
  }

  private func section(at position: Int) throws(RasterError) -> Grib2Section {
    let left = end - 4 - position
    guard left >= 5 else { throw .damaged(file.path, "has \(left) bytes at byte \(position), too few for a section") }
    let head = Grib2Section(file: file, number: 0, range: position..<position + 5)
    let (length, number) = (try head.unsigned(1...4), try head.octet(5))
    let section = Grib2Section(file: file, number: number, range: position..<position + max(5, min(length, left)))
    guard (1...7).contains(number) else { throw .damaged(file.path, "has a section \(number) at byte \(position)") }
    guard length >= 5, length <= left else {
      throw section.malformed("tells of \(length) bytes, the message has \(left) left")
    }
    return section
  }
}
