import Mesh
import Rasters
import TestSupport
import Testing

private let levels = randomLevels(40 * 50, highest: 30, seed: 8)
private let lattice = Grib2Encoder.Grid.lattice(north: 4_320, west: 3_200, rows: 40, columns: 50)

/// Two fields, the second with a bitmap and in simple packing.
private let message: [UInt8] = {
  let bits = (0..<2_000).map { $0 % 3 != 0 }
  let numbers = (0..<bits.count { $0 }).map { $0 % 128 }
  return Grib2Encoder().message([
    .init(grid: lattice, values: .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8)),
    .init(
      grid: lattice, product: .init(template: 50_009),
      values: .simple(numbers: numbers, reference: 0, binaryScale: 0, decimalScale: 1, bits: 7), bitmap: .given(bits)),
  ])
}()

/// Place and length of every section.
private let sections: [(number: Int, start: Int, length: Int)] = {
  var result: [(Int, Int, Int)] = [(0, 0, 16)]
  var place = 16
  while place < message.count - 4 {
    let length = message[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    result.append((Int(message[place + 4]), place, length))
    place += length
  }
  return result
}()

/// Reads everything; the grids of what could be read.
private func readAll(_ bytes: [UInt8]) throws -> [MeshGrid] {
  try Grib2File(bytes: bytes, named: "broken").fields.map { field in
    _ = try field.values()
    return try field.decode().grid
  }
}

@Test func `the whole message is read`() throws {
  #expect(
    try readAll(message) == Array(repeating: MeshGrid(south: 4_280, west: 3_200, height: 40, width: 50), count: 2))
  #expect(sections.map(\.number) == [0, 1, 3, 4, 5, 6, 7, 4, 5, 6, 7])
}

@Test func `a file cut at any byte is an error`() {
  for length in 0..<message.count {
    #expect(throws: RasterError.self) { try readAll(Array(message[..<length])) }
  }
}

@Test func `a file cut inside its second message is an error`() {
  let both = message + message
  for length in message.count + 1..<both.count where length < message.count + 400 || length % 20 == 0 {
    #expect(throws: RasterError.self) { try readAll(Array(both[..<length])) }
  }
}

@Test func `a length with any bit flipped is an error`() {
  for section in sections {
    for bit in 0..<(section.number == 0 ? 64 : 32) {
      var bytes = message
      bytes[section.start + (section.number == 0 ? 8 : 0) + bit / 8] ^= 0x80 >> UInt8(bit % 8)
      #expect(throws: RasterError.self, "section \(section.number), bit \(bit)") { try readAll(bytes) }
    }
  }
}

@Test func `a section number with any bit flipped is an error`() {
  for section in sections.dropFirst() {
    for bit in 0..<8 {
      var bytes = message
      bytes[section.start + 4] ^= 1 << UInt8(bit)
      #expect(throws: RasterError.self) { try readAll(bytes) }
    }
  }
}

@Test func `a grid section with any bit flipped is an error or the same grid`() throws {
  let grids = try readAll(message)
  let section = try #require(sections.first { $0.number == 3 })
  for bit in 8 * 5..<8 * section.length {
    var bytes = message
    bytes[section.start + bit / 8] ^= 0x80 >> UInt8(bit % 8)
    // Octet 6 and the figure of the Earth do not move a cell.
    if let read = try? readAll(bytes) { #expect(read == grids, "octet \(bit / 8 + 1), bit \(bit % 8)") }
  }
}

@Test func `any bit flipped anywhere never stops the reader`() {
  var answered = 0
  for section in sections {
    let header = section.number == 7 ? min(section.length, 60) : min(section.length, 200)
    for bit in 0..<8 * header {
      var bytes = message
      bytes[section.start + bit / 8] ^= 0x80 >> UInt8(bit % 8)
      _ = try? readAll(bytes)
      answered += 1
    }
  }
  #expect(answered > 5_000)
}

@Test func `data of the wrong length are an error`() {
  for change in [-3, -1, 1, 2] {
    var symbols = Grib2Encoder.sections(.runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8))
    var data = Array(symbols.data.dropFirst(5))
    if change < 0 { data.removeLast(-change) } else { data += Array(repeating: 1, count: change) }
    symbols.data = Grib2Encoder.wrap(7, data)
    let bytes = Grib2Encoder().message([
      .init(grid: lattice, values: .raw(packing: symbols.packing, data: symbols.data))
    ])
    #expect(throws: RasterError.self) { try readAll(bytes) }
  }
}

@Test(arguments: [
  [200], [1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], [1, 31],
  [1, 254, 254, 254, 254, 254, 254, 254, 254],
])
func `runs that start or end wrongly are an error`(symbols: [UInt8]) {
  let packing = Grib2Encoder.sections(.runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8)).packing
  let bytes = Grib2Encoder().message([
    .init(grid: lattice, values: .raw(packing: packing, data: Grib2Encoder.wrap(7, symbols)))
  ])
  #expect(throws: RasterError.self) { try readAll(bytes) }
}

@Test func `a header that promises a huge field is refused before memory is taken`() {
  var grid = lattice
  grid.columns = 60_000
  grid.rows = 60_000
  let bytes = Grib2Encoder().message([
    .init(
      grid: grid,
      values: .raw(
        packing: Grib2Encoder.wrap(5, big(3_600_000_000, 4) + big(0, 2) + [UInt8](repeating: 0, count: 10)),
        data: Grib2Encoder.wrap(7, [])))
  ])
  let error = #expect(throws: RasterError.self) { try Grib2File(bytes: bytes, named: "broken") }
  #expect(error?.description.contains("3600000000 points") == true)
}

@Test(arguments: [
  [], Array("II*\u{0}".utf8), Array("GRIB".utf8), Array("GRIB\u{0}\u{0}\u{1}\u{1}7777".utf8) + big(0, 20),
])
func `what is no GRIB2 file is told so`(bytes: [UInt8]) {
  #expect(throws: RasterError.self) { try Grib2File(bytes: bytes, named: "other") }
}

@Test(arguments: [(1, 1), (4_294_967_294, 1), (1, 4_294_967_294), (90, 90_000_000), (7, 0)])
func `a basic angle of any size is no trap`(basic: Int, parts: Int) throws {
  let section = try #require(sections.first { $0.number == 3 })
  var bytes = message
  bytes.replaceSubrange(section.start + 38..<section.start + 46, with: big(basic, 4) + big(parts, 4))
  let grids = try readAll(message)
  if let read = try? readAll(bytes) { #expect(read == grids && basic * 1_000_000 == parts) }
}
