import Cartography
import Foundation
package import Mesh
import Rasters

/// What `lsmap report` is asked for.
package struct ReportRequest: Sendable {
  package var catalogue: String
  package var area: String?
  package var day: JSTDay
  /// Folder of the run folders.
  package var out: String
  /// `nil` for the catalogue's.
  package var language: Language?
  package var threads = 2

  package init(catalogue: String, area: String?, day: JSTDay, out: String) {
    self.catalogue = catalogue
    self.area = area
    self.day = day
    self.out = out
  }
}

/// What a report says at its end.
package struct ReportResult: Codable, Sendable, Equatable {
  package var file: String
  /// Municipalities with a cell at level 4 or 5; `nil` where none are known.
  package var towns: Int?
  /// Cells drawn with their snake lines.
  package var cells: Int

  package var words: String {
    let towns = towns.map { ", \($0) municipalities at level 4 or 5" } ?? ""
    return "\(file): \(cells) snake lines\(towns)"
  }
}

/// Writes the page of a day's run beside its folder: `out/AREA/DATE.html`.
///
/// - Parameters:
///   - request: Which run; it must be there.
///   - console: Told every step.
/// - Returns: Where the page is.
/// - Throws: `ManifestError` where there is no run, and what reading it throws.
package func report(_ request: ReportRequest, console: Console) throws -> ReportResult {
  let project = try Project(
    catalogue: request.catalogue, area: request.area, threads: request.threads, console: console)
  let area = project.area
  let language = request.language ?? project.catalogue.language
  let folder = (request.out as NSString).appendingPathComponent("\(area.key)/\(request.day)")
  let manifest = try Manifest.read(folder)
  func file(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
  guard let map = FileManager.default.contents(atPath: file("map.png")) else {
    throw ManifestError.differs(folder: folder, files: ["map.png"])
  }
  let run = try RunReading(of: folder)
  let towns =
    manifest.outputs.contains { $0.path == TownTable.fileName }
    ? try TownTable.read(file(TownTable.fileName)) : nil
  let owners = try project.municipalities() ?? []
  let cells = try run.worstCells().map { index in
    let code = run.grid.code(at: index)
    console.begin("snake line of \(code)")
    let place = area.grid.index(of: code)
    return ReportPage.WorstCell(
      code: "\(code)", town: owners.first { place.map($0.cells.contains) ?? false }?.name ?? "",
      level: Int(run.level[index]), probability: run.risk[index], soilWater: run.soilWater[index],
      rank: run.rank[index], hour: run.worstHour(at: index),
      picture: try project.soilWaterPlot(of: code, on: request.day, language))
  }
  // The area's cells without a level are the run's own count: its layers do not tell them from the sea.
  var counts = [manifest.gaps.cellsWithoutRisk] + [Int](repeating: 0, count: 5)
  for value in run.level where (1...5).contains(value) { counts[Int(value)] += 1 }
  let page = ReportPage(
    language: language, area: area.title(in: language), manifest: manifest,
    rain: RainHorizon(day: request.day).words(in: language), counts: counts, map: map, towns: towns,
    cells: cells,
    credit: [project.catalogue.title, project.catalogue.credit].filter { !$0.isEmpty }.joined(separator: "; "))
  let path = folder + ".html"
  try writeAtomically(page.html, to: path)
  console.end()
  return ReportResult(
    file: path, towns: towns?.count { !$0.isPrefecture && $0.overThreshold > 0 }, cells: cells.count)
}

/// The layers of a run folder that the page speaks of.
private struct RunReading {
  let grid: MeshGrid
  /// 1 ... 5, `NaN` for none.
  let level: [Float]
  let risk: [Float]
  let soilWater: [Float]
  let rank: [Float]
  private let hour: [Float]

  /// Cells whose neighbours tell the same story: the page shows one of them.
  private static let neighbourhood = 5
  private static let most = 4

  init(of folder: String) throws(RasterError) {
    func layer(_ name: String) throws(RasterError) -> LayerStack<Float> {
      try LayerFile.read((folder as NSString).appendingPathComponent(name)).stack
    }
    let (levels, anomaly) = (try layer("level.tif"), try layer("anomaly.tif"))
    grid = levels.grid
    level = levels.values
    risk = try layer("risk.tif").values
    soilWater = try layer("swi.tif").values
    // q, q_rbf, rank, return period, hour (Pipeline.md).
    rank = anomaly.band(2).values
    hour = anomaly.band(4).values
  }

  func worstHour(at index: Int) -> Int? { (1...24).contains(hour[index]) ? Int(hour[index]) : nil }

  /// Cells above level 1, the worst first, none near a worse one.
  func worstCells() -> [Int] {
    var cells: [(index: Int, order: RiskOrder)] = []
    for index in level.indices where level[index] >= 2 {
      let order = RiskOrder(
        level: UInt8(level[index]), probability: risk[index], pastRecord: rank[index], soilWater: soilWater[index])
      cells.append((index, order))
    }
    cells.sort { $0.order == $1.order ? $0.index < $1.index : $0.order > $1.order }
    var chosen: [Int] = []
    for (index, _) in cells where chosen.count < Self.most {
      let (y, x) = (index / grid.width, index % grid.width)
      let isNear = chosen.contains { other in
        let (down, across) = (abs(other / grid.width - y), abs(other % grid.width - x))
        return max(down, across) <= Self.neighbourhood
      }
      if !isNear { chosen.append(index) }
    }
    return chosen
  }
}
