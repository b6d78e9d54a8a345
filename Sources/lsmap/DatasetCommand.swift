import ArgumentParser
import Pipeline

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Join rain, ground, soil water and landslides into samples.",
    subcommands: [
      DatasetBuildCommand.self, DatasetJoinCommand.self, DatasetInfoCommand.self, DatasetExportCommand.self,
    ])
}

struct DatasetBuildCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a sample file.",
    discussion: """
      Every rainy day of a cell with landslides is a sample, and every landslide, whatever the rain. What was left out \
      and why stands in the file; `lsmap dataset info` tells it. The file is in the safetensors format, which Python's \
      library reads too. Rain archive and static layers are made where they are missing.

      Settings decided here: data.rainyMm (5); of a benchmark also soilwater.* and critical_line.*, which a catalogue has \
      itself.

      Examples:
        lsmap dataset build --catalog catalog.yaml --area hiroshima --out samples.safetensors
        lsmap dataset build --area hiroshima --cells cells.txt --min-events 0 --regions rivers.gpkg:name --out s.safetensors
        lsmap dataset build --area tottori --unlabelled tottori --out unlabelled.safetensors
        lsmap dataset build --benchmark benchmark --out samples.safetensors --set critical_line.rank_power=10
        lsmap dataset build --benchmark benchmark --displace-rain 3 --out displaced.safetensors
      """)

  @Option(help: ArgumentHelp("Folder of `lsmap simulate benchmark`, instead of a catalogue.", valueName: "folder"))
  var benchmark: String?

  @Option(
    help: ArgumentHelp(
      "Of a benchmark: lay the rain of each day so many cells from where it fell, 1 to 5, to see what that costs.",
      valueName: "cells"))
  var displaceRain: Int?

  @Option(help: ArgumentHelp("The sample file.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Least landslides of a region; others are left out.", valueName: "n"))
  var minEvents = DatasetRequest().leastEvents

  @Option(help: ArgumentHelp("Text file of mesh codes, instead of the cells with a landslide.", valueName: "file"))
  var cells: String?

  @Option(
    help: ArgumentHelp(
      "Cells learnt from without labels: mesh codes (.txt, .csv), or an area, whose regions give a cell each.",
      valueName: "file or area"))
  var unlabelled: String?

  @Option(
    help: ArgumentHelp("Polygons and the attribute with their names; second meshes if absent.", valueName: "file:name"))
  var regions: String?

  @OptionGroup var stated: SettingOptions
  @OptionGroup var days: DayRangeOptions
  @OptionGroup var place: CatalogueOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard minEvents >= 0 else { throw ValidationError("--min-events must be 0 or more") }
    guard benchmark == nil || (place.area == nil && cells == nil && unlabelled == nil && regions == nil) else {
      throw ValidationError("--benchmark brings its own cells and regions")
    }
    if let displaceRain {
      guard benchmark != nil else { throw ValidationError("--displace-rain goes with --benchmark") }
      guard RainDisplacement.range.contains(displaceRain) else {
        throw ValidationError("--displace-rain must be 1 to 5 cells")
      }
    }
  }

  private func request(_ settings: ExperimentSettings) -> DatasetRequest {
    var request = DatasetRequest()
    (request.from, request.to) = (days.from, days.to)
    (request.rainyMillimetres, request.leastEvents) = (settings.rainyMillimetres, minEvents)
    (request.cells, request.unlabelled, request.regions) = (cells, unlabelled, regions)
    return request
  }

  private func build() throws -> DatasetInfo {
    var settings = ExperimentSettings()
    try stated.apply(to: &settings)
    if let benchmark {
      return try buildDataset(
        settings, benchmark: benchmark, to: out, displacement: displaceRain.map { RainDisplacement(cells: $0) },
        console: talk.console())
    }
    if let flaw = settings.flaw { throw SettingError.outOfRange(flaw) }
    let project = try place.project(talk.console())
    try settings.check(against: project.catalogue)
    return try buildDataset(request(settings), of: project, to: out)
  }

  func report() throws -> Pipeline.ExitCode {
    let info = try build()
    try talk.print(info, words: info.words)
    return .done
  }
}

struct DatasetJoinCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Join sample files: of several areas, or with cells learnt from without labels.",
    discussion: """
      Example:
        lsmap dataset join hiroshima.safetensors tottori-unlabelled.safetensors --out samples.safetensors
      """)

  @Argument(help: "Sample files.")
  var files: [String]

  @Option(help: ArgumentHelp("The joined file.", valueName: "file"))
  var out: String

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let info = try joinDatasets(files, to: out)
    try talk.print(info, words: info.words)
    return .done
  }
}

struct DatasetInfoCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Describe a sample file: prevalence, regions, period, what was left out and why.",
    discussion: """
      Example:
        lsmap dataset info samples.safetensors
      """)

  @Argument(help: "The sample file.")
  var file: String

  @OptionGroup var talk: TalkOptions

  func report() throws -> Pipeline.ExitCode {
    let info = try datasetInfo(file)
    try talk.print(info, words: info.words)
    return .done
  }
}

struct DatasetExportCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write samples and the splits of evaluate as a NumPy archive, for other learners.",
    discussion: """
      Arrays: physics with the names of its inputs, rain of the cell's 72 hours, ground, label, region, cell, day, \
      early_warning, and a split_... for each seed and fold: 0 learns, 1 validates, 2 tests.

      Example:
        lsmap dataset export samples.safetensors --out samples.npz --seeds 0,1,2
      """)

  @Argument(help: "The sample file.")
  var file: String

  @Option(help: ArgumentHelp("The archive.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Seeds of the splits.", valueName: "numbers"))
  var seeds = "0"

  @OptionGroup var stated: SettingOptions
  @OptionGroup var talk: TalkOptions

  func validate() throws {
    guard !numbers.isEmpty, numbers.count == seeds.split(separator: ",").count else {
      throw ValidationError("--seeds wants whole numbers")
    }
  }

  private var numbers: [UInt64] { seeds.split(separator: ",").compactMap { UInt64($0) } }

  func report() throws -> Pipeline.ExitCode {
    var settings = ExperimentSettings()
    try stated.apply(to: &settings)
    let written = try exportDataset(file, to: out, settings: settings, seeds: numbers)
    try talk.print(written, words: written.words)
    return .done
  }
}
