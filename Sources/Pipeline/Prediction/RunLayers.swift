import Forecasting
import Mesh
import SoilWater

/// What the products of a run show, one value a cell of the area: all that is kept of its parts.
struct RunLayers {
  /// The area's cells on its grid.
  let cells: CellSet
  /// The values of each layer that the run has, by its name.
  private var columns: [String: [Float]] = [:]
  /// Mean elevation of the area and the land around it, m.
  private(set) var elevation: Layer<Float>
  /// Each hour from the analysis on; empty for an observed day.
  private(set) var leads: [Lead] = []
  /// Days of the past that the run is compared with: all that any part knows.
  private(set) var pastDays: [JSTDay] = []
  /// Valid past days of the unit that has most.
  private(set) var referenceDays = 0

  /// The forecast of one valid time of a run as of a time.
  struct Lead {
    let validTime: JSTHour
    var probability: [Float]
    var level: [UInt8]
  }

  init(_ project: Project) {
    cells = CellSet(project.area.cells)
    elevation = Layer(grid: project.grid, filledWith: .nan)
  }

  /// The values of a layer, `NaN` for none; `nil` where the run has no such layer.
  subscript(layer: OutputLayer) -> [Float]? { columns[layer.description.name] }

  /// The values of a layer that every run has.
  private func values(_ layer: OutputLayer) -> [Float] {
    self[layer] ?? [Float](repeating: .nan, count: cells.count)
  }

  private func classes(_ layer: OutputLayer) -> [UInt8] { values(layer).map { $0.isNaN ? 0 : UInt8($0) } }

  var probability: [Float] { values(.risk) }
  /// 1 ... 5; 0 without a forecast.
  var level: [UInt8] { classes(.level) }
  /// Highest soil water index, mm.
  var soilWaterMaximum: [Float] { values(.soilWater) }
  /// As in `SoilWaterAnomaly`.
  var anomaly: [Float] { values(.anomaly) }
  var rank: [Float] { values(.rank) }
  var worstHour: [UInt8] { classes(.worstHour) }
  var hasClimatology: [Bool] { values(.climatologyKnown).map { $0 == 1 } }
  /// The highest soil water index in parts of the highest that the cell has survived on earlier days.
  var pastRecord: [Float] { values(.pastRecord) }
  /// Place of the soil water index among the cell's rain events on earlier days, 11 for below ten; 0 without events.
  var eventRank: [UInt8] { classes(.eventRank) }
  /// The day of the event that it comes after.
  var eventDay: [JSTDay?] { values(.eventDay).map { $0.isNaN ? nil : JSTDay(daysSince1970: Int($0)) } }
  /// Where a cell stands among its rain events, by its index on the grid.
  func eventPlace(at index: Int) -> EventPlace? {
    cells.place(of: index).flatMap {
      EventPlace(rank: Int(eventRank[$0]), after: eventDay[$0], recordDays: values(.recordDays)[$0])
    }
  }
  /// Raw values of `SoilWaterFlag`.
  var flags: [UInt8] { classes(.quality) }
  var missingHours: [UInt8] { classes(.missingHours) }
  /// Earlier days of the record of the cell that has most.
  var longestRecord: Int { values(.recordDays).reduce(0) { $1 > Float($0) ? Int($1) : $0 } }

  /// A layer of the area's grid, `NaN` outside the area.
  func layer(_ values: [Float]) -> Layer<Float> { cells.scatter(values, fill: .nan) }

  /// Takes in what was found for a part of the area.
  ///
  /// - Parameters:
  ///   - part: The area cut to the part.
  ///   - evidence: Of the part.
  ///   - scored: Its last valid time, and each where there are several.
  ///   - ground: Elevation on the part's grid.
  mutating func add(_ part: Project, _ evidence: RiskEvidence, _ scored: ScoredPart, elevation ground: Layer<Float>) {
    let (inner, wide) = (CellSet(part.area.cells), CellSet(part.cells))
    let places = cells.places(of: inner)
    /// Values on the part's area grid or on its wider grid, to their places.
    func put<Value>(_ values: [Value], _ target: inout [Value]) {
      let found = (values.count == inner.grid.count ? inner : wide).gather(values[...])
      for (place, value) in zip(places, found) { target[place] = value }
    }
    for layer in OutputLayer.files.joined() {
      guard let found = layer.values(evidence, scored) else { continue }
      put(found, &columns[layer.description.name, default: [Float](repeating: .nan, count: cells.count)])
    }
    elevation.replace(with: ground)
    if leads.isEmpty {
      leads = scored.leads.map {
        Lead(
          validTime: $0.validTime, probability: [Float](repeating: .nan, count: cells.count),
          level: [UInt8](repeating: 0, count: cells.count))
      }
    }
    for (place, lead) in scored.leads.enumerated() {
      put(lead.probability.values, &leads[place].probability)
      put(lead.level.values, &leads[place].level)
    }
    if evidence.climatology.days != pastDays { pastDays = Set(pastDays).union(evidence.climatology.days).sorted() }
    referenceDays = max(referenceDays, evidence.climatology.members.map(\.rank.days).max() ?? 0)
  }
}

extension Layer {
  /// Takes over the values of a layer where both have cells.
  fileprivate mutating func replace(with part: Layer) {
    guard let common = grid.intersection(part.grid) else { return }
    for row in common.south..<common.north {
      let from = (part.grid.north - 1 - row) * part.grid.width + common.west - part.grid.west
      let to = (grid.north - 1 - row) * grid.width + common.west - grid.west
      values.replaceSubrange(to..<to + common.width, with: part.values[from..<from + common.width])
    }
  }
}
