import Foundation
import Mesh
import Statistics
import TestSupport
import Testing

/// The built `lsmap` beside the test bundle; `nil` where only the tests were built.
private let executable: String? = {
  var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  for _ in 0..<4 {
    let path = folder.appendingPathComponent("lsmap").path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue { return path }
    folder.deleteLastPathComponent()
  }
  return nil
}()

private let days = 8

/// Gauges of a small area: a catalogue of its own workspace on the same rain.
private func catalogue(_ scratch: ScratchFolder, workspace: String) throws -> String {
  var stream = RandomStream(seed: 5, "kill")
  var stations = "id,latitude,longitude,altitude_m\n"
  for place in 0..<4 {
    stations += "g\(place),\(33.5 + 0.1 * Double(place % 2)),\(133.3 + 0.1 * Double(place / 2)),10\n"
  }
  let first = JSTDay(daysSince1970: 19_570)
  var rain = "time,g0,g1,g2,g3\n"
  for day in first..<first.advanced(by: days) {
    for hour in day.hours {
      let values = (0..<4).map { _ in stream.uniform() < 0.3 ? "\((stream.uniform() * 40).rounded() / 2)" : "0" }
      let time =
        hour.hourOfDay == 24
        ? "\(day.advanced(by: 1))T00:00" : "\(day)T\(hour.hourOfDay < 10 ? "0" : "")\(hour.hourOfDay):00"
      rain += "\(time),\(values.joined(separator: ","))\n"
    }
  }
  try scratch.write(stations, to: "stations.csv")
  try scratch.write(rain, to: "rain.csv")
  return try scratch.write(
    """
    title: kill test
    workspace: \(workspace)
    rain: {format: stations, files: [rain.csv], stations: stations.csv}
    soilwater: {spinup_days: 1}
    """, to: "\(workspace).yaml")
}

/// Runs the tool; kills it with SIGKILL after some milliseconds where given.
///
/// - Returns: Whether it ended by itself, with code 0.
private func run(_ arguments: [String], killAfter milliseconds: Double? = nil) throws -> Bool {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: try #require(executable))
  process.arguments = arguments
  process.standardOutput = FileHandle.nullDevice
  let errors = Pipe()
  process.standardError = errors
  try process.run()
  if let milliseconds {
    usleep(UInt32(milliseconds * 1_000))
    kill(process.processIdentifier, SIGKILL)
  }
  let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  if process.terminationReason == .exit, process.terminationStatus != 0 { Issue.record("\(arguments): \(said)") }
  return process.terminationReason == .exit && process.terminationStatus == 0
}

/// Every file under a folder, hidden ones too, by its path there.
private func files(_ folder: String) -> [String: Data] {
  var result: [String: Data] = [:]
  for case let name as String in FileManager.default.enumerator(atPath: folder) ?? FileManager.DirectoryEnumerator() {
    if let data = FileManager.default.contents(atPath: folder + "/" + name) { result[name] = data }
  }
  return result
}

@Test(.enabled(if: executable != nil, "lsmap itself was not built"))
func `killed at random moments and run again, rain and soil water have the bytes of an undisturbed run`() throws {
  let scratch = try ScratchFolder()
  let quiet = try catalogue(scratch, workspace: "quiet")
  func steps(_ catalogue: String) -> [[String]] {
    let rest = ["--catalog", catalogue, "--area", "503334", "--quiet"]
    return [["rain", "import"] + rest, ["soilwater", "run", "--allow-gaps", "--tanks"] + rest]
  }
  let started = ContinuousClock.now
  for step in steps(quiet) { #expect(try run(step)) }
  let whole = (ContinuousClock.now - started) / .milliseconds(1) / 2
  let expected = files(scratch.path + "/quiet")
  #expect(expected.keys.count { $0.contains("/state/") } == days)
  #expect(expected.keys.count { $0.contains("/soilwater/") } == days)

  let broken = try catalogue(scratch, workspace: "broken")
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
