import ArgumentParser
import Mesh
import Pipeline

struct SoilWaterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soilwater", abstract: "Run the tank model, fit the past, draw the snake line.",
    subcommands: [SoilWaterRunCommand.self, SoilWaterFitCommand.self, SoilWaterPlotCommand.self])
}

struct SoilWaterRunCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the three tanks over the rain archive.",
    discussion: """
      A state is stored for every day; an interrupted run goes on after the last one. Days whose rain has changed are \
      computed anew. Ends with code 3 where rain was missing or the tanks were still spinning up, unless --allow-gaps.

      Example:
        lsmap soilwater run --area tottori --from 2023-08-01 --to 2023-08-31
      """)

  @Flag(help: "Write the three tanks too.")
  var tanks = false

  @Flag(help: "Write hourly NetCDF files (CF) too.")
  var hourly = false

  @Flag(help: "End with code 0 although something was missing.")
  var allowGaps = false

  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let project = try Project(
      catalogue: place.catalog, area: place.area, threads: place.threads, console: talk.console())
    if project.archive.days().isEmpty { _ = try project.importRain(try project.rainSource(), to: days.to) }
    let report = try project.runSoilWater(from: days.from, to: days.to, withTanks: tanks, withHours: hourly)
    try talk.print(report, words: report.words)
    return report.hasGaps && !allowGaps ? .doneWithGaps : .done
  }
}

struct SoilWaterFitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit the critical line and the ranks to past rain.",
    discussion: """
      Writes the climatology into the area's workspace. A prediction uses it for days it has not seen; other days are \
      compared with a fit made without them.

      Example:
        lsmap soilwater fit --area tottori --from 2003-01-01 --to 2022-12-31
      """)

  @Option(help: ArgumentHelp("A year to leave out.", valueName: "year"))
  var leaveOutYear: Int?

  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let project = try Project(
      catalogue: place.catalog, area: place.area, threads: place.threads, console: talk.console())
    if project.archive.days().isEmpty { _ = try project.importRain(try project.rainSource(), to: days.to) }
    let report = try project.fitClimatology(from: days.from, to: days.to, leavingOutYear: leaveOutYear)
    try talk.print(report, words: report.words)
    return .done
  }
}

struct SoilWaterPlotCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the snake line of a cell over the critical line, with rain and tanks in time.",
    discussion: """
      Examples:
        lsmap soilwater plot --area tottori --at 35.34,134.12 --date 2023-08-15 --out saji.png
        lsmap soilwater plot --cell 53340279 --date 2023-08-15 --out saji.png
      """)

  @Option(help: ArgumentHelp("Mesh code of the cell.", valueName: "code"))
  var cell: String?

  @Option(help: ArgumentHelp("A point in the cell, latitude,longitude.", valueName: "lat,lon"))
  var at: String?

  @Option(help: ArgumentHelp("The day, JST.", valueName: "YYYY-MM-DD"))
  var date: JSTDay

  @Option(help: ArgumentHelp("PNG file.", valueName: "file"))
  var out = "soilwater.png"

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    guard let name = cell ?? at, let found = MeshLookup(name), let code = Mesh3Code(found.code) else {
      throw ValidationError("name a cell with --cell CODE or --at LAT,LON")
    }
    let project = try Project(
      catalogue: place.catalog, area: place.area, threads: place.threads, console: talk.console())
    if project.archive.days().last.map({ $0 < date }) ?? true {
      _ = try project.importRain(try project.rainSource())
    }
    try project.plotSoilWater(of: code, on: date, to: out)
    try talk.print(["plot": out], words: out)
    return .done
  }
}
