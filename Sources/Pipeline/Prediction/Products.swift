import Cartography
import Forecasting
import Foundation
import Mesh
import Rasters
import SoilWater
import Statistics

/// The files of a run folder, from the day's layers.
struct Products {
  let project: Project
  let horizon: RainHorizon
  /// The day of the distances to gauges: the last one that is analysed to its end.
  let gaugeDay: JSTDay
  let day: RunLayers
  let forecaster: Forecaster
  /// Days since the tanks were empty; `nil` after a warm start.
  let soilWaterDays: Int?
  let door: DoorFindings
  /// Towns and people.
  let exposure: RunExposure
  let extent: Manifest.Extent

  /// From so many days on nothing is left of the empty tanks (METHOD 1.2).
  private static let settledDays = 60

  var area: Area { project.area }
  var language: Language { project.catalogue.language }
  var grid: MeshGrid { area.grid }
  var palettes: Palettes { project.catalogue.styles.palettes }

  // MARK: Layers

  /// A layer file; its bands are made when it is written, one after another: a country's need not fit into memory.
  struct LayerPlan {
    let description: LayerDescription
    var overviews = LayerFile.Overviews.greatest
    let bands: [DescribedBand]
  }

  var layers: [LayerPlan] {
    OutputLayer.files.compactMap { rows -> LayerPlan? in
      let rows = rows.filter { day[$0] != nil }
      guard let first = rows.first, holds(first.description) else { return nil }
      return LayerPlan(description: description(of: first), overviews: first.overviews, bands: rows.map(band))
    } + leadLayers.filter { holds($0.description) }
  }

  private func holds(_ layer: LayerDescription) -> Bool {
    extent == .whole || Manifest.Extent.layersOfLevels.contains(layer.name)
  }

  private func description(of layer: OutputLayer) -> LayerDescription {
    layer.description.name == LayerDescription.levelName
      ? levelDescription : project.catalogue.styles.describe(layer.description, in: language)
  }

  /// A band that says, in a run as of a time, when it is valid and which of its hours are forecast.
  private func band(_ layer: OutputLayer) -> DescribedBand {
    let description = description(of: layer)
    let words = horizon.asOf.map { _ in
      switch layer.span {
      case .run: language.say(.bandOfRun, description.title, horizon.end.words, horizon.words(in: language))
      case .analysedDay: "\(description.title), \(gaugeDay)"
      }
    }
    return DescribedBand(description, name: words) { [day] in day[layer] ?? [] }
  }

  /// Dates and provenance, in every layer file.
  var tags: [String: String] {
    var tags = [
      "LSMAP_VERSION": ToolVersion.text, "LSMAP_AREA": area.name, "LSMAP_DATE": "\(horizon.day)",
      "LSMAP_PERIOD": "\(horizon.start)/\(horizon.end)",
      "LSMAP_MODEL": forecaster.title, "LSMAP_SOURCE": project.catalogue.title,
      "LSMAP_CREDIT": project.catalogue.credit,
      "LSMAP_THRESHOLDS": forecaster.levels.edges.map { "\($0)" }.joined(separator: " "),
      "LSMAP_THRESHOLDS_ORIGIN": forecaster.levels.origin,
      "LSMAP_RECORD_DAYS": "\(day.longestRecord)",
      "LSMAP_NOTICE": "Classes of a model, no official warning.",
    ]
    tags.merge(horizonTags) { $1 }
    tags.merge(pastTags) { $1 }
    if project.catalogue.isSynthetic { tags["LSMAP_SYNTHETIC"] = "yes: made by lsmap simulate, nothing in it is real" }
    return tags
  }

  // MARK: What is missing

  /// Cells of the area by flag 0 ... 4.
  private var cellsByFlag: [Int] {
    var counts = [Int](repeating: 0, count: 5)
    for flag in day.flags { counts[min(4, Int(flag))] += 1 }
    return counts
  }

  private var cellsWithoutRisk: Int { day.level.count { $0 == 0 } }
  private var cellsWithoutClimatology: Int { day.hasClimatology.count { !$0 } }

