import ArgumentParser
import Pipeline

struct VerifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a run folder against its manifest.",
    discussion: """
      Example:
        lsmap verify out/tottori/2023-08-15
      """)

  @Argument(help: "Run folders.")
  var folders: [String]

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let results = try folders.map(verify)
    try talk.print(results, words: results.map(\.words).joined(separator: "\n"))
    return .done
  }
}
