import Cartography
import Foundation
import Mesh
import Testing

/// A calm area of 24 x 30 cells with one cell each of levels 4 and 5, one without data, two cells outside the area.
func sheetContent() -> RiskMapContent {
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 24, width: 30)
  var level = Layer<UInt8>(grid: grid, filledWith: 1)
  var area = Layer<Bool>(grid: grid, filledWith: true)
  level[10, 12] = 5
  level[10, 13] = 4
  level[3, 3] = 0
  area[0, 0] = false
  area[23, 29] = false
  var probability = Layer<Float>(grid: grid, filledWith: 0.01)
  probability[10, 12] = 0.8
  return RiskMapContent(
    level: level, area: area, probability: probability, areaName: "Test",
    horizon: RainHorizon(day: JSTDay(daysSince1970: 19_584)),
    model: "a model", levelDescription: .level, levelLine: "80 %-recall line", notes: ["Missing rain in 1 cell."],
    sources: ["none"])
}

/// Where the sheet draws the centre of a cell.
func pixel(of content: RiskMapContent, y: Int, x: Int) -> (x: Int, y: Int) {
  let point = sheetPosition(of: content.level.grid.code(y: y, x: x), on: content)
  return (Int(point.x), Int(point.y))
}

@Test func `the same content gives the same bytes`() {
  #expect(RiskSheet(sheetContent()).png() == RiskSheet(sheetContent()).png())
}

@Test func `another level gives another picture`() {
  var other = sheetContent()
  other.level[5, 5] = 2
  #expect(RiskSheet(other).png() != RiskSheet(sheetContent()).png())
}

@Test func `a cell has the colour of its level`() throws {
  var content = sheetContent()
  for level in 1...5 { content.level[18, 4 + 3 * level] = UInt8(level) }
  let picture = try Picture(png: RiskSheet(content).png())
  #expect(picture.width == 1_600)
  for level in 1...5 {
    let at = pixel(of: content, y: 18, x: 4 + 3 * level)
    let around = (-3...3).flatMap { dy in (-3...3).map { picture[at.x + $0, at.y + dy] } }
    #expect(around.count { $0 == Palettes.program.levels[level - 1] } > 36, "level \(level)")
  }
}

@Test func `no data is told from calm land and from outside`() throws {
  let content = sheetContent()
  let picture = try Picture(png: RiskSheet(content).png())
  let places = [(3, 3), (20, 20), (0, 0)].map { pixel(of: content, y: $0.0, x: $0.1) }
  #expect(Set(places.map { picture[$0.x, $0.y] }).count == 3)
}

@Test func `the 80 %-recall line runs between a cell of level 4 and a calm one, not between levels 4 and 5`() throws {
  let content = sheetContent()
  let picture = try Picture(png: RiskSheet(content).png())
  func darkestBetween(_ a: (x: Int, y: Int), _ b: (x: Int, y: Int)) -> Int {
    (a.x...b.x).map { x in
      let colour = picture[x, a.y]
      return Int(colour.red) + Int(colour.green) + Int(colour.blue)
    }.min() ?? .max
  }
  let (four, calm) = (pixel(of: content, y: 10, x: 13), pixel(of: content, y: 10, x: 14))
  #expect(darkestBetween(four, calm) < 120)
  let (plain, next) = (pixel(of: content, y: 15, x: 13), pixel(of: content, y: 15, x: 14))
  #expect(darkestBetween(plain, next) > 500)
}

@Test func `figures count the cells of the area and name the highest`() {
  let content = sheetContent()
  let summary = RiskMapSummary(of: content)
  #expect(summary.cells == [1, 24 * 30 - 5, 0, 0, 1, 1])
  #expect(summary.overThreshold == 2)
  #expect(summary.highest == content.level.grid.code(y: 10, x: 12))
  #expect(summary.highestProbability == 0.8)
}

@Test(arguments: [(1, 2), (3, 4)]) func `neighbouring levels are told apart without colour`(pair: (Int, Int)) throws {
  var content = sheetContent()
  content.level[18, 7] = UInt8(pair.0)
  content.level[18, 14] = UInt8(pair.1)
  let picture = try Picture(png: RiskSheet(content).png())
  func hasMarks(_ x: Int) -> Bool {
    let at = pixel(of: content, y: 18, x: x)
    let greys = (-5...5).flatMap { dy in
      (-5...5).map { dx -> Int in
        let colour = picture[at.x + dx, at.y + dy]
        return Int(colour.red) * 299 + Int(colour.green) * 587 + Int(colour.blue) * 114
      }
    }
    return (greys.max() ?? 0) - (greys.min() ?? 0) > 50_000
  }
  #expect(!hasMarks(7) && hasMarks(14))
}

