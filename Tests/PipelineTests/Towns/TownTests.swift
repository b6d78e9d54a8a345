import Cartography
import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

@testable import Pipeline

private func cell(_ place: Int, level: UInt8, _ probability: Float, rank: Float = 0.5, hour: UInt8 = 9) -> TownCell {
  TownCell(
    code: Mesh3Code(row: 5_000, column: 3_000 + place),
    order: RiskOrder(level: level, probability: probability, pastRecord: rank, soilWater: 100),
    probability: probability, hour: hour, exposed: [(.people, Float(10 * (place + 1))), (.roads, 0.5)])
}

@Test func `a town's worst cell is the sheet's: by level, probability, then how far past its record`() {
  var tally = TownTally(TownRisk(code: "01100", prefecture: "北海道", name: "札幌市"))
  tally.add(cell(0, level: 3, 0.9))
  tally.add(cell(1, level: 4, 0.7, rank: 0.8))
  tally.add(cell(2, level: 4, 0.7, rank: 0.9, hour: 14))
  tally.add(cell(3, level: 4, 0.7, rank: 0.9, hour: 15))
  tally.add(cell(4, level: 0, .nan, hour: 0))
  let town = tally.risk
  #expect(town.cellsByLevel == [1, 0, 0, 1, 3, 0] && town.shareOverThreshold == 0.6)
  #expect(town.worst == .init(code: "\(cell(2, level: 4, 0).code)", level: 4, probability: 0.7, hour: 14))
  #expect(town.exposed[.people] == [50, 0, 0, 10, 90, 0] && town.overThreshold(.people) == 90)
  #expect(town.exposed[.roads] == [0.5, 0, 0, 0.5, 1.5, 0])
}

@Test func `cells tallied apart and put together are those tallied at once`() {
  let cells = (0..<40).map {
    cell($0, level: UInt8($0 * 7 % 6), Float($0 % 3) / 4, rank: Float($0 % 5), hour: UInt8($0 % 25))
  }
  func tally(_ cells: ArraySlice<TownCell>) -> TownTally {
    cells.reduce(into: TownTally(TownRisk(code: "", prefecture: "", name: ""))) { $0.add($1) }
  }
  var whole = tally(cells[..<0])
  for part in [0..<11, 11..<11, 11..<12, 12..<40] { whole.add(tally(cells[part])) }
  #expect(whole.risk == tally(cells[...]).risk && whole.risk.worst != nil)
}

@Test(arguments: Language.allCases, [[], [.people], [.roads], [.people, .roads]] as [[Exposed]])
func `the table of towns is read back as it was written, in any language, with and without people and roads`(
  language: Language, kinds: [Exposed]
) throws {
  var town = TownRisk(code: "01100", prefecture: "北海道", name: "札幌市\"中央\"区")
  town.cellsByLevel = [1, 2, 0, 3, 4, 5]
  town.worst = .init(code: "64414278", level: 5, probability: 0.875, hour: 7)
  var calm = TownRisk(code: "01", prefecture: "北海道", name: "")
  calm.cellsByLevel = [0, 7, 0, 0, 0, 0]
  for kind in kinds {
    town.exposed[kind] =
      kind == .people ? [1, 20, 0, 300, 4_000, 50_000] : [0.5, 2.25, 0, 3.75, 0, 6].map { ($0 * 10).rounded() / 10 }
    calm.exposed[kind] = [0, 0, 0, 0, 0, 0]
  }
  let folder = try ScratchFolder()
  let bytes = TownTable.data([town, calm], language)
  #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
  let text = String(decoding: bytes, as: UTF8.self)
  #expect(text.contains(language == .english ? "\"municipality\"" : "\"市区町村\"") && text.contains("\r\n\"01100\","))
  #expect(try TownTable.read(try folder.write(bytes, to: "towns.csv")) == [town, calm])
}

@Test func `a table of other columns is no table of ours`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write("a,b\n1,2\n", to: "towns.csv")
  #expect(throws: RasterError.self) { try TownTable.read(path) }
}

@Test func `numbers of a table have their decimals, gaps are empty`() {
  var text = CSVText(["a"])
  text.add([.number(0.05, 3), .number(-1.25, 1), .number(.nan, 2), .number(12_345.6, 0), .none, .whole(-3)])
  #expect(String(decoding: text.data.dropFirst(3), as: UTF8.self) == "\"a\"\r\n0.050,-1.3,,12346,,-3\r\n")
}

/// Boundaries of two towns that leave the last column of the area to nobody.
private func country() throws -> SmallCountry {
  let country = try SmallCountry(
    extra:
      "municipalities: towns.geojson\nexposure: {population: people.csv, roads: {path: roads.geojson}}\nlanguage: ja")
  let (south, west) = (Double(country.north - SmallCountry.rows + 7), Double(country.west + 7))
  try country.folder.write(
    SmallTowns.geoJSON([
      .init("34101", "中区", county: "広島市", box: (south - 3, west - 3, 9, 6)),
      .init("34302", "府中町", county: "安芸郡", box: (south - 3, west + 3, 9, 4)),
    ]), to: "towns.geojson")
  var people = "meshcode,population\n"
  for row in 0..<6 {
    for column in 0..<8 {
      people += "\(Mesh3Code(row: Int(south) + row, column: Int(west) + column)),\(column < 3 ? 100 : 1)\n"
    }
  }
  try country.folder.write(people, to: "people.csv")
  let (x, y) = ((west - 1) / 80 + 100, (south + 2.5) / 120)
  try country.folder.write(
    """
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"highway": "primary"}, "geometry":
    {"type": "LineString", "coordinates": [[\(x), \(y)], [\(x + 10.0 / 80), \(y)]]}}]}
    """, to: "roads.geojson")
  return country
}

