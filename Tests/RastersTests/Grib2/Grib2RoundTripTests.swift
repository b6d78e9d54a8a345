import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

/// 0 missing, 1 = 0 mm, 2 = 0.4, then 1 mm steps, as in analysed rain.
let rainTable: [UInt16] = [0, 4] + (1...77).map { UInt16(10 * $0) }

func randomLevels(_ count: Int, highest: Int, seed: UInt64, meanRun: Double = 5) -> [Int] {
  var stream = RandomStream(seed: seed, "levels")
  var levels: [Int] = []
  while levels.count < count {
    let run = 1 + Int(stream.exponential(mean: meanRun))
    levels += Array(repeating: stream.index(below: highest + 1), count: min(run, count - levels.count))
  }
  return levels
}

func rainValue(_ level: Int) -> Float {
  level == 0 ? .nan : Float(Double(rainTable[level - 1]) / 10)
}

func isSame(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}

private let grid = Grib2Encoder.Grid.lattice(north: 4_300, west: 3_100, rows: 9, columns: 13)

@Test(arguments: [0, 8, 50_000, 50_008, 50_009, 50_011])
func `every product template comes back with its code, surface and times`(template: Int) throws {
  var product = Grib2Encoder.Product(template: template, parameter: template == 50_000 ? 208 : 200)
  product.surface = (201, 2)
  let levels = randomLevels(117, highest: 40, seed: 1)
  let bytes = Grib2Encoder().message([
    .init(grid: grid, product: product, values: .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8))
  ])
  let field = try #require(try Grib2File(bytes: bytes, named: "made").fields.first)
  #expect(field.product.template == template)
  #expect(field.product.code == "1/\(product.parameter)")
  #expect(field.product.surface?.type == 201 && field.product.surface?.value == 2)
  #expect(field.product.referenceTime.utcText == "2016-11-21T01:00:00Z")
  #expect(field.product.forecastTime?.utcText == "2016-11-21T00:00:00Z")
  let hasInterval = template != 0 && template != 50_000
  #expect((field.product.interval != nil) == hasInterval)
  if let interval = field.product.interval {
    #expect(interval.end.jstText == "2016-11-21T10:00:00+09:00")
    #expect(interval.isTotal && interval.isConsistent && interval.length == 3_600)
  }
  #expect(try field.levels() == levels.map(UInt16.init))
  #expect(isSame(try field.values(), levels.map(rainValue)))
}

@Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 12, 16], [UInt64(1), 2, 3])
func `levels of any width round-trip, with long runs and with none`(bits: Int, seed: UInt64) throws {
  let most = min(79, 1 << bits - 1)
  for highest in Set([1, most / 2, most - 1, most]) where highest > 0 {
    let meanRun = [0.0, 3, 400][Int(seed) - 1]
    let levels = randomLevels(40 * 30, highest: highest, seed: seed, meanRun: meanRun)
    let bytes = Grib2Encoder().message([
      .init(
        grid: .lattice(north: 4_300, west: 3_100, rows: 40, columns: 30),
        values: .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: bits))
    ])
    let field = try #require(try Grib2File(bytes: bytes, named: "made").fields.first)
    #expect(try field.levels() == levels.map(UInt16.init))
  }
}

@Test func `level values have a sign, a scale, and a place for missing`() throws {
  let table: [UInt16] = [0, 50, 0x8032, 0x8000]
  for (scale, expected) in [
    (1, [Float.nan, 0, 5, -5, 0]), (0, [.nan, 0, 50, -50, 0]), (-2, [.nan, 0, 5_000, -5_000, 0]),
  ] {
    let bytes = Grib2Encoder().message([
      .init(
        grid: .lattice(north: 4_300, west: 3_100, rows: 5, columns: 2),
        values: .runLength(levels: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4], table: table, decimalScale: scale, bits: 8))
    ])
    #expect(isSame(try Grib2File(bytes: bytes, named: "made").fields[0].values(), expected + expected))
  }
}

@Test func `the same table in another file gives other values: nothing is built in`() throws {
  let levels = [1, 2, 3, 1]
  for step in [1, 7] {
    let table = (0..<3).map { UInt16($0 * step) }
    let bytes = Grib2Encoder().message([
      .init(
        grid: .lattice(north: 4_300, west: 3_100, rows: 2, columns: 2),
        values: .runLength(levels: levels, table: table, decimalScale: 0, bits: 8))
    ])
    let values = try Grib2File(bytes: bytes, named: "made").fields[0].values()
    #expect(values == [0, Float(step), Float(2 * step), 0])
  }
}

@Test(arguments: [(7, -2, 1), (12, 3, 0), (16, -7, -2), (24, 0, 2), (1, 0, 0), (31, -20, 0), (0, 0, 1)])
func `simple packing round-trips`(bits: Int, binaryScale: Int, decimalScale: Int) throws {
  var stream = RandomStream(seed: 9, "simple")
  let numbers = (0..<117).map { _ in bits == 0 ? 0 : stream.index(below: 1 << bits) }
  let reference: Float = -12.5
  let bytes = Grib2Encoder().message([
    .init(
      grid: grid, product: .init(template: 0, category: 0, parameter: 0),
      values: .simple(
        numbers: numbers, reference: reference, binaryScale: binaryScale, decimalScale: decimalScale, bits: bits))
  ])
  let values = try Grib2File(bytes: bytes, named: "made").fields[0].values()
  let expected = numbers.map {
    Float((Double(reference) + Double($0) * pow(2, Double(binaryScale))) / pow(10, Double(decimalScale)))
  }
  #expect(values == expected)
}

