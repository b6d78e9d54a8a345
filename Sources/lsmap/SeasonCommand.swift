import ArgumentParser
import Forecasting
import Mesh
import Pipeline

struct SeasonCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "season",
    abstract: "Join days into one QGIS project, a table of municipalities a day, and an animation.",
    discussion: """
      Run folders that are there are taken as they are; missing days are predicted. The folder lies beside those of the \
      days: out/tottori/season-2023-08-13--2023-08-17, with season.qgz (a group a day, the temporal controller steps \
      through Japanese days), season.gpkg and daily.csv (municipalities by day) and season.png (animated).

      Example:
        lsmap season --area tottori --from 2023-08-13 --to 2023-08-17
      """)

  @Option(help: ArgumentHelp("First day, JST.", valueName: "YYYY-MM-DD"))
  var from: JSTDay

  @Option(help: ArgumentHelp("Last day, JST.", valueName: "YYYY-MM-DD"))
  var to: JSTDay

  @Option(help: ArgumentHelp("Folder of the run folders.", valueName: "folder"))
  var out = "out"

  @Option(
    help: ArgumentHelp(
      "Method of days that are predicted; default: that of the model.", valueName: "name"))
  var method: String?

  @Option(help: ArgumentHelp("Model file for days that are predicted, instead of the catalogue's.", valueName: "file"))
  var model: String?

  @Flag(help: "Replace the season's folder if it is there.")
  var overwrite = false

  @Flag(help: "End with code 0 although something was missing on a day.")
  var allowGaps = false

  @OptionGroup var reader: LanguageOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard from <= to else { throw ValidationError("--from must not be after --to") }
    guard from.distance(to: to) < 400 else { throw ValidationError("a season has at most 400 days") }
  }

  func report() throws -> Pipeline.ExitCode {
    var request = SeasonRequest(catalogue: place.catalog, area: place.area, days: from...to, out: out)
    (request.language, request.threads) = (reader.lang, place.threads)
    (request.model, request.overwrite) = (model, overwrite)
    request.method = try method.map { try Method(option: "--method", $0) }
    let result = try season(request, console: talk.console())
    try talk.print(result, words: result.words)
    return result.hasGaps && !allowGaps ? .doneWithGaps : .done
  }
}
