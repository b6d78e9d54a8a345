import Cartography
import Foundation
import Mesh
import Rasters

/// The files of a season's folder.
struct SeasonProducts {
  let project: Project
  /// In the order of time.
  let days: [SeasonDay]

  private static let tenthsEach = 12

  /// - Returns: Names of the files.
  /// - Throws: What reading the days and writing throws.
  func write(to run: borrowing RunFolder) throws -> [String] {
    let towns = try daily()
    let season = QGISSeason(days: days.map(\.layers), towns: towns == nil ? nil : "season.gpkg")
    try writeZip([("season.qgs", season.document)], to: run.file("season.qgz"))
    if let towns {
      try writeAtomically(TownTable.daily(towns, project.catalogue.language), to: run.file("daily.csv"))
      try writeGeoPackage(
        to: run.file("season.gpkg"), polygons: try polygons(towns), rows: rows(towns),
        styles: qgisVectorStyles(project.catalogue.language, project.catalogue.styles.palettes).map {
          GeoPackageStyle(table: $0.table, style: $0.style)
        },
        day: days[days.count - 1].day)
    }
    try writeAtomically(
      animatedPNG(try days.map { try $0.frame() }, tenthsEach: Self.tenthsEach), to: run.file("season.png"))
    return ["season.qgz", "season.png"] + (towns == nil ? [] : ["season.gpkg", "daily.csv"])
  }

  /// Municipalities and prefectures by day; `nil` where a day has none.
  private func daily() throws -> [(day: JSTDay, towns: [TownRisk])]? {
    var result: [(day: JSTDay, towns: [TownRisk])] = []
    for day in days {
      guard let towns = try day.reading.towns() else { return nil }
      result.append((day.day, towns))
    }
    return result
  }

  private func rows(_ daily: [(day: JSTDay, towns: [TownRisk])]) -> [[(name: String, value: DescribedPolygons.Value)]] {
    daily.flatMap { day, towns in
      towns.map { [("date", .text("\(day)"))] + $0.features }
    }
  }

  /// Each municipality once, with the worst of its days.
  private func polygons(_ daily: [(day: JSTDay, towns: [TownRisk])]) throws -> [DescribedPolygons] {
    let lines = daily.flatMap { day, towns in towns.map { (day: day, town: $0) } }
    let ofTown = Dictionary(grouping: lines) { $0.town.code + "/" + $0.town.name }
    return (try project.municipalities() ?? []).compactMap { municipality in
      guard let lines = ofTown[municipality.code + "/" + municipality.name] else { return nil }
      let worst = lines.max {
        ($0.town.worstLevel, $0.town.overThreshold, $1.day) < ($1.town.worstLevel, $1.town.overThreshold, $0.day)
      }
      return DescribedPolygons(
        polygons: municipality.polygons,
        values: [
          ("code", .text(municipality.code)), ("prefecture", .text(municipality.prefecture)),
          ("name", .text(municipality.name)), ("days_4_5", .whole(lines.count { $0.town.overThreshold > 0 })),
          ("worst_level", .whole(worst?.town.worstLevel ?? 0)), ("worst_date", .text(worst.map { "\($0.day)" } ?? "")),
          ("cells_4_5", .whole(worst?.town.overThreshold ?? 0)),
        ])
    }
  }
}
