import Cartography
import Foundation
package import Mesh
import Rasters

/// What `lsmap report` is asked for.
package struct ReportRequest: Sendable {
  package var catalogue: String
  package var area: String?
  /// `nil` for the newest run.
  package var period: Period?
  /// Folder of the run folders.
  package var out: String
  /// `nil` for the catalogue's.
  package var language: Language?
  package var threads = 2

  package init(catalogue: String, area: String?, period: Period?, out: String) {
    self.catalogue = catalogue
    self.area = area
    self.period = period
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

/// Writes the page of a run beside its folder: `out/AREA/DATE.html`, `out/AREA/DATEThh.html` of one as of a time.
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
  let runs = (request.out as NSString).appendingPathComponent(area.key)
  let period = try request.period ?? LatestRun.period(in: runs)
  let folder = (runs as NSString).appendingPathComponent(period.key)
  let run = try RunReading(of: folder)
  let map = try PlainFile.contents(run.file("map.png"))
  let towns = try run.towns()
  let owners = try project.municipalities() ?? []
  let cells = try run.worstCells().map { index in
    let code = run.grid.code(at: index)
    let place = area.grid.index(of: code)
    return ReportPage.WorstCell(
      code: "\(code)", town: owners.first { place.map($0.cells.contains) ?? false }?.name ?? "",
      level: Int(run.level[index]), probability: run.risk[index], soilWater: run.soilWater[index],
      rank: run.rank[index], place: run.place(at: index), hour: run.worstHour(at: index),
      picture: try project.snakeLine(of: code, in: period, language))
  }
  let leads = try run.leads(of: period)
  let page = ReportPage(
    language: language, area: area.title(in: language), time: period.title(leads), manifest: run.manifest,
    rain: period.rainWords(run.manifest, language), counts: run.cellsByLevel, map: map, leads: leads,
    towns: towns, cells: cells,
    credit: project.catalogue.credits.joined(separator: "; "), palettes: project.catalogue.styles.palettes)
  let path = folder + ".html"
  try writeAtomically(page.html, to: path)
  console.end()
  return ReportResult(
    file: path, towns: towns?.count { !$0.isPrefecture && $0.overThreshold > 0 },
    cells: cells.count { $0.picture != nil })
}

extension Project {
  /// The snake line of an observed day; `nil` as of a time: the archive knows rain after it by now, which the run did not.
  fileprivate func snakeLine(of code: Mesh3Code, in period: Period, _ language: Language) throws -> Data? {
    guard case .day(let day) = period else { return nil }
    console.begin("snake line of \(code)")
    return try changingWorkspace { try soilWaterPlot(of: code, on: day, language) }
  }
}

extension Period {
  /// What the page is about: the day, or the last hour that is forecast.
  fileprivate func title(_ leads: [ReportPage.Lead]) -> String {
    switch self {
    case .day(let day): "\(day)"
    case .asOf(let time, _, _): (leads.last?.validTime ?? time).words
    }
  }

  /// Which hours of rain the run knows; of one as of a time as its manifest says.
  fileprivate func rainWords(_ manifest: Manifest, _ language: Language) -> String {
    switch self {
    case .day(let day): RainHorizon(day: day).words(in: language)
    case .asOf: language.rain(manifest.rain)
    }
  }
}

extension RunReading {
  /// Cells at each level hour by hour from the time of the analysis on; none of an observed day.
  fileprivate func leads(of period: Period) throws(RasterError) -> [ReportPage.Lead] {
    guard case .asOf(let time, _, _) = period, manifest.outputs.contains(where: { $0.path == Self.leadLevels })
    else { return [] }
    let stack = try LayerFile.read(file(Self.leadLevels)).stack
    return (0..<stack.bands).map { band in
      let values = stack.band(band).values
      return ReportPage.Lead(
        validTime: time.advanced(by: band), hours: band,
        counts: (0...5).map { level in values.count { $0 == Float(level) } })
    }
  }

  private static let leadLevels = "level_leads.tif"

  /// Cells whose neighbours tell the same story: the page shows one of them.
  private static let neighbourhood = 5
  private static let most = 4

  /// Cells above level 1, the worst first, none near a worse one.
  fileprivate func worstCells() -> [Int] {
    var cells: [(index: Int, order: RiskOrder)] = []
    for index in level.indices where level[index] >= 2 {
      let order = RiskOrder(
        level: UInt8(level[index]), isCompared: !rank[index].isNaN, probability: risk[index],
        pastRecord: pastRecord[index], soilWater: soilWater[index]
      )
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
