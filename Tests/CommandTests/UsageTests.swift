import TestSupport
import Testing

/// What a line of words ends with: the code, and the beginning of the first line on standard error.
struct Refusal: Sendable, CustomTestStringConvertible {
  let line: String
  let code: Int32
  let says: String

  init(_ line: String, _ code: Int32, _ says: String) {
    (self.line, self.code, self.says) = (line, code, says)
  }

  var testDescription: String { line }
}

private let wrongUsage = [
  Refusal("nonsense", 2, "Error: Unexpected argument 'nonsense'"),
  Refusal("predict HERE", 2, "Error: name a day with --date, or a time with --as-of"),
  Refusal("predict HERE --date 2023-02-30", 2, "Error: The value '2023-02-30' is invalid for '--date"),
  Refusal("predict HERE --date 2023-08-05 --method nope", 2, "Error: --method: no method is named nope; use one of"),
  Refusal("rain import HERE --from 2023-08-02 --to 2023-08-01", 2, "Error: --from 2023-08-02 is after --to 2023-08-01"),
  Refusal("soilwater record HERE --date 2023-08-05", 2, "Error: name a cell with --cell CODE or --at LAT,LON"),
  Refusal("soilwater plot HERE", 2, "Error: Missing expected argument '--date"),
  Refusal("season", 2, "Error: Missing expected argument '--from"),
  Refusal("simulate prefecture", 2, "Error: Missing expected argument '--out"),
  Refusal("simulate benchmark --size nope --out PLACE/x", 2, "Error: The value 'nope' is invalid for '--size"),
  Refusal("simulate benchmark --archive-years 11 --out PLACE/x", 2, "Error: --archive-years 11: the slopes have lived"),
  Refusal("trend PLACE --along record --out PLACE/x", 2, "Error: a trend wants two evaluations or more"),
  Refusal("mesh nope", 2, "Error: nope is no mesh code and no point"),
]

private let badInput = [
  Refusal("predict --catalog nope.yaml --area tottori --date 2023-08-05", 4, "lsmap: nope.yaml: no such catalogue"),
  Refusal("align --catalog nope.yaml", 4, "lsmap: nope.yaml: no such catalogue; name one with --catalog"),
  Refusal("rain check --catalog nope.yaml", 4, "lsmap: nope.yaml: no such catalogue"),
  Refusal("soilwater run --catalog nope.yaml", 4, "lsmap: nope.yaml: no such catalogue"),
  Refusal("soilwater fit --catalog nope.yaml", 4, "lsmap: nope.yaml: no such catalogue"),
  Refusal("dataset info nope", 4, "lsmap: nope: no such file"),
  Refusal("evaluate --dataset nope --out PLACE/e", 4, "lsmap: nope: no such file"),
  Refusal("trend nope never --along regions --out PLACE/t", 4, "lsmap: nope/evaluation.json: no such file"),
  Refusal("train --quiet --dataset nope --out PLACE/m", 4, "lsmap: nope: no such file"),
  Refusal("inspect nope", 4, "lsmap: nope: no such file; check the path"),
  Refusal("inspect PLACE/catalog.yaml", 4, "lsmap: PLACE/catalog.yaml: has no GRIB message at byte 0"),
  Refusal("verify PLACE", 4, "lsmap: PLACE: holds no manifest.json; name a run folder"),
  Refusal("report HERE --date 2023-08-05 --out PLACE/none", 4, "lsmap: PLACE/none/mesh-503334/2023-08-05: holds no"),
  Refusal("predict HERE --date 2023-08-09 --method swi-ews --quiet", 4, "lsmap: 2023-08-09: outside the rain"),
]

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `The tool refuses` {
  @Test(arguments: wrongUsage + badInput)
  func `with the code of the kind and one line that names the fact`(_ refusal: Refusal) throws {
    let place = try GaugePlace()
    let outcome = try place(refusal.line)
    #expect(outcome.code == refusal.code)
    #expect(outcome.printed.isEmpty)
    let first = outcome.said.split(separator: "\n").first ?? ""
    #expect(first.hasPrefix(refusal.says.replacing("PLACE", with: place.scratch.path)), "\(outcome.said)")
  }

  @Test func `a run folder that is there`() throws {
    let place = try GaugePlace()
    try place.scratch.write("", to: "out/mesh-503334/2023-08-05/map.png")
    let outcome = try place("predict HERE --date 2023-08-05 --method swi-ews --quiet --out PLACE/out")
    #expect(outcome.code == 2)
    #expect(outcome.said.contains("is there already; replace it with --overwrite or choose another --out"))
  }

  @Test func `a place where nothing can be written, as a failure that may be tried again`() throws {
    let place = try GaugePlace()
    try place.scratch.write("a file, no folder", to: "out")
    let outcome = try place("predict HERE --date 2023-08-05 --method swi-ews --quiet --out PLACE/out")
    #expect(outcome.code == 5, "\(outcome.said)")
  }
}
