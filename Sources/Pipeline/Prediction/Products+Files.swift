import Cartography
import Foundation
import Mesh
import Rasters
import Statistics

/// The files of a run folder.
extension Products {
  /// Writes every file but the manifest, side by side, those first that take longest.
  func write(_ map: RiskMapContent, to run: borrowing RunFolder) throws {
    let (folder, plans, facts) = (run.temporary, layers, facts)
    guard extent == .whole else {
      return try inParallel(plans.count, threads: project.threads) { _ = try write(plans[$0], facts, in: folder) }
    }
    let sheet = RiskSheet(map)
    let level = map.level
    let noData = area.cells.values.indices.filter { area.cells.values[$0] && level.values[$0] == 0 }
    let rasters = try mapInParallel(plans.count + 3, threads: project.threads) { piece -> QGISProject.Raster? in
      switch piece {
      case 0:
        try writeSheet(sheet, in: folder)
        return nil
      case 1:
        try writeCells(level, noData: noData, in: folder)
        try writeTables(in: folder)
        return nil
      case plans.count + 2: return try writeElevation(facts, in: folder)
      default: return try write(plans[piece - 2], facts, in: folder)
      }
    }.compactMap { $0 }
    var vectors: Set<QGISProject.Vector> = area.boundary.isEmpty ? [] : [.boundary]
    if !noData.isEmpty { vectors.insert(.noData) }
    if exposure.towns?.towns.isEmpty == false { vectors.insert(.towns) }
    try writeAtomically(mapboxStyle(palettes), to: "\(folder)/\(Self.mapboxFile)")
    let project = QGISProject(
      facts, rasters: rasters, cellPolygons: "cells.gpkg", vectors: vectors,
      layout: project.catalogue.printLayout)
    try writeZip([("lsmap.qgs", project.document)], to: folder + "/lsmap.qgz")
    let item = stacItem(facts, layers: rasters.map { ($0.description, $0.file) }, others: otherAssets)
    try writeAtomically(item, to: folder + "/item.json")
    try writeAtomically(stacCollection(facts), to: folder + "/collection.json")
  }

  private func write(_ plan: LayerPlan, _ facts: RunFacts, in folder: String) throws -> QGISProject.Raster {
    let (description, bands) = (plan.description, plan.bands)
    try LayerFile.write(
      bands, at: day.cells, to: "\(folder)/\(description.name).tif", tags: tags,
      overviews: plan.overviews, palette: LayerStyle(of: description, in: palettes).palette)
    let range = Self.range(of: bands[0].values)
    try writeStyles(of: description, facts, horizon: horizon, range: range, in: folder)
    return QGISProject.Raster(
      description, file: description.name + ".tif", isShown: description.name == LayerDescription.levelName,
      range: range)
  }

  /// - Returns: `nil` where no elevation is known.
  private func writeElevation(_ facts: RunFacts, in folder: String) throws -> QGISProject.Raster? {
    guard day.elevation.values.contains(where: { !$0.isNaN }) else { return nil }
    try LayerFile.write(
      [DescribedBand(.elevation, values: day.elevation.values)], on: day.elevation.grid,
      to: folder + "/elevation.tif", tags: tags)
    let description = LayerDescription.elevation.inLanguage(language)
    try writeStyles(of: description, facts, horizon: nil, range: nil, in: folder)
    return QGISProject.Raster(description, file: "elevation.tif", isShown: true)
  }

  private func writeCells(_ level: Layer<UInt8>, noData: [Int], in folder: String) throws {
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
  }

  /// Styles of a layer for QGIS and for map servers, and its metadata.
  private func writeStyles(
    of description: LayerDescription, _ facts: RunFacts, horizon: RainHorizon?, range: ClosedRange<Float>?,
    in folder: String
  ) throws {
    let stem = "\(folder)/\(description.name)"
    try writeAtomically(
      qgisStyle(of: description, horizon: horizon, range: range, palettes: palettes), to: stem + ".qml")
    try writeAtomically(sldStyle(of: description, range: range, palettes: palettes), to: stem + ".sld")
    try writeAtomically(qgisMetadata(of: description, facts), to: stem + ".qmd")
  }

  /// Cells and lines for MapLibre and Mapbox GL.
  private static let mapboxFile = "cells.mapbox.json"

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
    let cells = CellTable.data(day, exposure.towns, exposure.exposed, language)
    try writeAtomically(cells, to: "\(folder)/\(CellTable.fileName)")
  }

  private static func range(of values: [Float]) -> ClosedRange<Float>? {
    let known = values.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max() else { return nil }
    return low...high
  }
}
