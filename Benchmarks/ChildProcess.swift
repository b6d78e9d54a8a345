import Foundation

/// A program that was run to its end.
struct ChildProcess {
  let code: Int32
  let output: String
  let errors: String
  let seconds: Double
  /// Largest resident memory as seen every few milliseconds, bytes.
  let peakBytes: Int

  /// The shell's code for a program that is not there.
  static let notFound: Int32 = 127

  /// Runs a program of the search path, or one with a path.
  init(_ program: String, _ arguments: [String], in bench: Bench) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    // Files and not pipes: nobody has to empty them meanwhile.
    let paths = [bench.file("child.out"), bench.file("child.err")]
    for path in paths { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[0]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
    let clock = ContinuousClock()
    let started = clock.now
    try process.run()
    // The kernel's own figure of a child begins with the memory of its parent, so its status is looked at instead.
    var peak = 0
    let status = "/proc/\(process.processIdentifier)/status"
    while process.isRunning {
      peak = max(peak, Self.highWaterMark(status))
      usleep(2_000)
    }
    seconds = (clock.now - started) / .seconds(1)
    code = process.terminationStatus
    peakBytes = peak
    output = try String(contentsOfFile: paths[0], encoding: .utf8)
    errors = try String(contentsOfFile: paths[1], encoding: .utf8)
  }

  private static func highWaterMark(_ status: String) -> Int {
    guard let text = try? String(contentsOfFile: status, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return 0 }
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
  }
}
