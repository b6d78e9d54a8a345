import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

private let whole = MeshGrid(south: 4_280, west: 3_100, height: 20, width: 30)
private let lattice = Grib2Encoder.Grid.lattice(north: 4_300, west: 3_100, rows: 20, columns: 30)

private func runs(_ levels: [Int]) -> Grib2Encoder.Values {
  .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8)
}

/// Inside the field, over each of its edges, around it, beside it and far from it.
private let places = [
  whole, MeshGrid(south: 4_284, west: 3_105, height: 9, width: 11),
  MeshGrid(south: 4_270, west: 3_090, height: 15, width: 15),
  MeshGrid(south: 4_295, west: 3_120, height: 15, width: 15),
  MeshGrid(south: 4_270, west: 3_095, height: 40, width: 40),
  MeshGrid(south: 4_285, west: 3_130, height: 5, width: 5), MeshGrid(south: 100, west: 100, height: 3, width: 3),
]

/// Islands of a few cells, and lone ones.
private func islands(on grid: MeshGrid, share: Double, seed: UInt64) -> CellSet {
  var stream = RandomStream(seed: seed, "islands")
  var marked = Layer(grid: grid, filledWith: false)
  var isLand = false
  for place in marked.values.indices {
    if stream.uniform() < 0.4 { isLand = stream.uniform() < share }
    marked.values[place] = isLand
  }
  return CellSet(marked)
}

/// The whole field, then the cells that are wanted.
private func picked(_ field: Grib2Field, at cells: CellSet) throws -> [Float] {
  cells.gather(Layer(grid: whole, values: try field.values()).cropped(to: cells.grid, fill: .nan).values[...])
}

@Test(arguments: [UInt64(1), 2, 3, 4], [0.0, 4, 60])
func `a field at some cells has the values of the whole field there`(seed: UInt64, meanRun: Double) throws {
  var stream = RandomStream(seed: seed, "bitmap")
  let bits = (0..<whole.count).map { _ in stream.uniform() < 0.6 }
  var turned = lattice
  // From the south to the north, and every other row backwards.
  (turned.scan, turned.firstLatitude, turned.lastLatitude) = (0x50, lattice.lastLatitude, lattice.firstLatitude)
  let levels = randomLevels(whole.count, highest: 12, seed: seed, meanRun: meanRun)
  let bytes = Grib2Encoder().message([
    .init(grid: lattice, values: runs(levels)),
    .init(grid: lattice, values: runs(Array(repeating: 0, count: whole.count))),
    .init(grid: turned, values: runs(levels)),
    .init(grid: lattice, values: runs(Array(levels.prefix(bits.count { $0 }))), bitmap: .given(bits)),
    .init(grid: lattice, values: .simple(numbers: levels, reference: 0, binaryScale: 0, decimalScale: 1, bits: 7)),
  ])
  let fields = try Grib2File(bytes: bytes, named: "made").fields
  for place in places {
    let few = islands(on: place, share: 0.3, seed: seed)
    for cells in [CellSet(place), few, islands(on: place, share: 0.9, seed: seed)] {
      for field in fields {
        let expected = try picked(field, at: cells)
        #expect(isSame(try field.decode(at: cells), expected))
        #expect(isSame(cells.gather(try field.decode(on: place).values[...]), expected))
      }
    }
  }
}

@Test func `no cell at all is wanted: the data are checked nevertheless`() throws {
  let none = CellSet(Layer(grid: whole, filledWith: false))
  let good = randomLevels(whole.count, highest: 9, seed: 1)
  let bytes = Grib2Encoder().message([.init(grid: lattice, values: runs(good))])
  #expect(try Grib2File(bytes: bytes, named: "made").fields[0].decode(at: none).isEmpty)
  var short = randomLevels(whole.count, highest: 9, seed: 1, meanRun: 0)
  short[whole.count - 1] = short[whole.count - 2] == 0 ? 1 : 0
  var bad = Grib2Encoder().message([.init(grid: lattice, values: runs(short))])
  bad[bad.count - 5] = 255  // the last level becomes an extension of the one before
  #expect(throws: RasterError.self) { try Grib2File(bytes: bad, named: "made").fields[0].decode(at: none) }
}

/// Hours of one day whose levels are random; of the last, everything above 9 mm cannot be rain.
private func day(_ folder: ScratchFolder) throws -> (files: [String], fields: [Grib2Field]) {
  var files: [String] = []
  var fields: [Grib2Field] = []
  for hour in 0..<5 {
    let levels = randomLevels(whole.count, highest: 12, seed: UInt64(hour + 1), meanRun: 6)
    var table = rainTable
    if hour == 4 { (table[10], table[11]) = (17_000, 6_000) }
    let bytes = Grib2Encoder(reference: [2_016, 11, 21, hour + 1, 0]).message([
      .init(grid: lattice, values: .runLength(levels: levels, table: table, decimalScale: 1, bits: 8))
    ])
    files.append(try folder.write(Data(bytes), to: "hour\(hour).bin"))
    fields += try Grib2File(bytes: bytes, named: "made").fields
  }
  return (files, fields)
}

@Test func `the rain of a day at some cells is that of the whole fields, and only its own cells are judged`() throws {
  let folder = try ScratchFolder()
  let (files, fields) = try day(folder)
  let source = try Grib2Rain(files: files)
  let date = try #require(JSTDay("2016-11-21"))
  for place in places {
    let cells = islands(on: place, share: 0.5, seed: 7)
    let rain = try source.rain(of: date, at: cells)
    var implausible = 0
    for (number, field) in fields.enumerated() {
      var expected = try picked(field, at: cells)
      for at in expected.indices where expected[at] > 400 {
        expected[at] = .nan
        implausible += 1
      }
      #expect(isSame(Array(rain.rain.band(9 + number)), expected))
      #expect(rain.present[9 + number] == expected.contains { !$0.isNaN })
    }
    #expect(rain.rain.band(0).allSatisfy(\.isNaN) && !rain.present[0])
    #expect(rain.findings.reduce(0) { $0 + $1.count } == implausible)
    #expect(rain.findings.allSatisfy { $0.kind == .implausible && $0.file == files[4] })
    // The first of the greatest is named by its code.
    if let finding = rain.findings.first {
      let values = try picked(fields[4], at: cells)
      let highest = values.filter { !$0.isNaN }.max()
      let worst = try #require(values.firstIndex { $0 == highest })
      #expect(finding.subject.hasSuffix("mm at cell \(cells.code(at: worst))"))
    }
    // Several threads ask one source.
    for again in try mapInParallel(8, threads: 4, { _ in try source.rain(of: date, at: cells) }) {
      #expect(isSame(again.rain.values, rain.rain.values))
      #expect(again.present == rain.present && again.findings == rain.findings)
    }
  }
}
