import ArgumentParser
import Forecasting
import Mesh
import Pipeline

struct PredictCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Make the risk layers and the map of a day.",
    discussion: """
      Does by itself whatever step is missing or stale (alignment, rain archive, soil water, past rain), and says so. The \
      run folder OUT/AREA/DATE appears when all of it is written. Where rain was missing the layers say where, and the \
      exit code is 3 unless --allow-gaps is given.

      Examples:
        lsmap predict --catalog catalog.yaml --area tottori --date 2023-08-15
        lsmap predict --date 2023-09-08 --area 12 --method swi-ews --json
        lsmap predict --as-of 2023-08-15T09:00 --area tottori
        lsmap predict --as-of 2023-08-15T00:00Z --date 2023-08-15 --area tottori

      With --as-of the rain analysis is used up to that time, and after it the catalogue's forecast_rain (the latest issue \
      at or before the time; JMA's forecast FH01-06 or any other file of hourly rain). The run folder OUT/AREA/DATEThh is \
      about the 24 hours that end at the last forecast hour, and every hour from the analysis on is a band of \
      level_leads.tif and risk_leads.tif. Forecast hours enter neither the rain archive nor the stored soil water.
      """)

  @Option(
    help: ArgumentHelp(
      "The day, JST. With --as-of: go as far as the forecast reaches, at most to the end of this day.",
      valueName: "YYYY-MM-DD"))
  var date: JSTDay?

  @Option(
    help: ArgumentHelp(
      "Use the analysis up to this full hour only, and forecast rain after it; JST unless Z or a zone is given.",
      valueName: "YYYY-MM-DDThh:00"))
  var asOf: AnalysisTime?

  @Option(help: ArgumentHelp("Forecast hours used after --as-of where no --date is given.", valueName: "n"))
  var forecastHours = Period.usualForecastHours

  @Option(help: ArgumentHelp("Folder for the run folders.", valueName: "folder"))
  var out = "out"

  @Option(
    help: ArgumentHelp(
      "The method: \(Method.names.joined(separator: ", ")). Default: that of the model, without one proposed.",
      valueName: "name"))
  var method: String?

  @Option(help: ArgumentHelp("Model file, instead of the catalogue's.", valueName: "file"))
  var model: String?

  @Flag(help: "Replace the run folder if it is there.")
  var overwrite = false

  @Flag(help: "End with code 0 although something was missing.")
  var allowGaps = false

  @Flag(help: "Only tell what would be made, and why.")
  var dryRun = false

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard (0...72).contains(forecastHours) else { throw ValidationError("--forecast-hours must be from 0 to 72") }
  }

  func report() throws -> Pipeline.ExitCode {
    guard let period = Period(day: date, asOf: asOf?.hour, forecastHours: forecastHours) else {
      throw ValidationError("name a day with --date, or a time with --as-of")
    }
    var request = PredictionRequest(catalogue: place.catalog, area: place.area, period: period, out: out)
    request.method = try method.map { try Method(option: "--method", $0) }
    request.model = model
    request.threads = place.threads
    request.overwrite = overwrite
    if dryRun {
      let plan = try planPrediction(request, console: talk.console())
      try talk.print(plan, words: plan.words)
      return .done
    }
    let result = try predict(request, console: talk.console())
    try talk.print(result, words: result.words)
    return result.hasGaps && !allowGaps ? .doneWithGaps : .done
  }
}

extension JSTDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// A full hour as a user writes it: `2023-08-15T09:00`, `2023-08-15T00:00Z`, `2023-08-15 09:00+09:00`.
struct AnalysisTime: ExpressibleByArgument {
  let hour: JSTHour

  init?(argument: String) {
    guard let hour = JSTHour(stated: argument) else { return nil }
    self.hour = hour
  }
}
