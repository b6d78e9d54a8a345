import ArgumentParser
import Pipeline

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Join rain, ground, soil water and landslides into samples.",
    subcommands: [DatasetBuildCommand.self, DatasetInfoCommand.self])
}

struct DatasetBuildCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a sample file.",
    discussion: """
      The file is in the safetensors format, which Python's library reads too.

      Example:
        lsmap dataset build --benchmark benchmark --out samples.safetensors
      """)

  @Option(help: ArgumentHelp("Folder of `lsmap simulate benchmark`.", valueName: "folder"))
  var benchmark: String

  @Option(help: ArgumentHelp("The sample file.", valueName: "file"))
  var out: String

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let info = try buildDataset(benchmark: benchmark, to: out, console: talk.console())
    try talk.print(info, words: info.words)
    return .done
  }
}

struct DatasetInfoCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Describe a sample file: prevalence, regions, period.",
    discussion: """
      Example:
        lsmap dataset info samples.safetensors
      """)

  @Argument(help: "The sample file.")
  var file: String

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let info = try datasetInfo(file)
    try talk.print(info, words: info.words)
    return .done
  }
}
