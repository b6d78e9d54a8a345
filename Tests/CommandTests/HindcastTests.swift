import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct `A hindcast` {
  private let cut = "--areas 503334 503335 --from 2023-08-03 --to 2023-08-05 --method swi-ews"

  private func plan(
    _ place: GaugePlace, shards: Int, name: String = "plan.json", with option: String = ""
  ) throws -> Int {
    let outcome = try place(
      "hindcast plan --catalog PLACE/catalog.yaml \(cut) --shards \(shards) --runs PLACE/out --out PLACE/\(name) --json \(option)"
    )
    #expect(outcome.code == 0, "\(outcome.said)")
    let text = try String(contentsOfFile: place.scratch.path + "/" + name, encoding: .utf8)
    return text.components(separatedBy: "\"index\"").count - 1
  }

  private func run(_ place: GaugePlace, _ index: Int) throws -> BuiltTool.Outcome {
    try place("hindcast run-shard PLACE/plan.json --index \(index) --threads 1 --allow-gaps")
  }

  private func ready(_ place: GaugePlace) throws -> String {
    try place("hindcast status PLACE/plan.json --ready --quiet --json").printed
  }

  /// The records that wait for predictions, an area and a first day each.
  private func carried(_ place: GaugePlace) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: place.out + "/hindcast").filter {
      $0.contains("/past/") && $0.hasSuffix(".safetensors") && $0.contains("/record/")
    }
  }

  /// The merged files of both areas.
  private func merged(_ place: GaugePlace) throws -> [String: Data] {
    let outcome = try place("hindcast merge PLACE/plan.json")
    #expect(outcome.code == 0, "\(outcome.said)")
    var found: [String: Data] = [:]
    for mesh in ["503334", "503335"] {
      let folder = "\(place.out)/mesh-\(mesh)/hindcast-2023-08-03--2023-08-05"
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "hindcast.json" {
        found["\(mesh)/\(name)"] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
    }
    return found
  }

  @Test func `gives the same bytes in one task of prediction, in one a day, and with a task that was killed`() throws {
    let (whole, cutUp) = (try GaugePlace(), try GaugePlace())
    let few = try plan(whole, shards: 1)
    #expect(few == 5)
    for index in 0..<few { #expect(try run(whole, index).code == 0) }
    let tasks = try plan(cutUp, shards: 7)
    #expect(tasks == 10)
    // The same request, the same plan.
    _ = try plan(cutUp, shards: 7, name: "again.json")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: cutUp.scratch.path + "/plan.json"))
        == Data(contentsOf: URL(fileURLWithPath: cutUp.scratch.path + "/again.json")))
    // A day of an area is the least.
    #expect(try plan(cutUp, shards: 64, name: "more.json") == tasks)
    #expect(try run(cutUp, 7).code == 5)  // Its soil water is not there yet.
    for index in 0..<2 { #expect(try run(cutUp, index).code == 0) }
    #expect(try run(cutUp, 7).code == 5)  // Nor its past.
    for index in 2..<4 { #expect(try run(cutUp, index).code == 0) }
    #expect(try carried(cutUp).count == 6)
    _ = try cutUp("hindcast run-shard PLACE/plan.json --index 9 --threads 1", signal: (SIGKILL, 50))
    for index in (4..<10).reversed() { #expect(try run(cutUp, index).code == 0) }
    #expect(try carried(cutUp).isEmpty)
    #expect(try run(cutUp, 5).printed.contains("was done already"))
    let (one, other) = (try merged(whole), try merged(cutUp))
    #expect(
      Set(one.keys.map { ($0 as NSString).lastPathComponent })
        == ["days-at-level.tif", "hindcast-2023.nc", "risk-maximum.tif", "swi-maximum.tif"])
    #expect(one == other)
    #expect(try cutUp("hindcast verify PLACE/plan.json").printed.contains("6 run folders and 2 merged ones"))
    // What the killed task kept for itself is gone.
    let kept = try FileManager.default.subpathsOfDirectory(atPath: cutUp.out + "/hindcast")
    #expect(kept.allSatisfy { !$0.contains("scratch") && !$0.contains(".lsmap-") }, "\(kept)")
  }

  @Test func `tells what is left as a batch system takes it, and does it again where a run folder was damaged`() throws
  {
    let place = try GaugePlace()
    let tasks = try plan(place, shards: 6)
    #expect(try ready(place).contains("\"ready\" : \"0-1\""))
    #expect(try place("hindcast status PLACE/plan.json --ready").printed == "0-1\n")
    for index in 0..<tasks { _ = try run(place, index) }
    #expect(try place("hindcast status PLACE/plan.json").code == 0)
    let folder = "\(place.out)/mesh-503335/2023-08-04"
    try Data("not a map".utf8).write(to: URL(fileURLWithPath: folder + "/manifest.json"))
    let status = try place("hindcast status PLACE/plan.json --ready")
    #expect(status.code == 5 && status.printed == "8\n")
    #expect(try place("hindcast merge PLACE/plan.json").code == 5)
    #expect(try run(place, 8).printed.contains("1 run folders made"))
    #expect(try place("verify \(folder)").code == 0)
  }

  @Test func `with the layers of its joining alone joins to the same bytes, and says what its run folders lack`() throws
  {
    let (whole, short) = (try GaugePlace(), try GaugePlace())
    for (place, option) in [(whole, ""), (short, "--levels-only")] {
      let tasks = try plan(place, shards: 2, with: option)
      for index in 0..<tasks { #expect(try run(place, index).code == 0) }
    }
    #expect(try merged(whole) == merged(short))
    let folder = "\(short.out)/mesh-503334/2023-08-04"
    let layers = ["level", "risk", "swi"].flatMap { name in ["qmd", "qml", "sld", "tif"].map { "\(name).\($0)" } }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(files) == Set(layers + ["level.tif.aux.xml", "manifest.json"]), "\(files)")
    #expect(try short("verify \(folder)").code == 0)
    let season = try short(
      "season --catalog PLACE/catalog.yaml --area 503334 --from 2023-08-03 --to 2023-08-05 --out PLACE/out"
    )
    #expect(season.code == 4 && season.said.contains("--levels-only"), "\(season.said)")
    try FileManager.default.removeItem(atPath: folder + "/swi.tif")
    #expect(try short("verify \(folder)").code == 4)
  }

  @Test func `refuses a plan that was changed, a task that it has not, and a catalogue that is another now`() throws {
    let place = try GaugePlace()
    _ = try plan(place, shards: 2)
    #expect(try run(place, 9).code == 2)
    let path = place.scratch.path + "/plan.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("503335", with: "503336").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try run(place, 0).code == 4)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try place.scratch.write("title: another\n", to: "catalog.yaml")
    let outcome = try run(place, 0)
    #expect(outcome.code == 4 && outcome.said.contains("make a new plan"), "\(outcome.said)")
  }
}