@Suite(.serialized) struct TownRunTests {
  @Test func `every cell and everybody of the area is in the tables, in one line each, and the report reads them`()
    throws
  {
    let country = try country()
    let first = JSTDay(daysSince1970: 19_570)
    for date in first...first.advanced(by: 9) {
      try country.writeAnalysis(date.hours.map { $0.unixSeconds / 3_600 }, to: "\(date).bin") { hour in
        (0..<SmallCountry.rows * SmallCountry.columns).map { 1 + ($0 * 7 + hour) % 40 }
      }
    }
    let day = first.advanced(by: 9)
    var request = PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/out")
    request.overwrite = true
    let result = try predict(request, console: Console(.quiet))
    let towns = try TownTable.read(result.folder + "/towns.csv")
    #expect(towns.map(\.name) == ["広島市中区", "府中町", "", ""] && towns.map(\.code) == ["34101", "34302", "", "34"])
    #expect(towns.map(\.cells) == [21, 28, 7, 49])
    let sums = (0...5).map { level in towns.prefix(3).reduce(0) { $0 + $1.cellsByLevel[level] } }
    #expect(sums == result.cellsByLevel)
    #expect(towns.map { $0.exposed[.people]?.reduce(0, +) } == [1_800, 24, 6, 1_824])
    // A road along the middle of a row, through all eight cells: three of the first town, four of the second.
    let lengths = towns.map { $0.exposed[.roads]?.reduce(0, +) ?? 0 }
    #expect(abs(lengths[0] / lengths[1] - 0.75) < 0.02 && abs(lengths[3] - lengths[0] - lengths[1]) < 0.11)
    #expect(lengths[0] > 3 && lengths[0] < 3.6 && lengths[2] > 1)
    #expect(result.notes.contains("7 cells lie in no municipality of the boundaries."))

    let cells = try DelimitedText(reading: result.folder + "/cells.csv")
    #expect(cells.header[0] == "メッシュコード" && cells.rows.count == 56 && Set(cells.rows.map { $0[0] }).count == 56)
    let levels = (0...5).map { level in cells.rows.count { $0[3] == "\(level)" } }
    #expect(levels == result.cellsByLevel)
    let worst = try #require(towns[0].worst)
    let line = try #require(cells.rows.first { $0[0] == worst.code })
    #expect(line[3] == "\(worst.level)" && line[13] == "広島市中区")

    #expect(try AreaPolygons(VectorInput(result.folder + "/cells.gpkg", layer: "towns")).featureCount == 2)

    var wanted = ReportRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/out")
    for language in Language.allCases {
      wanted.language = language
      let page = try report(wanted, console: Console(.quiet))
      let text = try String(contentsOfFile: page.file, encoding: .utf8)
      #expect(text.contains("<html lang=\"\(language.rawValue)\">") && text.contains("34") && !text.contains("http://"))
      #expect(text.contains(language.say(.notice)))
    }
    let japanese = try Manifest.read(result.folder).gaps.japaneseNotes
    #expect(japanese.contains("7メッシュはどの市区町村の境界にも含まれない。"))
  }

  @Test(
    arguments: [
      nil, "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feat",
      SmallTowns.geoJSON([.init("34101", "中区", county: "広島市", box: (4_200, 2_690, 9, 6))]),
    ] as [String?])
  func `a wrong file of roads ends a run at its door, before rain is looked for and anything is made`(text: String?)
    throws
  {
    let country = try country()
    try FileManager.default.removeItem(atPath: country.folder.path + "/roads.geojson")
    if let text { try country.folder.write(text, to: "roads.geojson") }
    let before = try FileManager.default.subpathsOfDirectory(atPath: country.folder.path)
    let request = PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(JSTDay(daysSince1970: 19_570)),
      out: country.folder.path + "/out")
    let error = #expect(throws: RasterError.self) { try predict(request, console: Console(.quiet)) }
    let reason = try #require(error?.description)
    #expect(reason.contains("/roads.geojson: "))
    let first = JSTDay(daysSince1970: 19_570)
    let days = PredictionsRequest(
      catalogue: country.catalogue, areas: [], days: .range(first...first.advanced(by: 1))
    ) { area, period in
      PredictionRequest(catalogue: request.catalogue, area: area, period: period, out: request.out)
    }
    let failed = try predict(days, sources: RainSources(keeping: true), console: Console(.quiet)).failed
    #expect(failed.map(\.reason) == [reason, reason])
    let made = Set(try FileManager.default.subpathsOfDirectory(atPath: country.folder.path)).subtracting(before)
    #expect(made.allSatisfy { $0.hasPrefix("out") && !$0.contains(".tif") }, "\(made)")
  }

  @Test func `a report without its run says how to make one`() throws {
    let country = try country()
    let request = ReportRequest(
      catalogue: country.catalogue, area: nil, period: .day(JSTDay(daysSince1970: 19_570)),
      out: country.folder.path + "/out")
    #expect(throws: ManifestError.self) { try report(request, console: Console(.quiet)) }
  }
}
