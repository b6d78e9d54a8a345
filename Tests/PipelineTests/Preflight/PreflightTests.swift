import Foundation
import Mesh
import Pipeline
import TestSupport
import Testing

@Suite struct PreflightTests {
  private let folder: ScratchFolder
  private let catalogue: String

  init() throws {
    folder = try ScratchFolder()
    catalogue = try gaugeCatalogue(folder)
    // Rain events need dry days between them: a past without an ended one compares with nothing.
    let lines = try String(contentsOfFile: folder.path + "/rain.csv", encoding: .utf8).split(separator: "\n")
    let calm = lines.map { line in
      line.hasPrefix("2023-08-03") || line.hasPrefix("2023-08-04") ? line.prefix(16) + ",0,0,0,0" : line
    }
    try folder.write(calm.joined(separator: "\n") + "\n", to: "rain.csv")
  }

  private static func reference(through day: String) -> String {
    "reference: {from: 2023-08-01, to: \(day), leave_out_days: 1}"
  }

  private func check(_ day: String? = nil, adding lines: String = "") throws -> Preflight {
    let text = try String(contentsOfFile: catalogue, encoding: .utf8)
    let path = try folder.write(text + "\n" + lines, to: "changed.yaml")
    return try checkInputs(
      catalogue: path, area: "503334", day: day.flatMap { JSTDay($0) }, threads: 1, console: Console(.quiet))
  }

  private func find(_ input: String, in preflight: Preflight) throws -> InputCheck {
    try #require(preflight.checks.first { $0.input == input })
  }

  @Test func `whole inputs end with 0, the day is the last whole one of the rain`() throws {
    let preflight = try check(adding: Self.reference(through: "2023-08-08"))
    #expect(preflight.date == "2023-08-08")
    #expect(preflight.checks.map(\.input) == ["model", "area", "rain", "past", "workspace"])
    #expect(preflight.checks.allSatisfy { $0.verdict == .good } && preflight.exitCode == .done)
    #expect(try find("rain", in: preflight).cover == "100/100 cells")
    #expect(preflight.words.contains("a run would end whole (code 0)"))
  }

  @Test(
    arguments: [
      ("2023-08-08", "2023-08-08", 0), ("2023-08-08", nil, 3),
      // The one day of the reference period is that of the empty tanks; the day itself is.
      ("2023-08-08", "2023-08-01", 3), ("2023-08-01", "2023-08-08", 3),
    ] as [(String, String?, Int32)])
  func `a record too young for a day is a gap, as it is to the prediction`(
    day: String, pastThrough: String?, code: Int32
  ) throws {
    let reference = pastThrough.map(Self.reference) ?? ""
    #expect(try check(day, adding: reference).exitCode.rawValue == code)
    let result = try predict(
      PredictionRequest(
        catalogue: folder.path + "/changed.yaml", area: "503334", period: .day(try #require(JSTDay(day))),
        out: folder.path + "/out"), console: Console(.quiet))
    #expect(result.hasGaps == (code == 3))
    // What is imported by now changes nothing.
    #expect(try check(day, adding: reference).exitCode.rawValue == code)
  }

  @Test func `a reading that cannot be rain is a gap with its file, hour and station`() throws {
    let rain = folder.path + "/rain.csv"
    let lines = try String(contentsOfFile: rain, encoding: .utf8).split(separator: "\n").map(String.init)
    let spoilt = lines.map { $0.hasPrefix("2023-08-08T05") ? "2023-08-08T05:00,99999,0,0,0" : $0 }
    try folder.write(spoilt.joined(separator: "\n") + "\n", to: "rain.csv")
    let preflight = try check("2023-08-08")
    #expect(preflight.exitCode == .doneWithGaps)
    let found = try find("rain", in: preflight)
    #expect(found.verdict == .gap && found.remarks.contains { $0.contains("99999") && $0.contains("station g0") })
  }

  @Test func `hours that are missing are a gap`() throws {
    let rain = folder.path + "/rain.csv"
    let lines = try String(contentsOfFile: rain, encoding: .utf8).split(separator: "\n")
    try folder.write(lines.filter { !$0.hasPrefix("2023-08-07T1") }.joined(separator: "\n") + "\n", to: "rain.csv")
    let preflight = try check("2023-08-08")
    #expect(preflight.exitCode == .doneWithGaps)
    #expect(try find("rain", in: preflight).remarks.contains { $0.hasPrefix("10 hours missing") })
  }

  @Test func `one input that stops a run does not hide another`() throws {
    try folder.write("meshcode,h\n50333400,-9999\n", to: "heights.csv")
    try folder.write("code,class\n1,1\n", to: "legend.csv")
    let preflight = try check(
      adding: """
        terrain: {table: heights.csv, column: h}
        soil: {path: none.tif, legend: legend.csv}
        """)
    #expect(preflight.exitCode == .badInput)
    #expect(try find("terrain", in: preflight).verdict == .refused)
    #expect(try find("terrain", in: preflight).remarks.contains { $0.contains("missing:") })
    #expect(try find("soil", in: preflight).remarks.contains { $0.contains("no such file") })
    #expect(try find("rain", in: preflight).verdict == .good)
  }

  @Test func `ground that covers a part of the area is a gap`() throws {
    let rows = (0..<50).map { "503334\($0 / 10)\($0 % 10),100" }
    try folder.write("meshcode,h\n" + rows.joined(separator: "\n") + "\n", to: "heights.csv")
    try folder.write("mesh,soil\n50333400,1\n", to: "soil.csv")
    try folder.write("code,class\n1,1\n", to: "legend.csv")
    let preflight = try check(
      adding: """
        terrain: {table: heights.csv, column: h}
        soil: {path: soil.csv, attribute: soil, code_column: mesh, legend: legend.csv}
        """)
    // A table of elevations lists the land: what it lacks is sea.
    #expect(try find("terrain", in: preflight).verdict == .good)
    #expect(try find("soil", in: preflight).verdict == .gap)
    #expect(try find("soil", in: preflight).cover == "1/50 cells")
  }

  @Test func `a day outside of the rain stops`() throws {
    let preflight = try check("2024-01-01")
    #expect(preflight.exitCode == .badInput)
    #expect(try find("rain", in: preflight).remarks.contains { $0.contains("outside the rain") })
  }
}
