import Forecasting
import Mesh
import SoilWater

/// What the products of a run show, one value a cell of the area: all that is kept of its parts.
struct RunLayers {
  /// The area's cells on its grid.
  let cells: CellSet
  private(set) var probability: [Float]
  /// 1 ... 5; 0 without a forecast.
  private(set) var level: [UInt8]
  /// `Driver`, 0 without a forecast; `nil` where the method has none.
  private(set) var drivers: [UInt8]?
  /// Highest soil water index, mm.
  private(set) var soilWaterMaximum: [Float]
  /// Raw values of `SoilWaterFlag`.
  private(set) var flags: [UInt8]
  private(set) var missingHours: [UInt8]
  private(set) var filledHours: [UInt8]
  /// Hours of the network's window without an observation.
  private(set) var windowGaps: [UInt8]
  /// As in `SoilWaterAnomaly`.
  private(set) var anomaly: [Float]
  private(set) var uncovered: [Float]
  private(set) var rank: [Float]
  private(set) var returnPeriod: [Float]
  /// The highest soil water index in parts of the highest that the cell has survived on earlier days.
  private(set) var pastRecord: [Float]
  /// Rank of the highest soil water index among the cell's own earlier days.
  private(set) var earlierRank: [Float]
  /// Earlier days of the cell's record.
  private(set) var recordDays: [Float]
  private(set) var worstHour: [UInt8]
  private(set) var hasClimatology: [Bool]
  /// km; `nil` where rain is no gauge rain.
  private(set) var gaugeDistance: [Float]?
  /// Mean elevation of the area and the land around it, m.
  private(set) var elevation: Layer<Float>
  /// Each hour from the analysis on; empty for an observed day.
  private(set) var leads: [Lead] = []
  /// Days of the past that the run is compared with.
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
    let (unknown, none) = ([Float](repeating: .nan, count: cells.count), [UInt8](repeating: 0, count: cells.count))
    (probability, soilWaterMaximum, anomaly, uncovered) = (unknown, unknown, unknown, unknown)
    (rank, returnPeriod) = (unknown, unknown)
    (pastRecord, earlierRank, recordDays) = (unknown, unknown, unknown)
    (level, missingHours, filledHours, windowGaps, worstHour) = (none, none, none, none, none)
    flags = [UInt8](repeating: SoilWaterFlag.uncovered.rawValue, count: cells.count)
    hasClimatology = [Bool](repeating: false, count: cells.count)
  }

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
    let (inputs, forecast) = (scored.inputs, scored.forecast)
    put(forecast.probability.values, &probability)
    put(forecast.level.values, &level)
    if let found = forecast.drivers {
      var all = drivers ?? [UInt8](repeating: 0, count: cells.count)
      put(found.values, &all)
      drivers = all
    }
    let record = inputs.soilWater
    put(record.maximum, &soilWaterMaximum)
    put(record.flags, &flags)
    put(record.missingHours, &missingHours)
    put(record.filledHours, &filledHours)
    put(inputs.network.missingHours.values, &windowGaps)
    put(inputs.anomaly.anomaly, &anomaly)
    put(inputs.anomaly.uncovered, &uncovered)
    put(inputs.anomaly.rank, &rank)
    put(inputs.anomaly.returnPeriod, &returnPeriod)
    put(inputs.memory.ratio(.soilWater), &pastRecord)
    put(Array(inputs.memory.ranks.prefix(inputs.memory.cells)), &earlierRank)
    put(inputs.memory.recordDays.map(Float.init), &recordDays)
    put(inputs.anomaly.worstHour, &worstHour)
    put(inputs.anomaly.hasClimatology, &hasClimatology)
    if let distance = evidence.gaugeDistance {
      var all = gaugeDistance ?? [Float](repeating: .nan, count: cells.count)
      put(distance.values, &all)
      gaugeDistance = all
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
    pastDays = evidence.climatology.days
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