@Test func `fields that share a grid and messages that follow each other are all found`() throws {
  let all = (0..<7).map { randomLevels(117, highest: 30, seed: UInt64($0)) }
  func field(_ number: Int) -> Grib2Encoder.Field {
    .init(
      grid: grid, product: .init(forecastMinutes: 60 * number, endMinutes: 60 * (number + 1)),
      values: .runLength(levels: all[number], table: rainTable, decimalScale: 1, bits: 8))
  }
  let bytes = Grib2Encoder().message((0..<4).map(field)) + Grib2Encoder().message((4..<7).map(field))
  let file = try Grib2File(bytes: bytes + [0, 0, 0], named: "made")
  #expect(file.fields.count == 7)
  for (number, field) in file.fields.enumerated() {
    #expect(isSame(try field.values(), all[number].map(rainValue)))
    #expect(field.index == number)
  }
}

@Test func `a bitmap says where the values go, and the next field may use it again`() throws {
  var stream = RandomStream(seed: 2, "bitmap")
  let bits = (0..<117).map { _ in stream.uniform() < 0.4 }
  let count = bits.count { $0 }
  let (one, two) = (randomLevels(count, highest: 20, seed: 5), randomLevels(count, highest: 20, seed: 6))
  let all = randomLevels(117, highest: 20, seed: 7)
  func runs(_ levels: [Int]) -> Grib2Encoder.Values {
    .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8)
  }
  let bytes = Grib2Encoder().message([
    .init(grid: grid, values: runs(one), bitmap: .given(bits)), .init(grid: grid, values: runs(all)),
    .init(grid: grid, values: runs(two), bitmap: .previous),
  ])
  let fields = try Grib2File(bytes: bytes, named: "made").fields
  func spread(_ levels: [Int]) -> [Float] {
    var rest = levels[...]
    return bits.map { $0 ? rainValue(rest.removeFirst()) : .nan }
  }
  #expect(isSame(try fields[0].values(), spread(one)))
  #expect(isSame(try fields[1].values(), all.map(rainValue)))
  #expect(isSame(try fields[2].values(), spread(two)))
  // Onto the lattice, too: the short way of cropping must not forget the bitmap.
  let target = MeshGrid(south: 4_292, west: 3_102, height: 4, width: 5)
  let layer = try fields[0].decode(on: target)
  let whole = Layer(grid: MeshGrid(south: 4_291, west: 3_100, height: 9, width: 13), values: spread(one))
  #expect(isSame(layer.values, whole.cropped(to: target, fill: .nan).values))
}

@Test func `a bitmap that is not there yet is an error`() throws {
  let bytes = Grib2Encoder().message([
    .init(
      grid: grid,
      values: .runLength(levels: Array(repeating: 1, count: 117), table: rainTable, decimalScale: 1, bits: 8),
      bitmap: .previous)
  ])
  #expect(throws: RasterError.self) { try Grib2File(bytes: bytes, named: "made") }
}

@Test func `what GDAL unpacks is what simple packing says`() throws {
  // Complex packing with one group is simple packing by another name.
  let numbers = (0..<117).map { ($0 * 37) % 101 }
  let simple = Grib2Encoder.Values.simple(numbers: numbers, reference: 0, binaryScale: 0, decimalScale: 1, bits: 7)
  let expected = numbers.map { Float(Double($0) / 10) }
  let (packing, data) = oneGroupComplexPacking(numbers, decimalScale: 1, bits: 7)
  let bytes = Grib2Encoder().message([
    .init(grid: grid, product: .init(template: 50_000), values: .raw(packing: packing, data: data)),
    .init(grid: grid, product: .init(template: 0), values: simple),
  ])
  let fields = try Grib2File(bytes: bytes, named: "made").fields
  #expect(fields.map(\.packing.template) == [2, 0])
  #expect(try fields[1].values() == expected)
  // GDAL multiplies in Float: a step or two of the last place.
  #expect(zip(try fields[0].values(), expected).allSatisfy { abs($0 - $1) <= 2e-6 })
}

/// Template 5.2 with a single group that holds all values.
private func oneGroupComplexPacking(_ numbers: [Int], decimalScale: Int, bits: Int) -> ([UInt8], [UInt8]) {
  var packing = big(numbers.count, 4) + big(2, 2) + big(0, 4) + signed(0, 2) + signed(decimalScale, 2)
  // Bits of a group's reference, type, splitting method, missing values, two substitutes.
  packing += [1, 0, 1, 0] + big(0, 4) + big(0, 4)
  // Groups, reference and bits of the widths, reference, increment, last length and bits of the lengths.
  packing += big(1, 4) + [UInt8(bits), 1] + big(numbers.count, 4) + [1] + big(numbers.count, 4) + [1]
  let data = pack([0], bits: 1) + pack([0], bits: 1) + pack([0], bits: 1) + pack(numbers, bits: bits)
  return (Grib2Encoder.wrap(5, packing), Grib2Encoder.wrap(7, data))
}
