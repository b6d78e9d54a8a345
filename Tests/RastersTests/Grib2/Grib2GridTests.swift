import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private func file(_ grid: Grib2Encoder.Grid, _ levels: [Int], parameter: Int = 200, template: Int = 50_008) throws
  -> Grib2File
{
  let bytes = Grib2Encoder().message([
    .init(
      grid: grid, product: .init(template: template, parameter: parameter),
      values: .runLength(levels: levels, table: rainTable, decimalScale: 1, bits: 8))
  ])
  return try Grib2File(bytes: bytes, named: "made")
}

@Test func `the 1-km grid is the lattice, though its stored step is too short`() throws {
  let levels = randomLevels(2_560 * 3_360, highest: 40, seed: 3, meanRun: 50)
  let grid = Grib2Encoder.Grid.lattice(north: 5_760, west: 1_440, rows: 3_360, columns: 2_560)
  #expect(grid.firstLatitude == 47_995_833 && grid.firstLongitude == 118_006_250 && grid.stepSouth == 8_333)
  var cut = grid
  cut.lastLatitude = grid.firstLatitude - 3_359 * 8_333  // 0.0011 degree off
  for grid in [grid, cut] {
    let layer = try file(grid, levels).fields[0].decode()
    #expect(layer.grid == MeshGrid(south: 2_400, west: 1_440, height: 3_360, width: 2_560))
    for name in ["53394611", "52395046", "51324366", "39272554"] {
      let code = try #require(Mesh3Code(name))
      let level = levels[(5_759 - code.row) * 2_560 + code.column - 1_440]
      #expect(isSame([layer[code] ?? -1], [rainValue(level)]))
    }
  }
}

@Test(arguments: [40, 80, 16])
func `larger cells give their value to each MESH3 cell`(eighths: Int) throws {
  let levels = randomLevels(6 * 7, highest: 40, seed: 4, meanRun: 1)
  let cells = eighths / 8
  let layer = try file(.lattice(north: 4_320, west: 3_200, rows: 6, columns: 7, eighths: eighths), levels).fields[0]
    .decode()
  #expect(layer.grid == MeshGrid(south: 4_320 - 6 * cells, west: 3_200, height: 6 * cells, width: 7 * cells))
  for y in 0..<layer.grid.height {
    for x in 0..<layer.grid.width {
      #expect(isSame([layer[y, x]], [rainValue(levels[y / cells * 7 + x / cells])]))
    }
  }
}

@Test func `250-m cells are averaged where half of them are known, and the greatest class stands`() throws {
  // Two MESH3 cells of 4 x 4 parts: one with 8 known parts, one with 7.
  let table = [1, 2, 3, 4, 5, 6, 7, 8]
  var levels = [Int](repeating: 0, count: 32)
  for (number, place) in [0, 1, 2, 3, 8, 9, 10, 11].enumerated() { levels[place] = table[number] }
  for place in [4, 5, 6, 7, 12, 13, 14] { levels[place] = 2 }
  let grid = Grib2Encoder.Grid.lattice(north: 4_320, west: 3_200, rows: 4, columns: 8, eighths: 2)
  let field = try file(grid, levels).fields[0]
  #expect(field.grid?.lattice?.cellName == "250 m")
  let layer = try field.decode()
  #expect(layer.grid == MeshGrid(south: 4_319, west: 3_200, height: 1, width: 2))
  // Levels 1 ... 8 stand for 0, 0.4, 1 ... 6 mm.
  #expect(abs(layer.values[0] - (0.4 + 21) / 8) < 1e-6)
  #expect(layer.values[1].isNaN)
  let classes = try file(grid, levels, parameter: 208, template: 50_000).fields[0].decode()
  #expect(classes.values[0] == 6)
}

