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
        lsmap predict --date latest --area each
        lsmap predict --from 2023-08-13 --to 2023-08-17 --area tottori --area okayama
        lsmap predict --as-of 2023-08-15T09:00 --area tottori
        lsmap predict --as-of 2023-08-15T00:00Z --date 2023-08-15 --area tottori

      Several areas and days are worked on side by side, each as it would be alone; one that \
      fails does not stop the others, and run folders that are there are kept unless --overwrite is given. \
      OUT/AREA/latest is a link to the newest run.

      With --as-of the rain analysis is used up to that time, and after it the catalogue's forecast_rain (the latest issue \
      at or before the time; JMA's forecast FH01-06 or any other file of hourly rain). The run folder OUT/AREA/DATEThh is \
      about the 24 hours that end at the last forecast hour, and every hour from the analysis on is a band of \
      level_leads.tif and risk_leads.tif. Forecast hours enter neither the rain archive nor the stored soil water.
      """)

  @Option(
    help: ArgumentHelp(
      "The day, JST; latest: the last day of which the rain holds every hour; yesterday. With --as-of: go as far as "
        + "the forecast reaches, at most to the end of this day.",
      valueName: "YYYY-MM-DD"))
  var date: DayWish?

  @Option(help: ArgumentHelp("First of several days, JST.", valueName: "YYYY-MM-DD"))
  var from: JSTDay?

  @Option(help: ArgumentHelp("Last of several days, JST.", valueName: "YYYY-MM-DD"))
  var to: JSTDay?

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

  @Flag(help: "Write level, risk and soil water alone, without map, project and tables: for years of days.")
  var levelsOnly = false

  @Flag(help: "Replace the run folder if it is there.")
  var overwrite = false

  @Flag(help: "End with code 0 although something was missing.")
  var allowGaps = false

  @Flag(help: "Only tell what would be made, and why.")
  var dryRun = false

  @OptionGroup var reader: LanguageOptions
  @OptionGroup var place: AreasOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard (0...72).contains(forecastHours) else { throw ValidationError("--forecast-hours must be from 0 to 72") }
  }

  func report() throws -> Pipeline.ExitCode {
    let sources = RainSources(keeping: true)
    let request = try PredictionsRequest(
      catalogue: place.catalog, areas: place.areas, days: days, run: makeRequest()
    ).resolved(sources)
    guard let single = request.single else {
      guard !dryRun else { throw ValidationError("--dry-run takes one area and one day") }
      let result = try predict(request, sources: sources, console: talk.console())
      try talk.print(result, words: result.words)
      return result.exitCode == .doneWithGaps && allowGaps ? .done : result.exitCode
    }
    if dryRun {
      let plan = try planPrediction(single, console: talk.console())
      try talk.print(plan, words: plan.words)
      return .done
    }
    let result = try predict(single, console: talk.console())
    try talk.print(result, words: result.words)
    return result.hasGaps && !allowGaps ? .doneWithGaps : .done
  }

  /// The run of an area and a period, with all that the options say of every run.
  private func makeRequest() throws -> @Sendable (String?, Period) -> PredictionRequest {
    let method = try method.map { try Method(option: "--method", $0) }
    let (place, out, model, language, overwrite) = (place, out, model, reader.lang, overwrite)
    let extent: Manifest.Extent = levelsOnly ? .levels : .whole
    return { area, period in
      var request = PredictionRequest(catalogue: place.catalog, area: area, period: period, out: out)
      (request.method, request.model, request.language) = (method, model, language)
      (request.threads, request.overwrite, request.extent) = (place.threads, overwrite, extent)
      return request
    }
  }

  private var days: PredictionsRequest.Days {
    get throws {
      switch (from, to, date, asOf) {
      case (let from?, let to?, nil, nil):
        guard from <= to else { throw ValidationError("--from \(from) is after --to \(to)") }
        return .range(from...to)
      case (nil, nil, let wish?, nil): return .wish(wish)
      case (nil, nil, let wish, let time?):
        guard let wish else { return .period(Period(asOf: time.hour, forecastHours: forecastHours)) }
        guard case .day(let day) = wish else { throw ValidationError("--as-of takes a --date like 2023-08-15") }
        return .period(Period(day: day, asOf: time.hour))
      case (nil, nil, nil, nil): throw ValidationError("name a day with --date, or a time with --as-of")
      default: throw ValidationError("name days with --date, with --from and --to together, or with --as-of")
      }
    }
  }
}

extension DayWish: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
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
