import Foundation
import TestSupport
import Testing

private struct Answer: Decodable {
  struct Run: Decodable { let area: String, date: String, folder: String }
  struct Failure: Decodable { let area: String, exitCode: Int }
  let runs: [Run], kept: [String], failed: [Failure]

  init(_ text: String) throws { self = try JSONDecoder().decode(Answer.self, from: Data(text.utf8)) }
}

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `Several runs in one process` {
  private let line = "predict --catalog PLACE/catalog.yaml --method swi-ews --out PLACE/out --json"

  private func latest(_ place: GaugePlace, _ mesh: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(place.out)/mesh-\(mesh)/latest")
  }

  @Test func `are those that each area and day would be alone, are kept the next time, and the newest is linked`()
    throws
  {
    let place = try GaugePlace()
    let many = line + " --area 503334 --area 503335 --from 2023-08-04 --to 2023-08-05"
    let first = try Answer(try place(many).printed)
    #expect(first.runs.map(\.date) == ["2023-08-04", "2023-08-04", "2023-08-05", "2023-08-05"])
    #expect(first.failed.isEmpty && first.kept.isEmpty)
    #expect(latest(place, "503334") == "2023-08-05" && latest(place, "503335") == "2023-08-05")
    #expect(try Answer(try place(many).printed).kept.count == 4)
    // Alone, and in a workspace of its own.
    let alone = try GaugePlace()
    let outcome = try alone(line + " --area 503335 --date 2023-08-05")
    #expect(outcome.code == 0 || outcome.code == 3)
    for file in ["level.tif", "risk.tif", "anomaly.tif", "swi.tif", "quality.tif"] {
      let path = "/mesh-503335/2023-08-05/" + file
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: place.out + path))
          == Data(contentsOf: URL(fileURLWithPath: alone.out + path)), "\(file)")
    }
    // A run of an earlier day does not move the link back.
    _ = try place(line + " --area 503334 --date 2023-08-04 --overwrite")
    #expect(latest(place, "503334") == "2023-08-05")
  }

  @Test func `go on after one that fails, and end with its code`() throws {
    let place = try GaugePlace()
    let outcome = try place(line + " --area atlantis --area 503334 --date 2023-08-05")
    let answer = try Answer(outcome.printed)
    #expect(outcome.code == 4)
    #expect(answer.failed.map(\.area) == ["atlantis"] && answer.failed.first?.exitCode == 4)
    #expect(answer.runs.map(\.date) == ["2023-08-05"])
  }

  @Test func `take the last whole day of the rain as the latest, and need days that make sense`() throws {
    let place = try GaugePlace()
    let outcome = try place(line + " --area 503334 --date latest")
    #expect(outcome.printed.contains("\"date\" : \"2023-08-06\""), "\(outcome.printed)\(outcome.said)")
    for wrong in ["--from 2023-08-05", "--from 2023-08-05 --to 2023-08-04", "--date latest --as-of 2023-08-05T09:00"] {
      #expect(try place(line + " --area 503334 " + wrong).code == 2, "\(wrong)")
    }
    #expect(try place(line + " --area each --date 2023-08-05").said.contains("the section boundaries is missing"))
  }
}
