import ArgumentParser
import Pipeline
import Simulation

struct SimulateBenchmarkCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Make the synthetic benchmark country: regions, rain, ground, landslides.",
    discussion: """
      full: 22 regions, two years, 253 landslides, 3,567 rainy-day samples, as many as the paper counts. small: 8 regions, a \
      year. tiny: 4 regions, 120 days. The truth (hydrology, strength) lies in a subfolder that no training opens.

      Example:
        lsmap simulate benchmark --size full --seed 1 --out benchmark
      """)

  @Option(help: "Size: \(BenchmarkSize.allCases.map(\.rawValue).joined(separator: ", ")).")
  var size = BenchmarkSize.small

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
  var out: String

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let made = try simulate(size, seed: seed, to: out, console: talk.console())
    try talk.print(made, words: made.words)
    return .done
  }
}

extension BenchmarkSize: ExpressibleByArgument {}