  /// What is missing or uncertain, a sentence each, as the console says it.
  var notes: [String] { notes(in: .english) }

  func notes(in language: Language) -> [String] {
    var notes: [String] = []
    let flags = cellsByFlag
    notes += horizonNotes(in: language)
    if area.cellsWithoutLand > 0 { notes.append(language.say(.noteSea, "\(area.cellsWithoutLand)")) }
    func cells(_ count: Int) -> String {
      count == area.cellCount ? language.say(.allCells) : language.say(.someCells, "\(count)", "\(area.cellCount)")
    }
    if flags[3] > 0 { notes.append(language.say(.noteNotValid, cells(flags[3]))) }
    if let soilWaterDays, soilWaterDays < Self.settledDays {
      notes.append(language.say(.noteEmptyTanks, "\(soilWaterDays)", "\(Self.settledDays)"))
    }
    let missing = recentMissingHours
    if missing.cells > 0 {
      notes.append(language.say(.noteRainMissing, "\(missing.most)", cells(missing.cells)))
    }
    if cellsWithoutRisk > 0 { notes.append(language.say(.noteNoRain, cells(cellsWithoutRisk))) }
    if cellsWithoutClimatology > 0 { notes.append(language.say(.noteNoPast, cells(cellsWithoutClimatology))) }
    if day.referenceDays < 365 { notes.append(language.say(.noteFewDays, "\(day.referenceDays)")) }
    notes += pastNotes(in: language)
    if !forecaster.levels.isMeasured {
      notes.append(language.say(.noteNoRecall, language.levelOrigin(forecaster.levels.origin)))
    }
    if project.catalogue.soil == nil { notes.append(language.say(.noteSoilUnknown)) }
    if project.catalogue.vegetation == nil { notes.append(language.say(.noteVegetationUnknown)) }
    return notes + exposure.notes(in: language, cells: cells) + door.notes(in: language)
  }

  /// Cells of the area with hours missing in the last 240, and the most of a cell.
  private var recentMissingHours: (cells: Int, most: Int) {
    var found = (cells: 0, most: 0)
    for (hours, flag) in zip(day.missingHours, day.flags) where hours > 0 && flag < 4 {
      found = (found.cells + 1, max(found.most, Int(hours)))
    }
    return found
  }

  /// Whether the area lacks something that a user must allow.
  private var hasGaps: Bool {
    door.hasGaps || cellsByFlag[3] + recentMissingHours.cells + cellsWithoutRisk + cellsWithoutClimatology > 0
  }

  var facts: RunFacts {
    RunFacts(
      area: area.key, areaTitle: area.title(in: language),
      horizon: horizon, grid: grid, model: language.model(forecaster.title), software: "lsmap \(ToolVersion.text)",
      sources: project.catalogue.credits,
      notes: notes(in: language), language: language, levelLine: forecaster.levels.line(in: language),
      publisher: project.catalogue.publisher, palettes: palettes)
  }

  var levelDescription: LayerDescription { forecaster.levels.layer(in: language) }

  /// What the sheet shows, on the whole grid: made once a run.
  var map: RiskMapContent {
    var content = RiskMapContent(
      level: day.cells.scatter(day.level, fill: 0), area: area.cells, probability: day.layer(day.probability),
      soilWaterIndex: day.layer(day.soilWaterMaximum), elevation: day.elevation,
      boundary: area.boundary, surroundings: area.surroundings, areaName: area.name(in: language),
      areaNameJapanese: area.japaneseName, horizon: horizon, model: language.model(forecaster.title),
      levelDescription: levelDescription, levelLine: forecaster.levels.line(in: language), notes: notes(in: language),
      sources: project.catalogue.credits, language: language)
    if project.catalogue.isSynthetic { content.title = language.say(.titleSynthetic) }
    content.towns = exposure.townLines
    content.peopleOverThreshold = exposure.overThreshold(.people)
    content.roadsOverThreshold = exposure.overThreshold(.roads)
    content.palettes = palettes
    content.pastRecord = day.layer(day.pastRecord)
    content.isCompared = day.cells.scatter(day.hasClimatology, fill: false)
    content.highestEvent = RiskMapSummary(of: content).highest.flatMap { grid.index(of: $0) }
      .flatMap { day.eventPlace(at: $0)?.words(in: language) }
    content.boundaryIsLand = area.isLand
    content.leads = day.leads.map { lead in
      let hours = horizon.asOf.map { " (+\($0.distance(to: lead.validTime)) h)" } ?? ""
      return RiskMapContent.Lead(
        words: lead.validTime.clock + hours, level: day.cells.scatter(lead.level, fill: 0))
    }
    return content
  }

