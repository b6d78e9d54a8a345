import ArgumentParser
import Mesh
import Pipeline

struct ReportCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a day's run as one page: map, municipalities, worst cells, what was missing.",
    discussion: """
      The page stands beside the run folder and needs no other file: out/tottori/2023-08-15.html. It prints on two A4 \
      pages. Of a run as of a time it has the levels hour by hour, and no snake lines.

      Examples:
        lsmap report --area tottori --date 2023-08-15 --lang ja
        lsmap report --area tottori --date latest
        lsmap report --area tottori --as-of 2023-08-15T09:00
      """)

  @Option(
    help: ArgumentHelp(
      "The day of the run, JST; with --as-of as predict was given it. Or latest (the newest run) or yesterday.",
      valueName: "YYYY-MM-DD"))
  var date: DayWish?

  @Option(help: ArgumentHelp("The time that the run is as of.", valueName: "YYYY-MM-DDThh:00"))
  var asOf: AnalysisTime?

  @Option(help: ArgumentHelp("Folder of the run folders.", valueName: "folder"))
  var out = "out"

  @OptionGroup var reader: LanguageOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let period: Period? =
      switch (date, asOf?.hour) {
      case (.latest, nil): nil
      case (.yesterday, nil): .day(.yesterday())
      case (.day(let day), nil): .day(day)
      case (.day(let day), let time?): Period(day: day, asOf: time)
      case (nil, let time?): Period(asOf: time)
      case (_, _?): throw ValidationError("--as-of takes a --date like 2023-08-15")
      case (nil, nil): throw ValidationError("name a day with --date, or a time with --as-of")
      }
    var request = ReportRequest(catalogue: place.catalog, area: place.area, period: period, out: out)
    (request.language, request.threads) = (reader.lang, place.threads)
    let result = try Pipeline.report(request, console: talk.console())
    try talk.print(result, words: result.words)
    return .done
  }
}
