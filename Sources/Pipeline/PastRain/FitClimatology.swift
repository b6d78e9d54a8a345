import Forecasting
package import Mesh
import SoilWater

/// What `lsmap soilwater fit` found.
package struct ClimatologyReport: Codable, Sendable, Equatable {
  /// A candidate for the critical line (METHOD 2.4), all units together.
  package struct Contour: Codable, Sendable, Equatable {
    package var cover: Float
    /// Share of the landslide events that reach it; `nil` without landslides.
    package var hits: Double?
    /// Events without landslide that reach it, a year and unit.
    package var eventsPerYear: Double
  }

  package var path: String
  package var firstDay: String
  package var lastDay: String
  package var days: Int
  package var units: Int
  package var unitsWithoutPast: Int
  /// Whether the record is long enough for return periods, ten years.
  package var hasReturnPeriods: Bool
  package var criticalLevel: Float
  package var contours: [Contour]
  /// Landslides of the inventory on days of the reference; 0 without inventory.
  package var landslides: Int
  /// Rain events with a landslide in their unit: left out of the line and the ranks.
  package var eventsLeftOut: Int
  /// File of the contours; `nil` when none was asked for.
  package var contourFile: String?

  package var words: String {
    var lines = [
      "past rain of \(days) days, \(firstDay) to \(lastDay), \(units) units of 5 x 5 cells, \(unitsWithoutPast) without any"
    ]
    lines.append(
      landslides == 0
        ? "no landslides left out"
        : "\(landslides) landslides: \(eventsLeftOut) rain events left out with their days")
    lines.append("cover   events a year and unit   share of landslide events")
    for contour in contours {
      let mark = contour.cover == criticalLevel ? "  <- critical line" : ""
      let hits = contour.hits.map { rounded(Float($0), 2) } ?? "-"
      lines.append("\(contour.cover)     \(rounded(Float(contour.eventsPerYear), 3))   \(hits)\(mark)")
    }
    if let best = contours.compactMap(\.hits).max(), best < 0.8 {
      lines.append("no contour catches 80 % of the landslide events: the innermost is taken")
    }
    lines.append("\(hasReturnPeriods ? "with" : "no") return periods (ten years needed)")
    return (lines + [path] + [contourFile].compactMap { $0 }).joined(separator: "\n")
  }
}

/// What `lsmap soilwater fit` is asked for.
package struct ClimatologyRequest: Sendable {
  package var from: JSTDay?
  package var to: JSTDay?
  package var leavingOutYear: Int?
  /// Counts rain events with landslides as survived, although there is an inventory.
  package var keepsLandslides = false
  /// CSV for the contours of every unit.
  package var contours: String?

  package init() {}
}

extension Project {
  /// Fits the past of the area and stores it; later predictions of days it has not seen use it.
  package func fitClimatology(_ request: ClimatologyRequest) throws -> ClimatologyReport {
    let (_, range) = try archiveDays(from: request.from, to: request.to)
    var landslides: [LandslideDay] = []
    if catalogue.inventory != nil {
      landslides = try inventory().events.map { LandslideDay(cell: $0.code, day: $0.day) }
    }
    let reference = request.leavingOutYear.map(ReferenceDays.excludingYear) ?? .all
    landslides = landslides.filter { range.contains($0.day) && reference.contains($0.day) }
    if request.keepsLandslides { landslides = [] }
    let run = try soilWaterRun()
    _ = try states(through: range.upperBound)
    let fitted = try gatherPast(range).fit(
      reference.before(range.upperBound.advanced(by: 1)), landslides: landslides, parameters: run.field.parameters)
    let leftOut = fitted.members.reduce(0) { $0 + $1.disasters }
    try ClimatologyFile.write(
      fitted, to: workspace.climatology,
      provenance: [
        "area": area.name, "rain.from": "\(range.lowerBound)", "rain.through": "\(range.upperBound)",
        "rain.digest": try rainDigest(of: range), "reference": reference.canonicalText,
        "landslides": request.keepsLandslides
          ? "counted as any other day" : "\(landslides.count) in \(leftOut) events left out",
        "inventory": catalogue.inventory?.path ?? "none",
      ])
    if let path = request.contours { try writeContours(of: fitted, to: path) }
    console.end()
    let whole = fitted.members.indices.filter(fitted.units.isWhole)
    return ClimatologyReport(
      path: workspace.climatology, firstDay: fitted.days.first.map { "\($0)" } ?? "",
      lastDay: fitted.days.last.map { "\($0)" } ?? "", days: fitted.days.count, units: whole.count,
      unitsWithoutPast: whole.count { !fitted.members[$0].hasClimatology },
      hasReturnPeriods: fitted.members.contains { $0.annualMaxima != nil }, criticalLevel: fitted.criticalLine().level,
      contours: fitted.contours().map {
        ClimatologyReport.Contour(cover: $0.level, hits: $0.hits, eventsPerYear: $0.exceedances)
      },
      landslides: landslides.count, eventsLeftOut: leftOut, contourFile: request.contours)
  }
}
