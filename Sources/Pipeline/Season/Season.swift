import Cartography
import Evaluation
package import Forecasting
import Foundation
package import Mesh
import Rasters

/// What `lsmap season` is asked for.
package struct SeasonRequest: Sendable {
  package var catalogue: String
  package var area: String?
  package var days: ClosedRange<JSTDay>
  /// Folder of the run folders.
  package var out: String
  /// `nil` for the catalogue's.
  package var language: Language?
  /// Model of days that are predicted; `nil` for the catalogue's.
  package var model: String?
  /// As of a prediction.
  package var method: Method?
  package var threads = 2
  package var overwrite = false

  package init(catalogue: String, area: String?, days: ClosedRange<JSTDay>, out: String) {
    self.catalogue = catalogue
    self.area = area
    self.days = days
    self.out = out
  }
}

/// What a season says at its end.
package struct SeasonResult: Codable, Sendable, Equatable {
  package var folder: String
  /// Names of its files: tables and polygons only where municipalities are known.
  package var files: [String]
  package var days: Int
  /// Days that had no run folder.
  package var predicted: Int
  /// Days with a cell at level 4 or 5.
  package var daysOverThreshold: [String]
  /// Whether a day has cells without a valid value.
  package var hasGaps: Bool

  package var words: String {
    let over = daysOverThreshold.isEmpty ? "no day" : daysOverThreshold.joined(separator: ", ")
    return
      "\(days) days, \(predicted) predicted now; level 4 or 5 on: \(over)\n\(folder): \(files.joined(separator: ", "))"
  }
}

/// Joins days into one folder beside theirs: QGIS project, municipalities by day, animation.
///
/// - Parameters:
///   - request: Which days; those without a run folder are predicted.
///   - console: Told every step.
/// - Returns: What there is to say.
/// - Throws: What predicting and reading throws; no folder of the season appears then.
package func season(_ request: SeasonRequest, console: Console) throws -> SeasonResult {
  var catalogue = try Catalogue.read(request.catalogue)
  if let language = request.language { catalogue.language = language }
  let project = try Project(catalogue, area: request.area, threads: request.threads, console: console)
  let parent = (request.out as NSString).appendingPathComponent(project.area.key)
  let name = "season-\(request.days.lowerBound)--\(request.days.upperBound)"
  let run = try RunFolder(
    at: (parent as NSString).appendingPathComponent(name), overwrite: request.overwrite)
  var days: [SeasonDay] = []
  var predicted = 0
  for day in request.days {
    let folder = (parent as NSString).appendingPathComponent("\(day)")
    if !FileManager.default.fileExists(atPath: folder) {
      var wanted = PredictionRequest(
        catalogue: request.catalogue, area: request.area, period: .day(day), out: request.out)
      (wanted.language, wanted.model, wanted.threads) = (request.language, request.model, request.threads)
      wanted.method = request.method
      _ = try predict(wanted, console: console)
      predicted += 1
    }
    console.begin("reading \(folder)")
    days.append(SeasonDay(day: day, reading: try RunReading(of: folder), project: project))
  }
  if let words = SeasonDay.difference(of: days) { console.warn(words) }
  let products = SeasonProducts(project: project, days: days)
  console.begin("writing \(run.path)")
  let files = try products.write(to: run)
  let folder = run.path
  try run.publish()
  console.end()
  return SeasonResult(
    folder: folder, files: files, days: days.count, predicted: predicted,
    daysOverThreshold: days.filter { $0.counts[4] + $0.counts[5] > 0 }.map { "\($0.day)" },
    hasGaps: days.contains(where: \.hasGaps))
}

/// A day of a season as its run folder has it.
struct SeasonDay {
  let day: JSTDay
  let reading: RunReading
  let project: Project

  private var language: Language { project.catalogue.language }
  private var isMeasured: Bool { reading.manifest.thresholdsMeasured }
  /// Cells at level 0 (no data), 1 ... 5.
  var counts: [Int] { reading.cellsByLevel }
  var hasGaps: Bool { reading.manifest.gaps.isAny }

