import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: BuiltTool.path != nil, "lsmap itself was not built"))
struct StreamTests {
  /// A command that writes a file of each kind: rain, states, layers.
  private func soilWater(_ scratch: ScratchFolder) throws -> [String] {
    let catalogue = try gaugeCatalogue(scratch)
    return [
      "soilwater", "run", "--allow-gaps", "--tanks", "--hourly", "--catalog", catalogue, "--area", "503334", "--quiet",
    ]
  }

  @Test(arguments: [["--version"], ["--help"], ["mesh", "53394611"], ["mesh", "53394611", "--json"]])
  func `a full standard output ends with code 5, a closed one and a gone reader with 0`(arguments: [String]) throws {
    let full = try BuiltTool.run(arguments, shell: "exec \"$@\" > /dev/full")
    #expect(full.code == 5 && full.said.contains("standard output"))
    #expect(try BuiltTool.run(arguments, shell: "exec \"$@\" >&-").code == 0)
    #expect(try BuiltTool.run(arguments, shell: "\"$@\" | true; exit ${PIPESTATUS[0]}").code == 0)
  }

  @Test(arguments: ["2>&-", "2> /dev/full", "<&- >&- 2>&-"])
  func `a closed or full standard error changes no exit code`(streams: String) throws {
    #expect(try BuiltTool.run(["verify", "/nowhere"], shell: "exec \"$@\" \(streams)").code == 4)
    #expect(try BuiltTool.run(["mesh", "53394611"], shell: "exec \"$@\" \(streams)").code == 0)
  }

  @Test func `a limit of file size is told like a full disk, and nothing is left`() throws {
    let scratch = try ScratchFolder()
    let outcome = try BuiltTool.run(try soilWater(scratch), shell: "ulimit -f 8; exec \"$@\"")
    #expect(outcome.code == 5, "\(outcome.said)")
    let names = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []
    #expect(!names.contains { $0.contains(".lsmap-") })
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends a run within a second with its number, at any moment`(number: Int32) throws {
    let scratch = try ScratchFolder()
    let arguments = try soilWater(scratch)
    var codes: Set<Int32> = []
    for milliseconds in [5.0, 20, 60, 100, 140, 180, 220, 300] {
      let started = ContinuousClock.now
      let outcome = try BuiltTool.run(arguments, signal: (number, milliseconds))
      // Before the tool itself begins, its loader may be at work: the system ends it then, with the same number.
      #expect(outcome.code == 128 + number || outcome.code == 0, "\(outcome.said)")
      #expect(ContinuousClock.now - started < .milliseconds(Int(milliseconds) + 1_500) || outcome.code == 0)
      codes.insert(outcome.code)
    }
    // A late one may meet a finished run, an early one cannot.
    #expect(codes.contains(128 + number))
    let names = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []
    #expect(!names.contains { $0.contains(".lsmap-") })
  }

  @Test func `a run that nohup started outlives its terminal`() throws {
    let scratch = try ScratchFolder()
    let outcome = try BuiltTool.run(
      try soilWater(scratch), shell: "trap '' HUP; exec \"$@\"", signal: (SIGHUP, 200))
    #expect(outcome.code == 0, "\(outcome.said)")
  }
}
