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
      """)

  @Option(help: ArgumentHelp("The day, JST.", valueName: "YYYY-MM-DD"))
  var date: JSTDay

  @Option(help: ArgumentHelp("Folder for the run folders.", valueName: "folder"))
  var out = "out"

  @Option(help: "The method: \(ForecastMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var method = ForecastMethod.proposed

  @Option(help: ArgumentHelp("Model file, instead of the catalogue's.", valueName: "file"))
  var model: String?

  @Flag(help: "Replace the run folder if it is there.")
  var overwrite = false

  @Flag(help: "End with code 0 although something was missing.")
  var allowGaps = false

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    var request = PredictionRequest(catalogue: place.catalog, area: place.area, day: date, out: out)
    request.method = method
    request.model = model
    request.threads = place.threads
    request.overwrite = overwrite
    let result = try predict(request, console: talk.console())
    try talk.print(result, words: result.words)
    return result.hasGaps && !allowGaps ? .doneWithGaps : .done
  }
}

extension JSTDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ForecastMethod: ExpressibleByArgument {}
