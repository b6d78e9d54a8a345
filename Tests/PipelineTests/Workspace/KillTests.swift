import Foundation
import Mesh
import Statistics
import TestSupport
import Testing

/// Runs the tool; kills it with SIGKILL after some milliseconds where given.
///
/// - Returns: Whether it ended by itself, with code 0.
private func run(_ arguments: [String], killAfter milliseconds: Double? = nil) throws -> Bool {
  let outcome = try BuiltTool.run(arguments, signal: milliseconds.map { (SIGKILL, $0) })
  if !outcome.wasKilled, outcome.code != 0 { Issue.record("\(arguments): \(outcome.said)") }
  return outcome.code == 0
}

/// Every file under a folder, hidden ones too, by its path there.
private func files(_ folder: String) -> [String: Data] {
  var result: [String: Data] = [:]
  for case let name as String in FileManager.default.enumerator(atPath: folder) ?? FileManager.DirectoryEnumerator() {
    if let data = FileManager.default.contents(atPath: folder + "/" + name) { result[name] = data }
  }
  return result
}

@Test(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
func `killed at random moments and run again, rain and soil water have the bytes of an undisturbed run`() throws {
  let scratch = try ScratchFolder()
  let quiet = try gaugeCatalogue(scratch, workspace: "quiet")
  func steps(_ catalogue: String) -> [[String]] {
    let rest = ["--catalog", catalogue, "--area", "503334", "--quiet"]
    return [["rain", "import"] + rest, ["soilwater", "run", "--allow-gaps", "--tanks"] + rest]
  }
  let started = ContinuousClock.now
  for step in steps(quiet) { #expect(try run(step)) }
  let whole = (ContinuousClock.now - started) / .milliseconds(1) / 2
  let expected = files(scratch.path + "/quiet")
  #expect(expected.keys.count { $0.contains("/state/") } == gaugeDays)
  #expect(expected.keys.count { $0.contains("/soilwater/") } == gaugeDays)

  let broken = try gaugeCatalogue(scratch, workspace: "broken")
  let rounds = ProcessInfo.processInfo.environment["LSMAP_KILL_ROUNDS"].flatMap(Int.init) ?? 3
  let seed = ProcessInfo.processInfo.environment["LSMAP_KILL_SEED"].flatMap(UInt64.init) ?? 1
  var stream = RandomStream(seed: seed, "moments")
  for step in steps(broken) {
    for _ in 0..<rounds {
      if try run(step, killAfter: stream.uniform(0.2...1) * whole) { break }
    }
    #expect(try run(step))
  }
  let found = files(scratch.path + "/broken")
  #expect(found.keys.sorted() == expected.keys.sorted())
  for (name, data) in expected where !name.hasSuffix(".json") { #expect(found[name] == data, "\(name) differs") }
}