@Test func `of cells with one risk the furthest past its record is named, and how many share it`() {
  var content = sheetContent()
  let grid = content.level.grid
  var probability = Layer<Float>(grid: grid, filledWith: 0.01)
  var rank = Layer<Float>(grid: grid, filledWith: 0.2)
  var water = Layer<Float>(grid: grid, filledWith: 100)
  for x in 10...13 {
    content.level[10, x] = 5
    probability[10, x] = 0.8
  }
  rank[10, 12] = 0.999
  water[10, 10] = 300
  content.probability = probability
  content.pastRecord = rank
  content.soilWaterIndex = water
  let summary = RiskMapSummary(of: content)
  #expect(summary.highest == grid.code(y: 10, x: 12))
  #expect(summary.equals == 4)
}

@Test func `a cell that is the worst for want of a past is named only where no other has its level`() {
  var content = sheetContent()
  let grid = content.level.grid
  var probability = Layer<Float>(grid: grid, filledWith: 0.01)
  var compared = Layer<Bool>(grid: grid, filledWith: true)
  (content.level[10, 10], probability[10, 10], compared[10, 10]) = (5, 0.41, false)
  (content.level[10, 12], probability[10, 12]) = (5, 0.38)
  (content.probability, content.isCompared) = (probability, compared)
  let summary = RiskMapSummary(of: content)
  #expect(summary.highest == grid.code(y: 10, x: 12) && summary.highestProbability == 0.38 && summary.equals == 1)
  content.level[10, 12] = 4
  #expect(RiskMapSummary(of: content).highest == grid.code(y: 10, x: 10))
}

@Test func `the small map of the risk marks the cell that the sheet names`() throws {
  var content = sheetContent()
  var (risk, rank) = (
    Layer<Float>(grid: content.level.grid, filledWith: 0.01), Layer<Float>(grid: content.level.grid, filledWith: 0.5)
  )
  for x in 12...14 { (content.level[10, x], risk[10, x]) = (5, 0.8) }
  rank[10, 13] = 0.9
  (content.probability, content.pastRecord) = (risk, rank)
  let greatest = try #require(RiskMapSmallMaps(content: content).greatest(of: risk))
  #expect(greatest.code == content.level.grid.code(y: 10, x: 13) && greatest.value == 0.8)
  #expect(greatest.code == RiskMapSummary(of: content).highest)
  // Of values that the named cell does not share, the most northern and western.
  var water = Layer<Float>(grid: content.level.grid, filledWith: 20)
  (water[9, 20], water[9, 8], water[12, 1]) = (90, 90, 90)
  #expect(RiskMapSmallMaps(content: content).greatest(of: water)?.code == content.level.grid.code(y: 9, x: 8))
}

@Test func `the sheet grows with its notes and never drops the credit`() throws {
  var content = sheetContent()
  let short = try Picture(png: RiskSheet(content).png())
  content.notes = (1...40).map { "Note \($0) of a day on which much was missing and had to be said at length." }
  let long = try Picture(png: RiskSheet(content).png())
  #expect(long.height > short.height)
  var uncredited = content
  uncredited.sources = []
  #expect(RiskSheet(uncredited).png() != RiskSheet(content).png())
}

@Test func `sea inside a frame is not painted as land`() throws {
  var content = sheetContent()
  let grid = content.level.grid
  content.boundaryIsLand = false
  content.boundary = [
    [
      SIMD2(grid.westLongitude, grid.southLatitude), SIMD2(grid.eastLongitude, grid.southLatitude),
      SIMD2(grid.eastLongitude, grid.northLatitude), SIMD2(grid.westLongitude, grid.northLatitude),
    ]
  ]
  content.surroundings = content.boundary.map { $0.map { [$0.x - 2, $0.y] } }
  for y in 15..<24 { for x in 15..<30 { content.area[y, x] = false } }
  let picture = try Picture(png: RiskSheet(content).png())
  let (sea, land) = (pixel(of: content, y: 20, x: 25), pixel(of: content, y: 20, x: 5))
  #expect(picture[sea.x, sea.y] == Palettes.program.map.sea)
  #expect(picture[land.x, land.y] == Palettes.program.levels[0])
}

