import ArgumentParser
import Mesh
import Pipeline

struct SoilWaterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soilwater",
    abstract: "Run the tank model, fit the past, draw the snake line, tell what a cell has survived.",
    subcommands: [
      SoilWaterRunCommand.self, SoilWaterFitCommand.self, SoilWaterPlotCommand.self, SoilWaterRecordCommand.self,
    ])
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
        lsmap soilwater run --area tottori --warm-start Z__C_RJTD_20170807170000_SRF_GPV_Ggis1km_Psw_Aper10min_ANAL_grib2.bin

      With --warm-start the tanks begin with JMA's soil water of the file's hour (index, tanks 1 and 2) instead of empty, \
      need no spin-up, and the first whole day is the next one. Predictions of the area then go back to it.
      """)

  @Option(
    help: ArgumentHelp("JMA GRIB2 with the soil water index and its tanks, to begin with.", valueName: "file"))
  var warmStart: String?

  @Flag(help: "Let --warm-start delete the states that are there.")
  var overwrite = false

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
    let project = try place.project(talk.console())
    let report = try project.changingWorkspace {
      if project.archive.days().isEmpty { _ = try project.importRain(try project.rainSource(), to: days.to) }
      let started = try warmStart.map { try project.startSoilWater(from: $0, overwrite: overwrite) }
      var report = try project.runSoilWater(from: days.from, to: days.to, withTanks: tanks, withHours: hourly)
      report.started = started
      return report
    }
    try talk.print(report, words: report.words)
    return report.hasGaps && !allowGaps ? .doneWithGaps : .done
  }
}

struct SoilWaterFitCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit the critical line and the ranks to past rain.",
    discussion: """
      Writes the climatology into the area's workspace. A prediction uses it for days after its last one; others are \
      compared with a fit to the days before their month. Only where the catalogue names a reference period may a fit \
      know later days than the one it is asked about.

      Where the catalogue names an inventory, rain events with a landslide in their square of 5 x 5 cells are left out, \
      their days too, and the critical line is the outermost contour that catches 80 % of them (else cover 0.5).

      Examples:
        lsmap soilwater fit --area tottori --from 2003-01-01 --to 2022-12-31
        lsmap soilwater fit --area tottori --leave-out-year 2018 --contours lines.csv
      """)

  @Option(help: ArgumentHelp("A year to leave out.", valueName: "year"))
  var leaveOutYear: Int?

  @Flag(help: "Count rain events with landslides as survived, although the catalogue has an inventory.")
  var keepLandslides = false

  @Option(
    help: ArgumentHelp("Write the contours of every square as polylines of mm and mm/h, CSV.", valueName: "file"))
  var contours: String?

  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let project = try place.project(talk.console())
    var request = ClimatologyRequest()
    (request.from, request.to, request.leavingOutYear) = (days.from, days.to, leaveOutYear)
    (request.keepsLandslides, request.contours) = (keepLandslides, contours)
    let report = try project.changingWorkspace {
      if project.archive.days().isEmpty { _ = try project.importRain(try project.rainSource(), to: days.to) }
      return try project.fitClimatology(request)
    }
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

  @OptionGroup var wanted: CellOptions

  @Option(help: ArgumentHelp("The day, JST.", valueName: "YYYY-MM-DD"))
  var date: JSTDay

  @Option(help: ArgumentHelp("PNG file.", valueName: "file"))
  var out = "soilwater.png"

  @OptionGroup var reader: LanguageOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let code = try wanted.code()
    let project = try place.project(talk.console())
    try project.changingWorkspace {
      if project.archive.days().last.map({ $0 < date }) ?? true {
        _ = try project.importRain(try project.rainSource())
      }
      try project.plotSoilWater(of: code, on: date, to: out, reader.lang ?? project.catalogue.language)
    }
    try talk.print(["plot": out], words: out)
    return .done
  }
}

struct SoilWaterRecordCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Tell the greatest rain events that a cell had survived before a day.",
    discussion: """
      Ten events at most, 24 dry hours apart, with their days, by each measure of wetness: the soil water index, tanks 2 and \
      3, rain of 24 and 72 hours, effective rain. The layer event_rank.tif of a prediction says where its day stands among \
      them.

      Examples:
        lsmap soilwater record --area tottori --at 35.34,134.12 --date 2023-08-15
        lsmap soilwater record --area tottori --cell 53340279 --date 2023-08-15 --json
      """)

  @OptionGroup var wanted: CellOptions

  @Option(help: ArgumentHelp("The day, JST: earlier ones count.", valueName: "YYYY-MM-DD"))
  var date: JSTDay

  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let code = try wanted.code()
    let project = try place.project(talk.console())
    let record = try project.changingWorkspace {
      if project.archive.days().last.map({ $0 < date.advanced(by: -1) }) ?? true {
        _ = try project.importRain(try project.rainSource(), to: date.advanced(by: -1))
      }
      return try project.cellRecord(of: code, before: date)
    }
    try talk.print(record, words: record.words)
    return .done
  }
}

/// The cell that a command is about.
struct CellOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Mesh code of the cell.", valueName: "code"))
  var cell: String?

  @Option(help: ArgumentHelp("A point in the cell, latitude,longitude.", valueName: "lat,lon"))
  var at: String?

  func code() throws -> Mesh3Code {
    guard let name = cell ?? at, let found = MeshLookup(name), let code = Mesh3Code(found.code) else {
      throw ValidationError("name a cell with --cell CODE or --at LAT,LON")
    }
    return code
  }
}
