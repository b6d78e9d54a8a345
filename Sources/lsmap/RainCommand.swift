import ArgumentParser
import Mesh
import Pipeline

struct RainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rain", abstract: "Fill and check the archive of hourly rain.",
    subcommands: [RainImportCommand.self, RainCheckCommand.self])
}

/// A range of days; both ends open by default.
struct DayRangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("First day, JST.", valueName: "YYYY-MM-DD"))
  var from: JSTDay?

  @Option(help: ArgumentHelp("Last day, JST.", valueName: "YYYY-MM-DD"))
  var to: JSTDay?

  func validate() throws {
    if let from, let to, from > to { throw ValidationError("--from \(from) is after --to \(to)") }
  }

  /// The range, with `whole` for an end that is not given; `nil` where nothing of it is left.
  func range(within whole: ClosedRange<JSTDay>) -> ClosedRange<JSTDay>? {
    let (first, last) = (from ?? whole.lowerBound, to ?? whole.upperBound)
    return first <= last ? first...last : nil
  }
}

struct RainImportCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring the catalogue's rain onto the MESH3 grid, a file a day.",
    discussion: """
      A day whose source has not changed is left alone; a day that changed upstream is replaced. Duplicate, shifted and \
      out-of-order hours are reported.

      Examples:
        lsmap rain import --area tottori
        lsmap rain import --area tottori --from 2023-08-01 --to 2023-08-31 --json
      """)

  @Flag(help: "Write unchanged days too.")
  var overwrite = false

  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let console = talk.console()
    let project = try place.project(console)
    let source = try project.rainSource()
    let imported = try project.changingWorkspace {
      try project.importRain(source, from: days.from, to: days.to, overwrite: overwrite)
    }
    guard let report = imported else {
      throw RainLack.nothingToImport(catalogue: place.catalog)
    }
    console.end()
    try talk.print(report, words: report.words)
    return report.hasGaps ? .doneWithGaps : .done
  }
}

struct RainCheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Print a calendar of gaps, suspicious values and sources of the archive.",
    discussion: """
      Example:
        lsmap rain check --area tottori --from 2023-07-01
      """)

  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let console = talk.console()
    let project = try place.project(console)
    guard let first = project.archive.days().first, let last = project.archive.days().last,
      let range = days.range(within: first...last)
    else { throw RainLack.noRain(day: days.to, archive: project.archive.folder) }
    console.begin("checking \(range.lowerBound) to \(range.upperBound)")
    let check = try checkRain(project.archive, from: range.lowerBound, through: range.upperBound) { done, all in
      console.progress(Double(done) / Double(all))
    }
    console.end()
    try talk.print(check, words: check.text)
    return check.hasGaps ? .doneWithGaps : .done
  }
}