  /// Hashes inputs and outputs and writes `manifest.json`.
  ///
  /// Inputs stand there by absolute path: whoever checks them may stand in another folder.
  func writeManifest(
    to run: borrowing RunFolder, inputs sources: [(role: String, path: String)], derived: [Manifest.DerivedFile],
    modelHash: String, _ hashes: inout InputHashes, seconds: [String: Double]
  ) throws {
    var inputFiles: [Manifest.File] = []
    for (role, path) in sources {
      // The static stack names its side files itself.
      let files = FileTemplate(path).matches().map(\.path)
      for file in role == "static" ? files : files.flatMap({ [$0] + sideFiles(of: $0) }) {
        let entry = try hashes.entry(of: file)
        inputFiles.append(
          Manifest.File(path: absolutePath(of: file), role: role, bytes: entry.bytes, sha256: entry.sha256))
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: run.temporary).sorted()
    let outputs = try names.map { name in
      let size = try FileManager.default.attributesOfItem(atPath: run.file(name))[.size] as? NSNumber
      return Manifest.File(
        path: name, role: (name as NSString).pathExtension, bytes: size?.intValue ?? 0,
        sha256: try sha256(ofFile: run.file(name)))
    }
    let manifest = Manifest(
      tool: "lsmap \(ToolVersion.build)", libraries: libraryVersions(), area: area.name, date: "\(horizon.day)",
      asOf: horizon.asOf.map { "\($0)" }, validTime: "\(horizon.end)", rain: horizon.words,
      method: forecaster.header.method,
      model: forecaster.title,
      synthetic: project.catalogue.isSynthetic || forecaster.header.kind == .synthetic, modelSHA256: modelHash,
      recallIntervals: forecaster.levels.recallIntervals,
      thresholds: forecaster.levels.edges, thresholdsOrigin: forecaster.levels.origin,
      thresholdsMeasured: forecaster.levels.isMeasured, referenceDays: day.referenceDays,
      pastThrough: day.pastDays.last.map { "\($0)" }, laterPastDays: laterPastDays,
      forecastHours: horizon.forecastHours, inputs: inputFiles, derived: derived, outputs: outputs,
      extent: extent == .whole ? nil : extent,
      gaps: Manifest.Gaps(
        cellsByFlag: cellsByFlag, cellsWithoutRisk: cellsWithoutRisk,
        cellsWithoutClimatology: cellsWithoutClimatology, notes: notes,
        japaneseNotes: notes(in: .japanese)),
      seconds: seconds)
    try writeAtomically(try manifest.encoded(), to: run.file(Manifest.fileName))
  }

  func result(_ map: RiskMapContent, folder: String, seconds: Double) -> PredictionResult {
    let summary = RiskMapSummary(of: map)
    let wettest = day.soilWaterMaximum.filter { !$0.isNaN }.max()
    return PredictionResult(
      folder: folder, extent: extent, area: area.name, date: "\(horizon.day)", model: forecaster.title,
      asOf: horizon.asOf.map { "\($0)" }, validTime: "\(horizon.end)", rain: horizon.words,
      leads: leadSummaries, cellsByLevel: summary.cells,
      highestCell: summary.highest.map { "\($0)" }, highestProbability: summary.highestProbability,
      highestSoilWaterIndex: wettest, notes: notes, seconds: seconds, hasGaps: hasGaps)
  }
}