@Test func `2.5-km cells share the MESH3 cells they cut in half`() throws {
  let grid = Grib2Encoder.Grid.lattice(north: 4_320, west: 3_200, rows: 2, columns: 2, eighths: 20)
  let layer = try file(grid, [3, 5, 7, 9]).fields[0].decode()  // 1, 3, 5, 7 mm
  #expect(layer.grid == MeshGrid(south: 4_315, west: 3_200, height: 5, width: 5))
  #expect(layer[0, 0] == 1 && layer[0, 4] == 3 && layer[4, 0] == 5 && layer[4, 4] == 7)
  #expect(layer[0, 2] == 2 && layer[2, 0] == 3 && layer[2, 2] == 4)
}

@Test func `pieces of a mosaic make one layer`() throws {
  // A 250-m piece and a 1-km piece side by side, as the radar mosaic has them.
  let fine = Grib2Encoder.Field(
    grid: .lattice(north: 4_320, west: 3_200, rows: 8, columns: 8, eighths: 2),
    values: .runLength(levels: Array(repeating: 3, count: 64), table: rainTable, decimalScale: 1, bits: 8))
  let coarse = Grib2Encoder.Field(
    grid: .lattice(north: 4_320, west: 3_202, rows: 2, columns: 2),
    values: .runLength(levels: [1, 0, 5, 6], table: rainTable, decimalScale: 1, bits: 8))
  let file = try Grib2File(bytes: Grib2Encoder().message([fine, coarse]), named: "made")
  #expect(file.fields.count == 2)
  #expect(file.mosaics.count == 1)
  let layer = try file.mosaics[0].decode()
  #expect(layer.grid == MeshGrid(south: 4_318, west: 3_200, height: 2, width: 4))
  #expect(isSame(layer.values, [1, 1, 0, .nan, 1, 1, 3, 4]))
  let part = MeshGrid(south: 4_317, west: 3_201, height: 2, width: 2)
  #expect(isSame(try file.mosaics[0].decode(on: part).values, layer.cropped(to: part, fill: .nan).values))
}

@Test(arguments: [0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xA0, 0xB0, 0xC0, 0xD0, 0xE0, 0xF0])
func `points come in any order of the flag table`(flags: Int) throws {
  let (rows, columns) = (4, 3)
  let north = (0..<rows * columns).map { $0 % 20 + 1 }
  var grid = Grib2Encoder.Grid.lattice(north: 4_320, west: 3_200, rows: rows, columns: columns)
  grid.scan = flags
  if flags & 0x80 != 0 { swap(&grid.firstLongitude, &grid.lastLongitude) }
  if flags & 0x40 != 0 { swap(&grid.firstLatitude, &grid.lastLatitude) }
  // Walk over the points as the flags say.
  var listed: [Int] = []
  let lines = flags & 0x20 != 0 ? columns : rows
  for line in 0..<lines {
    var part: [Int] = []
    for place in 0..<(flags & 0x20 != 0 ? rows : columns) {
      let (i, j) = flags & 0x20 != 0 ? (line, place) : (place, line)
      let x = flags & 0x80 != 0 ? columns - 1 - i : i
      let y = flags & 0x40 != 0 ? rows - 1 - j : j
      part.append(north[y * columns + x])
    }
    listed += flags & 0x10 != 0 && line % 2 == 1 ? part.reversed() : part
  }
  let field = try file(grid, listed).fields[0]
  #expect(isSame(try field.values(), north.map(rainValue)))
  let layer = try field.decode(on: MeshGrid(south: 4_318, west: 3_199, height: 2, width: 3))
  let wanted = [nil, north[0], north[1], nil, north[3], north[4]].map { $0.map(rainValue) ?? .nan }
  #expect(isSame(layer.values, wanted))
}

@Test func `a grid off the lattice keeps its values and is not forced onto cells`() throws {
  let grid = Grib2Encoder.Grid(
    columns: 3, rows: 2, firstLatitude: 36_000_000, firstLongitude: 140_000_000, lastLatitude: 35_930_000,
    lastLongitude: 140_140_000, stepEast: 70_000, stepSouth: 70_000)
  let field = try file(grid, [1, 2, 3, 4, 5, 6]).fields[0]
  #expect(field.grid?.lattice == nil)
  #expect(try field.values().count == 6)
  let error = #expect(throws: RasterError.self) { try field.decode() }
  #expect(error?.description.contains("lsmap align") == true)
}
