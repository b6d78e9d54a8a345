import Foundation

/// Other programs at the same work.
///
/// A script of `scripts/peers` prints one line of JSON: its `name` with the version, its `value` in the figure's unit, and
/// where both have the same inputs a `check`, a number of its answer that ours is compared with.
enum Peer {
  private struct Report: Decodable {
    let name: String
    let value: Double
    let check: Double?
  }

  /// - Parameters:
  ///   - name: Whom the line is about if the script cannot say.
  ///   - script: File name in `scripts/peers`, without extension.
  ///   - arguments: Its arguments.
  ///   - check: The number of our answer; `nil` where there is none to compare.
  ///   - bench: Scratch folder.
  /// - Returns: The line; without a value where program or module is missing or failed, and why.
  /// - Throws: What starting a process throws.
  static func python(
    _ name: String, _ script: String, _ arguments: [String], check: Double? = nil, in bench: Bench
  ) throws -> Figure.Comparison {
    let python = ProcessInfo.processInfo.environment["PEER_PYTHON"] ?? "python3"
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("scripts/peers/\(script).py").path
    let child = try ChildProcess(python, [path] + arguments, in: bench)
    let isMissing = child.code == ChildProcess.notFound || child.errors.contains("ModuleNotFoundError")
    guard child.code == 0, let line = child.output.split(separator: "\n").last,
      let report = try? JSONDecoder().decode(Report.self, from: Data(line.utf8))
    else { return absent(name, isMissing ? "not installed" : "failed: \(lastLine(child.errors))") }
    return Figure.Comparison(
      kind: .peer, name: report.name, value: report.value, remark: disagreement(check, report.check))
  }

  static func absent(_ name: String, _ reason: String) -> Figure.Comparison {
    Figure.Comparison(kind: .peer, name: name, value: nil, remark: reason)
  }

  static func lastLine(_ text: String) -> String { text.split(separator: "\n").last.map(String.init) ?? "no message" }

  /// Whether two programs did the same work: sums in Float may differ by a little.
  static func disagreement(_ ours: Double?, _ theirs: Double?, tolerance: Double = 1e-4) -> String? {
    guard let ours, let theirs, abs(ours - theirs) > tolerance * max(abs(ours), abs(theirs)) else { return nil }
    return "ANSWERS DIFFER: \(ours) here, \(theirs) there"
  }
}
