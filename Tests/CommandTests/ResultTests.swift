import Foundation
import TestSupport
import Testing

/// The keys of a JSON object, or of the first of a list.
private func keys(of text: String) throws -> Set<String> {
  let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  let object = (value as? [[String: Any]])?.first ?? value as? [String: Any]
  return Set(try #require(object, "\(text.prefix(80)) is no object").keys)
}

private let results: [(line: String, keys: Set<String>)] = [
  (
    "rain import HERE",
    [
      "source", "from", "through", "grid", "hoursImported", "hoursMissing", "daysNew", "daysReplaced", "daysUnchanged",
      "daysEmpty", "irregularities",
    ]
  ),
  ("align HERE", ["entries", "south", "file", "pictures"]),
  ("rain check HERE", ["from", "through", "days", "findings", "suspicions"]),
  (
    "soilwater run HERE --allow-gaps",
    ["area", "folder", "from", "through", "daysComputed", "daysWithoutRain", "invalidDays"]
  ),
  ("soilwater fit HERE", ["path", "days", "firstDay", "lastDay", "units", "contours", "criticalLevel"]),
  (
    "soilwater record HERE --at 33.6,133.55 --date 2023-08-05", ["cell", "before", "recordDays", "measures"]
  ),
  (
    "predict HERE --date 2023-08-05 --method swi-ews --out PLACE/out",
    ["folder", "area", "date", "model", "validTime", "rain", "cellsByLevel", "highestCell", "notes", "hasGaps"]
  ),
  ("predict HERE --date 2023-08-05 --method swi-ews --out PLACE/out --dry-run", ["folder", "isThere", "steps"]),
  ("report HERE --date 2023-08-05 --out PLACE/out", ["file", "cells"]),
  ("mesh 33.6,133.4", ["code", "cells", "south", "west", "north", "east"]),
]

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `The tool answers` {
  /// In the order of a user's day: each finds what those before it made.
  @Test func `machines with JSON on standard output and JSON lines on standard error`() throws {
    let place = try GaugePlace()
    for (line, wanted) in results {
      let outcome = try place(line + " --json")
      #expect(outcome.code == 0 || outcome.code == 3, "\(line): \(outcome.said)")
      #expect(try keys(of: outcome.printed).isSuperset(of: wanted), "\(line): \(outcome.printed)")
      for said in outcome.said.split(separator: "\n") {
        #expect(try keys(of: String(said)).contains("event"), "\(said)")
      }
    }
  }

  @Test(arguments: ["rain import HERE", "rain check HERE", "soilwater run HERE --allow-gaps"])
  func `nothing but warnings where it is to be quiet`(_ line: String) throws {
    let place = try GaugePlace()
    _ = try place("rain import HERE --quiet")
    let outcome = try place(line + " --quiet")
    #expect(outcome.said.split(separator: "\n").allSatisfy { $0.hasPrefix("warning: ") }, "\(outcome.said)")
    #expect(outcome.printed.isEmpty)
  }

  @Test func `help and version with code 0, for every command`() throws {
    let place = try GaugePlace()
    let help = try place("--help")
    #expect(help.code == 0 && help.said.isEmpty)
    let listed = help.printed.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
    let commands = listed.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    #expect(commands.count > 10)
    for command in commands {
      let outcome = try place("\(command) --help")
      #expect(outcome.code == 0 && outcome.printed.hasPrefix("OVERVIEW: "), "\(command)")
    }
    #expect(try place("--version").printed.hasPrefix("0."))
  }

  @Test func `gaps with code 3, and names them`() throws {
    let place = try GaugePlace(missing: 5...9)
    let outcome = try place("rain import HERE --json")
    #expect(outcome.code == 3)
    #expect(outcome.printed.contains("2023-08-04T05:00"), "\(outcome.printed)")
  }

  @Test func `a whole run folder with 0, a damaged one with 4`() throws {
    let place = try GaugePlace()
    #expect(try BuiltTool.run(place.day + ["--quiet"]).code == 0)
    #expect(try place("verify PLACE/out/mesh-503334/2023-08-05").code == 0)
    try Data("other".utf8).write(to: URL(fileURLWithPath: place.run + "/swi.tif"))
    let outcome = try place("verify PLACE/out/mesh-503334/2023-08-05")
    #expect(outcome.code == 4)
    #expect((outcome.printed + outcome.said).contains("swi.tif"))
  }
}
