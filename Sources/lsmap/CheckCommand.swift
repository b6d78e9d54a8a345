import ArgumentParser
import Mesh
import Pipeline

struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Open and read every input of a run, and tell how the run would end.",
    discussion: """
      One table: place, datum, unit, cover, period and age of each input, what is doubtful, free disk space. Ends with the \
      code that predict would end with: 0, 3 with gaps, 4 for an input that stops it, 5 for a full or failing disk. What \
      only the soil water of the run shows (states, past rain) is not looked at.

      Examples:
        lsmap check --catalog catalog.yaml --area tottori
        lsmap check --area tottori --date 2023-08-15 --json
      """)

  @Option(help: ArgumentHelp("The day, JST. Default: the last whole day of the rain.", valueName: "YYYY-MM-DD"))
  var date: JSTDay?

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let preflight = try checkInputs(
      catalogue: place.catalog, area: place.area, day: date, threads: place.threads, console: talk.console())
    try talk.print(preflight, words: preflight.words)
    return preflight.exitCode
  }
}
