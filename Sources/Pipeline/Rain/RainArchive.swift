import Foundation
package import Mesh
package import Rasters

/// Hourly rain on the lattice, a file a day: `YYYY/MM/DD.tif` under one folder (DESIGN 4).
///
/// Beside a day that comes from gauges lies `DD.quality.tif`: the greatest distance to the nearest reporting gauge among
/// the day's hours, km.
package struct RainArchive: Sendable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  package func path(of day: JSTDay) -> String { stem(of: day) + ".tif" }
  package func qualityPath(of day: JSTDay) -> String { stem(of: day) + ".quality.tif" }

  private func stem(of day: JSTDay) -> String {
    folder + "/" + day.description.replacingOccurrences(of: "-", with: "/")
  }

  private var irregularitiesPath: String { folder + "/irregularities.json" }

  /// What the last import found about the source as a whole: times, files, stations.
  package func lastIrregularities() -> [RainIrregularity] {
    let data = (try? PlainFile.contents(irregularitiesPath)) ?? Data("[]".utf8)
    return (try? JSONDecoder().decode([RainIrregularity].self, from: data)) ?? []
  }

  /// Keeps what an import found about its source, one a kind and file.
  func keep(irregularities: [RainIrregularity]) throws(RasterError) {
    let bounded = RainDayFile.bounded(irregularities)
    guard bounded != lastIrregularities(), let data = try? JSONText.data(bounded) else { return }
    try writeAtomically(data, to: irregularitiesPath)
  }

  /// The days that have a file, ascending.
  package func days() -> [JSTDay] {
    func names(_ path: String) -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
    var days: [JSTDay] = []
    for year in names(folder) {
      for month in names("\(folder)/\(year)") {
        for file in names("\(folder)/\(year)/\(month)") where file.count == 6 && file.hasSuffix(".tif") {
          if let day = JSTDay("\(year)-\(month)-\(file.prefix(2))") { days.append(day) }
        }
      }
    }
    return days.sorted()
  }

  /// Which hours a day holds and where they come from; `nil` where the archive lacks the day.
  package func record(of day: JSTDay) throws(RasterError) -> RainDayFile.Record? {
    guard FileManager.default.fileExists(atPath: path(of: day)) else { return nil }
    return try RainDayFile.record(path(of: day))
  }

  /// The 24 hours of a day on a grid, mm; `nil` where the archive lacks the day.
  ///
  /// Hours the day lacks and cells outside its grid are `NaN`.
  package func rain(of day: JSTDay, on grid: MeshGrid) throws(RasterError) -> LayerStack<Float>? {
    try rain(of: day, at: CellSet(grid)).map { LayerStack(grid: grid, bands: 24, values: $0.values) }
  }

  /// The 24 hours of a day at some cells, mm; `nil` where the archive lacks the day.
  package func rain(of day: JSTDay, at cells: CellSet, threads: Int = 1) throws(RasterError) -> CellStack<Float>? {
    guard FileManager.default.fileExists(atPath: path(of: day)) else { return nil }
    return try RainDayFile.read(path(of: day), at: cells, threads: threads)
  }

  /// Greatest distance of the day to the nearest reporting gauge, km; `nil` where the day does not come from gauges.
  func gaugeDistance(
    of day: JSTDay, on grid: MeshGrid, kept: DailyFiles = DailyFiles()
  ) throws(RasterError) -> Layer<Float>? {
    let path = qualityPath(of: day)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let cells = CellSet(grid)
    let file = try kept.contents(of: path, on: day, at: cells) {
      (cells) throws(RasterError) in try CellFile.read(path, at: cells)
    }
    return (file?.stack.band(0)).map { cells.scatter(Array($0), fill: .nan) }
  }
}

extension LayerDescription {
  package static let gaugeDistance = LayerDescription(
    name: "gauge_distance", title: "Distance to the nearest reporting gauge", japanese: "観測所までの距離", unit: "km",
    validRange: 0...2_000)
}
