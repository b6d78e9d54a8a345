import ArgumentParser
import Mesh
import Pipeline

struct ReportCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a day's run as one page: map, municipalities, worst cells, what was missing.",
    discussion: """
      The page stands beside the run folder and needs no other file: out/tottori/2023-08-15.html. It prints on two A4 \
      pages.

      Example:
        lsmap report --area tottori --date 2023-08-15 --lang ja
      """)

  @Option(help: ArgumentHelp("The day of the run, JST.", valueName: "YYYY-MM-DD"))
  var date: JSTDay

  @Option(help: ArgumentHelp("Folder of the run folders.", valueName: "folder"))
  var out = "out"

  @OptionGroup var reader: LanguageOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    var request = ReportRequest(catalogue: place.catalog, area: place.area, day: date, out: out)
    (request.language, request.threads) = (reader.lang, place.threads)
    let result = try Pipeline.report(request, console: talk.console())
    try talk.print(result, words: result.words)
    return .done
  }
}