/// The content with a boundary beyond its cells: the whole grid and a cell more.
private func withWideBoundary(_ content: RiskMapContent) -> RiskMapContent {
  var content = content
  let wide = content.level.grid
  content.boundary = [
    [
      SIMD2(wide.westLongitude, wide.southLatitude), SIMD2(wide.eastLongitude, wide.southLatitude),
      SIMD2(wide.eastLongitude, wide.northLatitude), SIMD2(wide.westLongitude, wide.northLatitude),
    ]
  ]
  return content
}

@Test func `land without a cell of its own is hatched beside cells without data and calm elsewhere`() throws {
  var content = withWideBoundary(sheetContent())
  for (y, x) in [(3, 4), (18, 20)] { content.area[y, x] = false }
  let picture = try Picture(png: RiskSheet(content).png())
  func colours(_ y: Int, _ x: Int) -> Set<Colour> {
    let at = pixel(of: content, y: y, x: x)
    return Set((-4...4).flatMap { dy in (-4...4).map { picture[at.x + $0, at.y + dy] } })
  }
  #expect(colours(3, 4) == [Palettes.program.map.noData, Palettes.program.map.noDataHatch])
  #expect(colours(18, 20) == [Palettes.program.levels[0]])
}

@Test func `land of an area in a frame has the colour of calm up to its coast`() throws {
  var content = withWideBoundary(sheetContent())
  content.boundaryIsLand = false
  content.surroundings = content.boundary
  content.area[18, 20] = false
  let picture = try Picture(png: RiskSheet(content).png())
  let at = pixel(of: content, y: 18, x: 20)
  #expect(picture[at.x, at.y] == Palettes.program.levels[0])
}

@Test func `a sheet has the colours it is given, and none of the program's levels`() throws {
  var content = sheetContent()
  for level in 1...5 { content.level[18, 4 + 3 * level] = UInt8(level) }
  content.palettes.levels = (1...5).map { Colour(UInt8(20 * $0), 200, 100) }
  let picture = try Picture(png: RiskSheet(content).png())
  var seen = Set<Colour>()
  for y in stride(from: 0, to: picture.height, by: 2) { for x in 0..<picture.width { seen.insert(picture[x, y]) } }
  #expect(seen.isSuperset(of: content.palettes.levels))
  #expect(seen.isDisjoint(with: Palettes.program.levels))
}

@Test func `an area without data still gives a sheet`() {
  var content = sheetContent()
  content.level = Layer(grid: content.level.grid, filledWith: 0)
  content.area = Layer(grid: content.level.grid, filledWith: false)
  #expect(RiskMapSummary(of: content).highest == nil)
  #expect(RiskSheet(content).png().count > 1_000)
}

/// An area of one block of cells and single cells elsewhere, on the grid of Japan's latitudes.
private func area(_ blocks: [(y: Int, x: Int, size: Int)]) -> Layer<Bool> {
  var area = Layer<Bool>(grid: MeshGrid(south: 2_880, west: 2_400, height: 1_400, width: 900), filledWith: false)
  for (y, x, size) in blocks {
    for row in y..<y + size { for column in x..<x + size { area[row, column] = true } }
  }
  return area
}

@Test func `an area in one piece has no remote part`() {
  let parts = AreaParts(of: area([(100, 100, 80), (190, 150, 10)]))
  #expect(parts.main == MeshGrid(south: 2_880 + 1_400 - 200, west: 2_500, height: 100, width: 80))
  #expect(parts.remote.isEmpty)
}

@Test func `islands far away are shown apart, in few groups that hold every cell`() {
  let islands = (0..<9).map { (y: 400 + 100 * $0, x: 300 + 40 * $0, size: 3) }
  let all = area([(100, 100, 80)] + islands)
  let parts = AreaParts(of: all)
  #expect(parts.main.height == 80 && parts.main.width == 80)
  #expect((1...AreaParts.mostRemoteParts).contains(parts.remote.count))
  for index in 0..<all.grid.count where all.values[index] {
    #expect(([parts.main] + parts.remote).contains { $0.index(of: all.grid.code(at: index)) != nil })
  }
}

@Test func `a run as of a time shows its hours in a strip`() throws {
  var content = sheetContent()
  content.level = Layer(grid: content.level.grid, filledWith: 1)
  func cellsAtLevelFive(_ picture: Picture) -> Int {
    // Below the map and its legend.
    (picture.height * 3 / 5..<picture.height).reduce(0) { sum, y in
      sum + stride(from: 0, to: 1_100, by: 4).count { picture[$0, y] == Palettes.program.levels[4] }
    }
  }
  #expect(cellsAtLevelFive(try Picture(png: RiskSheet(content).png())) == 0)
  content.leads = (0...12).map { hour in
    let level = Layer<UInt8>(grid: content.level.grid, filledWith: hour == 12 ? 5 : 1)
    return RiskMapContent.Lead(words: "+\(hour) h", level: level)
  }
  // The last of thirteen hours is among the eight that are shown.
  #expect(cellsAtLevelFive(try Picture(png: RiskSheet(content).png())) > 100)
}