  /// What to say where the levels of the days are those of several models: one colour means several things then.
  static func difference(of days: [SeasonDay]) -> String? {
    let (first, manifest) = (days[0].day, days[0].reading.manifest)
    guard
      let other = days.first(where: {
        $0.reading.manifest.modelSHA256 != manifest.modelSHA256 || $0.reading.manifest.thresholds != manifest.thresholds
      })
    else { return nil }
    return
      "the levels of \(first) are of \(manifest.model), those of \(other.day) of \(other.reading.manifest.model), with other "
      + "edges or another file: a level does not mean the same on all days; predict them anew with --overwrite"
  }

  private var notes: [String] {
    language == .english ? reading.manifest.gaps.notes : reading.manifest.gaps.japaneseNotes
  }

  var layers: QGISProject {
    let facts = RunFacts(
      area: project.area.key, areaTitle: project.area.title(in: language), horizon: RainHorizon(day: day),
      grid: project.area.grid, model: language.model(reading.manifest.model), software: reading.manifest.tool,
      sources: project.catalogue.credits,
      notes: notes, language: language, levelLine: Levels.line(isMeasured: isMeasured, in: language),
      publisher: project.catalogue.publisher, palettes: project.catalogue.styles.palettes)
    func raster(_ description: LayerDescription, isShown: Bool) -> QGISProject.Raster {
      QGISProject.Raster(
        description.inLanguage(language), file: "../\(day)/\(description.name).tif", isShown: isShown)
    }
    var vectors: Set<QGISProject.Vector> = project.area.boundary.isEmpty ? [] : [.boundary]
    if reading.manifest.gaps.cellsWithoutRisk > 0 { vectors.insert(.noData) }
    var rasters = [
      raster(Levels.layer(isMeasured: isMeasured, in: language), isShown: true), raster(.risk, isShown: false),
      raster(.soilWaterIndex, isShown: false),
    ]
    if reading.manifest.outputs.contains(where: { $0.path == "elevation.tif" }) {
      rasters.append(raster(.elevation, isShown: true))
    }
    return QGISProject(
      facts, rasters: rasters, cellPolygons: "../\(day)/cells.gpkg", vectors: vectors, layerSuffix: "_\(day)")
  }

  /// A picture of the animation.
  func frame() throws -> Data {
    let area = project.area
    let grid = area.grid
    let level = Layer(grid: grid, values: reading.level.map { (1...5).contains($0) ? UInt8($0) : 0 })
    let hasGround = reading.manifest.outputs.contains { $0.path == "elevation.tif" }
    var content = RiskMapContent(
      level: level, area: try cells(), probability: Layer(grid: grid, values: reading.risk),
      elevation: hasGround ? try LayerFile.read(reading.file("elevation.tif")).stack.band(0) : nil,
      boundary: area.boundary, surroundings: area.surroundings, areaName: area.name(in: language),
      areaNameJapanese: area.japaneseName, horizon: RainHorizon(day: day),
      model: language.model(reading.manifest.model),
      levelDescription: Levels.layer(isMeasured: isMeasured, in: language),
      levelLine: Levels.line(isMeasured: isMeasured, in: language), language: language)
    content.palettes = project.catalogue.styles.palettes
    content.pastRecord = Layer(grid: grid, values: reading.pastRecord)
    if project.catalogue.isSynthetic { content.title = language.say(.titleSynthetic) }
    content.boundaryIsLand = area.isLand
    return drawDayFrame(content)
  }

  /// The area's cells as the run had them: its frame may have held sea, which has no trust flag.
  private func cells() throws -> Layer<Bool> {
    let quality = try LayerFile.read(reading.file("quality.tif")).stack
    return Layer(grid: quality.grid, values: quality.band(0).values.map { !$0.isNaN })
  }
}
