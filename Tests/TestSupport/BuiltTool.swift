import Foundation

/// The built `lsmap` beside the test bundle, run as users run it.
public enum BuiltTool {
  /// `nil` where only the tests were built.
  public static let path: String? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      let path = folder.appendingPathComponent("lsmap").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue { return path }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  /// How a run ended.
  public struct Outcome: Sendable {
    /// The exit code, or 128 and the number of the signal that killed it, as a shell has it.
    public let code: Int32
    public let wasKilled: Bool
    /// What it printed, and what it said on standard error.
    public let printed: String
    public let said: String
  }

  /// Runs the tool to its end.
  ///
  /// - Parameters:
  ///   - arguments: Of the tool.
  ///   - shell: What a shell does with `"$@"`, the tool and its arguments: limits and redirections.
  ///   - signal: Sent after some milliseconds.
  /// - Returns: How it ended.
  /// - Throws: What starting a process throws.
  public static func run(
    _ arguments: [String], shell: String = "exec \"$@\"", signal: (number: Int32, after: Double)? = nil
  ) throws -> Outcome {
    guard let path else { throw CocoaError(.fileNoSuchFile) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", shell, "bash", path] + arguments
    let (printed, said) = (Pipe(), Pipe())
    process.standardOutput = printed
    process.standardError = said
    try process.run()
    if let signal {
      usleep(UInt32(signal.after * 1_000))
      kill(process.processIdentifier, signal.number)
    }
    let words = said.fileHandleForReading.readDataToEndOfFile()
    let result = printed.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let wasKilled = process.terminationReason == .uncaughtSignal
    return Outcome(
      code: process.terminationStatus + (wasKilled ? 128 : 0), wasKilled: wasKilled,
      printed: String(decoding: result, as: UTF8.self), said: String(decoding: words, as: UTF8.self))
  }
}
