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

  /// From so many days on nothing is left of the empty tanks (METHOD 1.2).
  private static let settledDays = 60

  var area: Area { project.area }
  private var language: Language { project.catalogue.language }
  private var grid: MeshGrid { area.grid }
  private var palettes: Palettes { project.catalogue.styles.palettes }

  /// A layer of the area's grid, `NaN` outside the area.
  func inArea(_ values: [Float]) -> [Float] { day.layer(values).values }
  /// Classes, of which 0 is none.
  func inArea(classes: [UInt8]) -> [Float] { inArea(classes.map { $0 == 0 ? .nan : Float($0) }) }

  // MARK: Layers

  /// A layer file; its bands are made when it is written, so that no two files are in memory.
  struct LayerPlan {
    let description: LayerDescription
    var overviews = LayerFile.Overviews.greatest
    let bands: () -> [DescribedBand]
  }

  private var layers: [LayerPlan] {
    OutputLayer.files.compactMap { rows -> LayerPlan? in
      let rows = rows.filter { day[$0] != nil }
      guard let first = rows.first else { return nil }
      return LayerPlan(description: description(of: first), overviews: first.overviews) { rows.map(band) }
    } + leadLayers
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
    return DescribedBand(description, name: words, values: inArea(day[layer] ?? []))
  }

  /// Dates and provenance, in every layer file.
  private var tags: [String: String] {
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

  // MARK: Files

  private var facts: RunFacts {
    RunFacts(
      area: area.key, areaTitle: area.title(in: language),
      horizon: horizon, grid: grid, model: language.model(forecaster.title), software: "lsmap \(ToolVersion.text)",
      sources: project.catalogue.credits,
      notes: notes(in: language), language: language, levelLine: forecaster.levels.line(in: language),
      publisher: project.catalogue.publisher, palettes: palettes)
  }

  /// Styles of a layer for QGIS and for map servers, and its metadata.
  private func writeStyles(
    of description: LayerDescription, horizon: RainHorizon?, range: ClosedRange<Float>?, in folder: String
  ) throws {
    let stem = "\(folder)/\(description.name)"
    try writeAtomically(
      qgisStyle(of: description, horizon: horizon, range: range, palettes: palettes), to: stem + ".qml")
    try writeAtomically(sldStyle(of: description, range: range, palettes: palettes), to: stem + ".sld")
    try writeAtomically(qgisMetadata(of: description, facts), to: stem + ".qmd")
  }

  /// Cells and lines for MapLibre and Mapbox GL.
  private static let mapboxFile = "cells.mapbox.json"

  /// Writes every file but the manifest: the sheet, which only draws, beside all that goes through GDAL.
  func write(to run: borrowing RunFolder) throws {
    let (sheet, folder) = (RiskSheet(map), run.temporary)
    try inParallel(2, threads: min(project.threads, 2)) { piece in
      if piece == 0 { try writeSheet(sheet, in: folder) } else { try writeLayers(in: folder) }
    }
  }

  private func writeLayers(in folder: String) throws {
    var rasters: [QGISProject.Raster] = []
    for plan in layers {
      let (description, bands) = (plan.description, plan.bands())
      try LayerFile.write(
        bands, on: grid, to: "\(folder)/\(description.name).tif", tags: tags,
        overviews: plan.overviews, palette: LayerStyle(of: description, in: palettes).palette)
      let range = Self.range(of: bands[0].values)
      rasters.append(
        QGISProject.Raster(
          description, file: description.name + ".tif", isShown: description.name == LayerDescription.levelName,
          range: range))
      try writeStyles(of: description, horizon: horizon, range: range, in: folder)
    }
    if day.elevation.values.contains(where: { !$0.isNaN }) {
      try LayerFile.write(
        [DescribedBand(.elevation, values: day.elevation.values)], on: day.elevation.grid,
        to: folder + "/elevation.tif", tags: tags)
      let description = LayerDescription.elevation.inLanguage(language)
      try writeStyles(of: description, horizon: nil, range: nil, in: folder)
      rasters.append(QGISProject.Raster(description, file: "elevation.tif", isShown: true))
    }
    let level = day.cells.scatter(day.level, fill: 0)
    let noData = area.cells.values.indices.filter { area.cells.values[$0] && level.values[$0] == 0 }
    let polygons = CellPolygons(
      grid: grid,
      columns: [
        .integer(name: "level", level),
        .real(name: "risk", day.layer(day.probability.map { rounded($0, to: 4) })),
        .real(name: "swi_mm", day.layer(day.soilWaterMaximum.map { rounded($0, to: 1) })),
        .real(name: "anomaly", day.layer(day.anomaly.map { rounded($0, to: 3) })),
      ]
    ) { level.values[$0] >= 4 }
    try polygons.write(
      to: folder + "/cells.gpkg", title: "\(language.say(.layerCells)), \(area.title(in: language)), \(horizon.title)",
      boundary: area.boundary, noData: noData, towns: exposure.towns?.features ?? [],
      styles: qgisVectorStyles(language, palettes).map { GeoPackageStyle(table: $0.table, style: $0.style) },
      day: horizon.day)
    try writeTables(in: folder)
    var vectors: Set<QGISProject.Vector> = area.boundary.isEmpty ? [] : [.boundary]
    if !noData.isEmpty { vectors.insert(.noData) }
    if exposure.towns?.towns.isEmpty == false { vectors.insert(.towns) }
    try writeAtomically(mapboxStyle(palettes), to: "\(folder)/\(Self.mapboxFile)")
    let project = QGISProject(facts, rasters: rasters, cellPolygons: "cells.gpkg", vectors: vectors)
    try writeZip([("lsmap.qgs", project.document)], to: folder + "/lsmap.qgz")
    let item = stacItem(facts, layers: rasters.map { ($0.description, $0.file) }, others: otherAssets)
    try writeAtomically(item, to: folder + "/item.json")
    try writeAtomically(stacCollection(facts), to: folder + "/collection.json")
  }

  /// Files beside the layers: key, name, media type and title.
  private var otherAssets: [(String, String, String, String)] {
    var assets = [("map", "map.png", "image/png", "Map sheet")]
    for format in project.catalogue.sheet.formats {
      assets.append(("map-\(format)", "map.\(format)", format.mediaType, "Map sheet"))
    }
    assets += [
      ("cells", "cells.gpkg", "application/geopackage+sqlite3", "Cells of levels 4 and 5, lines around them"),
      ("cells-style", Self.mapboxFile, "application/json", "Mapbox GL style of the cells"),
      ("cell-table", CellTable.fileName, "text/csv", "Cells by mesh code"),
    ]
    if exposure.towns != nil {
      assets.append(("towns", TownTable.fileName, "text/csv", "Municipalities and prefectures"))
    }
    return assets + [
      ("project", "lsmap.qgz", "application/vnd.qgis.qgz", "QGIS project"),
      ("manifest", Manifest.fileName, "application/json", "Inputs, outputs and gaps"),
    ]
  }

  /// `map.png`, and `map.pdf` or `map.svg` where the catalogue wants them.
  private func writeSheet(_ sheet: RiskSheet, in folder: String) throws {
    let settings = project.catalogue.sheet
    let scale = settings.dotsPerInch.map(RiskSheet.scale) ?? 1
    try writeAtomically(sheet.png(scale: scale), to: folder + "/map.png")
    for format in settings.formats {
      try writeAtomically(sheet.page(format, on: settings.paper), to: "\(folder)/map.\(format.rawValue)")
    }
  }

  /// Tables for spreadsheets.
  private func writeTables(in folder: String) throws {
    if let towns = exposure.towns {
      try writeAtomically(TownTable.data(towns.risks, language), to: "\(folder)/\(TownTable.fileName)")
    }
    let cells = CellTable.data(day, exposure.towns, people: exposure.people, language)
    try writeAtomically(cells, to: "\(folder)/\(CellTable.fileName)")
  }

  private static func range(of values: [Float]) -> ClosedRange<Float>? {
    let known = values.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max() else { return nil }
    return low...high
  }

  var levelDescription: LayerDescription { forecaster.levels.layer(in: language) }

  private var map: RiskMapContent {
    var content = RiskMapContent(
      level: day.cells.scatter(day.level, fill: 0), area: area.cells, probability: day.layer(day.probability),
      soilWaterIndex: day.layer(day.soilWaterMaximum), elevation: day.elevation,
      boundary: area.boundary, surroundings: area.surroundings, areaName: area.name,
      areaNameJapanese: area.japaneseName, horizon: horizon, model: language.model(forecaster.title),
      levelDescription: levelDescription, levelLine: forecaster.levels.line(in: language), notes: notes(in: language),
      sources: project.catalogue.credits, language: language)
    if project.catalogue.isSynthetic { content.title = language.say(.titleSynthetic) }
    content.towns = exposure.townLines
    content.peopleOverThreshold = exposure.peopleByLevel.map { $0[4] + $0[5] }
    content.palettes = palettes
    content.pastRecord = day.layer(day.pastRecord)
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
      gaps: Manifest.Gaps(
        cellsByFlag: cellsByFlag, cellsWithoutRisk: cellsWithoutRisk,
        cellsWithoutClimatology: cellsWithoutClimatology, notes: notes,
        japaneseNotes: notes(in: .japanese)),
      seconds: seconds)
    try writeAtomically(try manifest.encoded(), to: run.file(Manifest.fileName))
  }

  func result(folder: String, seconds: Double) -> PredictionResult {
    let summary = RiskMapSummary(of: map)
    let wettest = day.soilWaterMaximum.filter { !$0.isNaN }.max()
    return PredictionResult(
      folder: folder, area: area.name, date: "\(horizon.day)", model: forecaster.title,
      asOf: horizon.asOf.map { "\($0)" }, validTime: "\(horizon.end)", rain: horizon.words,
      leads: leadSummaries, cellsByLevel: summary.cells,
      highestCell: summary.highest.map { "\($0)" }, highestProbability: summary.highestProbability,
      highestSoilWaterIndex: wettest, notes: notes, seconds: seconds, hasGaps: hasGaps)
  }
}
