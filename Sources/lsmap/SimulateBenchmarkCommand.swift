import ArgumentParser
import Pipeline
import Simulation

struct SimulateBenchmarkCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Make the synthetic benchmark country: regions, rain, ground, landslides.",
    discussion: """
      full: 22 regions, two years, 253 landslides, 3,567 rainy-day samples, as many as the paper counts. small: 8 regions, a \
      year. tiny: 4 regions, 120 days. national: 110 regions, all else in proportion. The slopes have lived through ten years \
      before the first sample; --archive-years says of how many of them the tool sees the rain. The truth (hydrology, \
      strength) lies in a subfolder that no training opens.

      Example:
        lsmap simulate benchmark --size full --seed 1 --out benchmark
        lsmap simulate benchmark --size full --seed 1 --archive-years 2 --out benchmark-2
      """)

  @Option(help: "Size: \(BenchmarkSize.allCases.map(\.rawValue).joined(separator: ", ")).")
  var size = BenchmarkSize.small

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Years of rain before the first sample day that go with the files, 0 to \(Benchmark.livedYears).", valueName: "n")
  )
  var archiveYears = Benchmark.livedYears

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder"))
  var out: String

  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard (0...Benchmark.livedYears).contains(archiveYears) else {
      throw ValidationError(
        "--archive-years \(archiveYears): the slopes have lived through \(Benchmark.livedYears) years; give 0 to "
          + "\(Benchmark.livedYears)")
    }
  }

  func report() throws -> Pipeline.ExitCode {
    let made = try simulate(size, seed: seed, archiveYears: archiveYears, to: out, console: talk.console())
    try talk.print(made, words: made.words)
    return .done
  }
}

extension BenchmarkSize: ExpressibleByArgument {}