@Test func `a chain of islands does not pull the map off its mainland`() {
  // Islands fifteen kilometres apart, from the coast to far beyond, as south of Kyushu.
  let chain = (0..<40).map { (y: 190 + 20 * $0, x: 110 + 10 * $0, size: 4) }
  let parts = AreaParts(of: area([(100, 100, 80)] + chain))
  #expect(parts.main.height < 140 && parts.main.width < 140)
  #expect((1...AreaParts.mostRemoteParts).contains(parts.remote.count))
  // No island stands in two windows.
  for (place, part) in parts.remote.enumerated() {
    #expect(parts.remote[..<place].allSatisfy { $0.intersection(part) == nil })
  }
}

@Test func `a second large island stays on the map of the first`() {
  // Forty kilometres of sea between them, as between Honshu and Hokkaido.
  let parts = AreaParts(of: area([(200, 100, 160), (70, 140, 80)]))
  #expect(parts.remote.isEmpty)
}

@Test func `insets are named by the islands they hold`() {
  // 28.0 ... 28.6 N, 129.0 ... 130.0 E.
  let amami = MeshGrid(south: 3_360, west: 2_320, height: 72, width: 80)
  #expect(NamedIslands.within(amami).map { Language.english.say($0.name) } == ["Amami"])
  #expect(NamedIslands.within(amami).map { Language.japanese.say($0.name) } == ["奄美大島"])
}

@Test func `a cell on a far island is drawn in its own window`() throws {
  let mask = area([(100, 100, 40), (1_300, 800, 4)])
  var level = Layer<UInt8>(grid: mask.grid, filledWith: 1)
  level[1_301, 801] = 5
  let content = RiskMapContent(
    level: level, area: mask, areaName: "Test", horizon: RainHorizon(day: JSTDay(daysSince1970: 19_584)), model: "m",
    levelDescription: .level, levelLine: "80 %-recall line")
  let at = pixel(of: content, y: 1_301, x: 801)
  #expect(try Picture(png: RiskSheet(content).png())[at.x, at.y] == Palettes.program.levels[4])
}

@Suite struct SheetPageTests {
  @Test(arguments: VectorFormat.allCases) func `equal sheets have equal pages, on paper or not`(format: VectorFormat) {
    for paper in [nil] + Paper.allCases {
      let page = RiskSheet(sheetContent()).page(format, on: paper)
      #expect(page == RiskSheet(sheetContent()).page(format, on: paper))
      #expect(page.starts(with: format == .pdf ? Data("%PDF".utf8) : Data("<?xml".utf8)))
    }
  }

  @Test func `a page says its paper's size and keeps letters as letters`() throws {
    let page = String(decoding: RiskSheet(sheetContent()).page(.svg, on: .a4), as: UTF8.self)
    let size = try #require(page.firstMatch(of: #/width="(?<width>[0-9.]+)pt" height="(?<height>[0-9.]+)pt"/#))
    let sides = try [#require(Double(size.width)), #require(Double(size.height))].sorted()
    #expect(abs(sides[0] - 595.28) < 0.1 && abs(sides[1] - 841.89) < 0.1)
    #expect(page.contains("<g id=\"glyph") || page.contains("<symbol overflow"))
  }

  @Test func `a sheet of twice the dots shows the same, finer`() throws {
    let (once, twice) = (RiskSheet(sheetContent()), RiskSheet(sheetContent()))
    let (coarse, fine) = (try Picture(png: once.png()), try Picture(png: twice.png(scale: 2)))
    #expect(fine.width == 2 * coarse.width && fine.height == 2 * coarse.height)
    // Pixels within one colour on both sides agree; edges and letters may not.
    var (same, asked) = (0, 0)
    for y in stride(from: 200, to: coarse.height - 50, by: 7) {
      for x in stride(from: 80, to: 1_100, by: 7) {
        guard coarse[x, y] == coarse[x + 1, y], coarse[x, y] == coarse[x, y + 1] else { continue }
        asked += 1
        if fine[2 * x, 2 * y] == coarse[x, y] { same += 1 }
      }
    }
    #expect(asked > 1_000 && same > asked * 95 / 100)
  }
}
