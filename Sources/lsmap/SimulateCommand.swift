import ArgumentParser
import Mesh
import Pipeline
import Simulation

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Make synthetic data: a prefecture, or the benchmark country.",
    subcommands: [SimulatePrefectureCommand.self, SimulateBenchmarkCommand.self])
}

struct SimulatePrefectureCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "prefecture",
    abstract: "Make a synthetic prefecture of 60 x 60 km with its rasters, rain, landslides and catalogue.",
    discussion: """
      Everything comes from the seed: the same seed gives the same bytes. Nothing in it is real.

      Example:
        lsmap simulate prefecture --out demo/data --seed 7
      """)

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
  var out: String

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "n"))
  var seed: UInt64?

  @Flag(help: "Replace what another seed made.")
  var overwrite = false

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    var settings = PrefectureSettings()
    settings.seed = seed ?? settings.seed
    let made = try simulate(settings, to: out, overwrite: overwrite, console: talk.console())
    try talk.print(made, words: made.words)
    return .done
  }
}
