import ArgumentParser
import Foundation
import Pipeline
import TestSupport

/// Measures what lsmap does most, beside what the machine could do at best and what other programs do in the same minutes.
///
/// A figure of one machine and minute: nothing is asserted. The work of other programs is checked against ours.
@main
struct BenchmarkCommand: ParsableCommand {
  static let subjects = [
    Subject.tank, .year, .fit, .grib, .align, .inference, .training, .predict,
  ]

  static let configuration = CommandConfiguration(
    commandName: "lsmap-bench",
    abstract: "Measure lsmap beside the floor of the machine and beside other programs.",
    discussion: """
      Subjects: \(subjects.map(\.name).joined(separator: ", ")).

      A floor is measured in the same run: multiply-adds at the peak rate, memory filled, files read. Other programs are \
      run where they are installed; PEER_PYTHON names the Python that has NumPy, numba, SciPy, PyTorch or eccodes.

      Examples:
        make bench
        make bench ONLY=tank,fit
        PEER_PYTHON=~/venv/bin/python .build/release/lsmap-bench --only inference --json
      """)

  @Option(help: ArgumentHelp("Subjects to measure, with commas; all by default.", valueName: "names"))
  var only: String?

  @Option(help: ArgumentHelp("Most threads used, by lsmap and by the others.", valueName: "n"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("Repetitions of which the best counts.", valueName: "n"))
  var rounds = 5

  @Flag(help: "Print the figures as JSON at the end instead of a table.")
  var json = false

  private func chosen() throws -> [Subject] {
    guard let only else { return Self.subjects }
    return try only.split(separator: ",").map { name in
      guard let subject = Self.subjects.first(where: { $0.name == name }) else {
        throw ValidationError(
          "no subject \(name); there are \(Self.subjects.map(\.name).joined(separator: ", "))")
      }
      return subject
    }
  }

  func validate() throws {
    guard threads > 0, rounds > 0 else { throw ValidationError("--threads and --rounds must be 1 or more") }
    _ = try chosen()
  }

  func run() throws {
    let console = Console(quiet: false, json: json)
    var results: [Measured] = []
    for subject in try chosen() {
      console.begin("measuring \(subject.name)")
      let bench = Bench(threads: threads, rounds: rounds, scratch: try ScratchFolder())
      let found = try subject.measure(bench)
      console.end()
      if !json { print(FigureTable.text(subject.title, found)) }
      results.append(Measured(subject: subject.name, title: subject.title, threads: threads, figures: found))
    }
    if json { print(String(decoding: try JSONText.data(results), as: UTF8.self), terminator: "") }
  }

  private struct Measured: Encodable {
    let subject: String
    let title: String
    let threads: Int
    let figures: [Figure]
  }
}

/// One file's worth of work to measure.
struct Subject: Sendable {
  /// As the user chooses it.
  let name: String
  let title: String
  let measure: @Sendable (Bench) throws -> [Figure]
}

/// What a measurement may use.
struct Bench {
  let threads: Int
  let rounds: Int
  /// Gone when the subject is done.
  let scratch: ScratchFolder

  /// One thread, then all.
  var threadCounts: [Int] { threads > 1 ? [1, threads] : [1] }

  /// `one thread`, `2 threads`.
  static func words(threads: Int) -> String { threads == 1 ? "one thread" : "\(threads) threads" }

  func file(_ name: String) -> String { scratch.path + "/" + name }
}
