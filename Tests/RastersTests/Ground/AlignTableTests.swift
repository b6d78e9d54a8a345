import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

@Suite struct AlignTableTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test func `tables have quotes, blanks, byte order marks and short rows`() throws {
    let text = "\u{FEFF}code,name,class\r\n1,\"a \"\"b\"\", c\",2\r\n\r\n# remark\n2,\"two\nlines\"\n"
    let table = try DelimitedText(reading: try scratch.write(text, to: "t.csv"))
    #expect(table.header == ["code", "name", "class"])
    #expect(table.rows == [["1", "a \"b\", c", "2"], ["2", "two\nlines", ""]])
    #expect(throws: RasterError.self) { try DelimitedText(parsing: "a,b\n1,2,3\n", path: "t") }
    #expect(throws: RasterError.self) { try DelimitedText(parsing: "", path: "t") }
  }

  @Test func `CP932 is read where UTF-8 is not valid`() throws {
    // コード,クラス and ポドゾル,3 in CP932.
    let bytes: [UInt8] = [
      0x83, 0x52, 0x81, 0x5B, 0x83, 0x68, 0x2C, 0x83, 0x4E, 0x83, 0x89, 0x83, 0x58, 0x0A, 0x83, 0x7C, 0x83, 0x68, 0x83,
      0x5D, 0x83, 0x8B, 0x2C, 0x33, 0x0A,
    ]
    let table = try DelimitedText(reading: try scratch.write(Data(bytes), to: "sjis.csv"))
    #expect(table.header == ["コード", "クラス"])
    #expect(table.rows == [["ポドゾル", "3"]])
  }

  @Test func `a legend maps codes and refuses contradictions`() throws {
    let legend = try Legend(
      reading: try scratch.write("code,class,name\n 07 ,3,x\n黒ボク土,4,y\n98.0,0,rock\n", to: "l.csv"), classCount: 10)
    #expect(legend.classOf("7") == 3 && legend.classOf("7.0") == 3)
    #expect(legend.classOf("黒ボク土 ") == 4 && legend.classOf("98") == 0 && legend.classOf("8") == nil)
    for wrong in ["code,class\n1,11\n", "code,class\n1,2\n1,3\n", "a,b\n1,2\n", "code,class\n", "code,class\n1,0\n"] {
      let path = try scratch.write(wrong, to: "w.csv")
      #expect(throws: RasterError.self) { try Legend(reading: path, classCount: 10) }
    }
  }

  @Test(arguments: [
    ("soil-groups", 10), ("soil-forest-1975", 10), ("soil-farmland", 10), ("vegetation-naturalness", 11),
  ])
  func `the shipped legends are read`(name: String, classes: Int) throws {
    let legend = try Legend(reading: Repository.path("styles/legends/\(name).csv"), classCount: classes)
    #expect(legend.classes.count > 10)
    if name == "soil-farmland" {
      #expect(legend.classOf("多湿黒ボク土") == 4 && legend.classOf("灰色台地土") == 8 && legend.classOf("水域") == 0)
    }
  }

  @Test func `codes of six and four digits fill their cells`() throws {
    let path = try scratch.write("meshcode,h\n523503,5\n52350345,7\n5236,\nnothing,3\n", to: "m.csv")
    let second = try #require(MeshCodePrefix("523503"))
    let (stack, report) = try alignStatic(
      StaticInputs(elevation: .meshTable(MeshTableInput(path, valueColumn: "h"))), to: second.grid)
    #expect(stack.elevation.values.filter { $0 == 5 }.count == 99)
    #expect(stack.elevation[try #require(Mesh3Code("52350345"))] == 7)
    #expect(report.entry("elevation")?.recognised == ["1 rows without a valid mesh code left out, as \"nothing\""])
    #expect(report.entry("soil")?.source == nil && stack.soil.majority.values.allSatisfy { $0 == 0 })
  }

  @Test func `communities become naturalness, others are counted`() throws {
    let communities = try scratch.write("凡例,自然度\n101,9\n102,6\n999,98\n", to: "communities.csv")
    let legend = try Legend(communities: communities, codeColumn: "凡例", naturalnessColumn: "自然度")
    let path = try scratch.write("mesh,code\n52350300,101\n52350301,102\n52350302,999\n52350303,555\n", to: "v.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid
    let input = MeshTableInput(path, codeColumn: "mesh", valueColumn: "code")
    let (stack, report) = try alignStatic(StaticInputs(vegetation: .meshTable(input, legend)), to: grid)
    #expect(stack.vegetation.majority.values.suffix(10).prefix(5) == [9, 6, 11, 0, 0])
    #expect(stack.vegetation.unknown.values.suffix(10)[93] == 1)
    #expect(report.entry("vegetation")?.unknownCodes == [AlignmentReport.UnknownCode(code: "555", count: 1)])
    #expect(report.table.contains("unknown code 555: 1 times"))
  }

  @Test func `a legend of another map is refused with the share and the codes; class 0 is no stranger`() throws {
    let path = try scratch.write("mesh,code\n52350300,7\n52350301,7\n52350302,8\n52350303,9\n", to: "v.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid
    func report(_ classes: [String: UInt8]) throws -> AlignmentReport {
      let input = MeshTableInput(path, codeColumn: "mesh", valueColumn: "code")
      return try alignStatic(
        StaticInputs(soil: .meshTable(input, Legend(path: "legend.csv", classes: classes))), to: grid
      ).report
    }
    let error = #expect(throws: RasterError.self) { try report(["9": 1]) }
    #expect(error?.description.contains("75.0 % of it has codes that the legend legend.csv lacks (7, 8)") == true)
    let water = try report(["7": 0, "8": 0, "9": 1])
    #expect(water.entry("soil")?.meanUnknownShare == 0 && water.doubts().isEmpty)
    let doubted = try report(["7": 1, "9": 1])
    #expect(doubted.entry("soil")?.meanUnknownShare == 0.25)
    #expect(doubted.doubts().first?.contains("25.0 %") == true)
  }

  @Test(arguments: ["-9999", "99999", "1e36", "-1e36", "1e300", "3.4e38", "9001", "-501"])
  func `a height by mesh code that is none is refused, and missing where the catalogue says so`(word: String) throws {
    let path = try scratch.write("meshcode,h\n52350300,\(word)\n52350301,70\n", to: "m.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid
    var input = MeshTableInput(path, valueColumn: "h")
    let error = #expect(throws: RasterError.self) {
      try alignStatic(StaticInputs(elevation: .meshTable(input)), to: grid)
    }
    #expect(error?.description.contains("missing:") == true)
    input.missing = [try #require(Double(word))]
    let heights = try alignStatic(StaticInputs(elevation: .meshTable(input)), to: grid).stack.elevation
    #expect(heights.values.filter { !$0.isNaN } == [70])
  }

  @Test(arguments: [("inf", false), ("nan", false), ("", false), ("70", true)])
  func `a height that is no number is missing`(word: String, isThere: Bool) throws {
    let path = try scratch.write("meshcode,h\n52350300,\(word)\n", to: "m.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid
    let input = MeshTableInput(path, valueColumn: "h")
    let heights = try alignStatic(StaticInputs(elevation: .meshTable(input)), to: grid).stack.elevation
    #expect(heights.values.contains { !$0.isNaN } == isThere)
  }

  @Test func `heights above every summit of Japan are doubted: they may be feet`() throws {
    let path = try scratch.write("meshcode,h\n52350300,4200\n", to: "m.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid
    let input = MeshTableInput(path, valueColumn: "h")
    let report = try alignStatic(StaticInputs(elevation: .meshTable(input)), to: grid).report
    #expect(report.doubts().first?.contains("feet") == true)
  }

  @Test func `stack and report are the same after writing and reading`() throws {
    let heights = try scratch.write("meshcode,h\n523503,5\n52350345,70\n", to: "m.csv")
    let soil = try scratch.write("meshcode,soil\n52350345,9\n523504,1\n", to: "s.csv")
    let grid = try #require(MeshCodePrefix("523503")).grid.padded(by: 1)
    let legend = Legend(path: "l", classes: ["9": 9, "1": 0])
    let (stack, report) = try alignStatic(
      StaticInputs(
        elevation: .meshTable(MeshTableInput(heights, valueColumn: "h")),
        soil: .meshTable(MeshTableInput(soil, valueColumn: "soil"), legend)), to: grid)
    try stack.write(to: scratch.path + "/static.tif")
    try report.write(to: scratch.path + "/alignment.json")
    #expect(try StaticStack.read(scratch.path + "/static.tif") == stack)
    #expect(try AlignmentReport.read(scratch.path + "/alignment.json") == report)
    #expect(throws: RasterError.self) { try AlignmentReport.read(heights) }
  }

  @Test(.enabled(if: RealData.isPresent))
  func `altitudes of gauges fit the mesh elevations`() throws {
    let stations = try DelimitedText(reading: RealData.path("amedas-2023/stations.csv"))
    let (lat, lon) = (try stations.column("lat"), try stations.column("lon"))
    let altitude = try stations.column("alt_m")
    let table = try MeshTable(
      MeshTableInput(RealData.path("mesh3-elevation/mesh3_elevation.csv.gz"), valueColumn: "elevation_m"))
    let cells = MeshGrid(south: 24, west: 122, north: 46, east: 154)
    let heights = table.numbers(on: cells, missing: [])
    let differences = stations.rows.compactMap { row -> Float? in
      guard let y = Double(row[lat]), let x = Double(row[lon]), let height = Float(row[altitude]),
        let code = Mesh3Code(latitude: y, longitude: x), let mesh = heights[code], !mesh.isNaN
      else { return nil }
      return height - mesh
    }
    #expect(differences.count > 1_280)
    let median = differences.sorted()[differences.count / 2]
    #expect(abs(median + 2.3) < 0.5)  // README of the table: -2.3 m
  }
}
