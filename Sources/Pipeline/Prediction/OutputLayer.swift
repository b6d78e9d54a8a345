import Evaluation
import Mesh
import Rasters
import SoilWater

/// A band that `predict` writes: what it is, and where in a part of the run its values lie. The one place that a new
/// layer is told to: storage, files, styles, metadata, STAC and the tables of the documents are made from these rows.
struct OutputLayer: Sendable {
  /// What a band's value speaks of.
  enum Span {
    /// The 24 hours of the run.
    case run
    /// The last day that is analysed to its end.
    case analysedDay
  }

  let description: LayerDescription
  let span: Span
  /// How the file is thinned out where this is its first band.
  let overviews: LayerFile.Overviews
  /// A value a cell of the part's area grid or of its wider grid, `NaN` for none; `nil` where the run has no such layer.
  let values: @Sendable (RiskEvidence, ScoredPart) -> [Float]?

  init(
    _ description: LayerDescription, span: Span = .run, overviews: LayerFile.Overviews = .greatest,
    values: @escaping @Sendable (RiskEvidence, ScoredPart) -> [Float]?
  ) {
    self.description = description
    self.span = span
    self.overviews = overviews
    self.values = values
  }
}

extension OutputLayer {
  /// The bands of each file, in the order in which they are written. The first gives the file its name and its style.
  static let files: [[OutputLayer]] = [
    [level],
    [risk],
    // q and what it is made of (METHOD 2.3), then what the cell itself has survived (METHOD 2.7).
    [
      anomaly, uncovered, rank, returnPeriod, worstHour, pastRecord, earlierRank, recordDays, lowerTanksRank,
      eventDay,
    ],
    eventRanks,
    [soilWater],
    returnValues,
    [drivers],
    [uncertainty],
    [quality, missingHours, filledHours, windowGaps, climatologyKnown, forecastHours, gaugeDistance],
  ]

  /// Its names of classes are those of a measured recall: a run whose levels are not measured says so in its own.
  static let level = OutputLayer(Levels.layer(isMeasured: true, in: .english)) { classes($1.forecast.level.values) }
  static let risk = OutputLayer(.risk) { $1.forecast.probability.values }
  static let soilWater = OutputLayer(.soilWaterIndex) { $1.inputs.soilWater.maximum }

  static let anomaly = OutputLayer(.anomaly) { $1.inputs.anomaly.anomaly }
  static let uncovered = OutputLayer(
    LayerDescription(
      name: "q_rbf", title: "Outside the states survived (q_rbf)", japanese: "既往の範囲からの逸脱 (q_rbf)", unit: "1",
      validRange: 0...1)
  ) { $1.inputs.anomaly.uncovered }
  static let rank = OutputLayer(
    LayerDescription(
      name: "rank", title: "Historical rank of the soil water index", japanese: "土壌雨量指数の既往順位", unit: "1",
      validRange: 0...1)
  ) { $1.inputs.anomaly.rank }
  static let returnPeriod = OutputLayer(
    LayerDescription(
      name: "return_period", title: "Return period of the soil water index", japanese: "土壌雨量指数の再現期間", unit: "a",
      validRange: 0...100_000)
  ) { $1.inputs.anomaly.returnPeriod }
  /// The index that comes back every so many years, as far as the record reaches (METHOD 2.3).
  static let returnValues = Climatology.returnPeriods.enumerated().map { place, period in
    OutputLayer(
      LayerDescription(
        name: place == 0 ? LayerDescription.returnValuesName : "swi_\(Int(period))_years",
        title: "Soil water index of a return period of \(Int(period)) years",
        japanese: "再現期間\(Int(period))年の土壌雨量指数", unit: "mm", validRange: 0...10_000)
    ) { _, scored in
      let anomaly = scored.inputs.anomaly
      let values = anomaly.returnValues.dropFirst(place * anomaly.grid.count).prefix(anomaly.grid.count)
      return values.allSatisfy(\.isNaN) ? nil : Array(values)
    }
  }
  static let worstHour = OutputLayer(
    LayerDescription(
      name: "worst_hour", title: "Hour of the worst state, JST", japanese: "最悪となった時刻（日本時間）", unit: "h",
      validRange: 0...24)
  ) { $1.inputs.anomaly.worstHour.map(Float.init) }
  static let pastRecord = OutputLayer(.pastRecord) { $1.inputs.memory.ratio(.soilWater) }
  static let earlierRank = OutputLayer(
    LayerDescription(
      name: "earlier_rank", title: "Rank of the soil water index among the cell's own earlier days",
      japanese: "土壌雨量指数の自セルの過去日に対する順位", unit: "1",
      validRange: 0...1)
  ) { Array($1.inputs.memory.ranks.prefix($1.inputs.memory.cells)) }
  static let recordDays = OutputLayer(
    LayerDescription(
      name: "record_days", title: "Earlier days of the cell's record", japanese: "自セルの記録の過去日数", unit: "d",
      validRange: 0...100_000)
  ) { $1.inputs.memory.recordDays.map(Float.init) }

  static let lowerTanksRank = OutputLayer(
    LayerDescription(
      name: "lower_rank", title: "Rank of the water in tanks 2 and 3 among the cell's own earlier days",
      japanese: "第2・第3タンク貯留量の自セルの過去日に対する順位", unit: "1", validRange: 0...1)
  ) { Array($1.inputs.memory.ranks.dropFirst($1.inputs.memory.cells).prefix($1.inputs.memory.cells)) }

  /// Among the cell's own rain events on earlier days, 24 dry hours apart (METHOD 2.7).
  static let eventRank = eventRanks[0]
  /// By each measure of what a cell survives, the soil water index first.
  static let eventRanks = MemoryIndex.allCases.map { index in
    OutputLayer(index == .soilWater ? .eventRank : .eventRank(by: index), overviews: .least) { _, scored in
      let memory = scored.inputs.memory
      return (0..<memory.cells).map { memory.event(index, of: $0).map { Float($0.rank) } ?? .nan }
    }
  }
  static let eventDay = OutputLayer(
    LayerDescription(
      name: "event_day", title: "Day of the rain event that the soil water index comes after, since 1970-01-01",
      japanese: "土壌雨量指数の直上の既往事例の日（1970-01-01からの日数）", unit: "d", validRange: -100_000...100_000)
  ) { _, scored in
    let memory = scored.inputs.memory
    return (0..<memory.cells).map { memory.event(.soilWater, of: $0).map { Float($0.after.daysSince1970) } ?? .nan }
  }

  static let drivers = OutputLayer(
    LayerDescription(
      name: "drivers", title: "What speaks for the risk of a cell", japanese: "リスクの主な要因", unit: "", storage: .byte,
      validRange: 1...4,
      words: .drivers),
    overviews: .usual
  ) { $1.forecast.drivers.map { classes($0.values) } }

  /// Only where the model is an ensemble.
  static let uncertainty = OutputLayer(.uncertainty) { $1.forecast.spread?.values }

  /// The trust flag, in fixed classes whatever the day has.
  static let quality = OutputLayer(
    LayerDescription(
      name: "quality", title: "Data quality: trust in the soil water", japanese: "品質: 土壌雨量の信頼度", unit: "",
      validRange: 0...4, words: .quality)
  ) { $1.inputs.soilWater.flags.map(Float.init) }
  static let missingHours = OutputLayer(
    LayerDescription(
      name: "missing_hours", title: "Hours without rain observation in the last 240", japanese: "直近240時間の雨量欠測時間数",
      unit: "h", validRange: 0...240)
  ) { $1.inputs.soilWater.missingHours.map(Float.init) }
  static let filledHours = OutputLayer(
    LayerDescription(
      name: "filled_hours", title: "Hours of the day filled from their neighbours", japanese: "前後から補った時間数", unit: "h",
      validRange: 0...24)
  ) { $1.inputs.soilWater.filledHours.map(Float.init) }
  static let windowGaps = OutputLayer(
    LayerDescription(
      name: "window_gaps", title: "Hours without rain observation in the network's window of rain",
      japanese: "ネットワークの雨量窓の欠測時間数", unit: "h",
      validRange: 0...240)
  ) { $1.inputs.network.missingHours.values.map(Float.init) }
  static let climatologyKnown = OutputLayer(
    LayerDescription(
      name: "climatology", title: "Past rain known (1) or not (0)", japanese: "過去の雨量の有無 (1/0)", unit: "1",
      validRange: 0...1)
  ) { $1.inputs.anomaly.hasClimatology.map { $0 ? 1 : 0 } }
  static let forecastHours = OutputLayer(
    LayerDescription(
      name: "forecast_hours", title: "Hours of the 24 whose rain is forecast", japanese: "24時間のうち予報雨量の時間数", unit: "h",
      validRange: 0...24)
  ) { evidence, scored in
    let horizon = evidence.rain.horizon
    guard horizon.asOf != nil else { return nil }
    let hours = Float((horizon.start.advanced(by: 1)...horizon.end).count { horizon.forecast(of: $0) != nil })
    return scored.inputs.soilWater.flags.map { $0 == SoilWaterFlag.uncovered.rawValue ? .nan : hours }
  }
  static let gaugeDistance = OutputLayer(.gaugeDistance, span: .analysedDay) { evidence, _ in
    evidence.gaugeDistance?.values
  }

  /// The layer whose band has a name; a run as of a time tells its hours behind the title.
  static func named(_ band: String) -> OutputLayer? {
    files.joined().first { layer in
      [layer.description.title, layer.description.japanese].contains {
        band == $0 || band.hasPrefix($0 + ";") || band.hasPrefix($0 + ",")
      }
    }
  }

  /// The line of a table of layers: file and the titles of its bands.
  static func row(of bands: [OutputLayer]) -> String {
    let titles = bands.map { layer in
      layer.description.title + (["", "1"].contains(layer.description.unit) ? "" : ", \(layer.description.unit)")
    }
    return "| `\(bands[0].description.name).tif` | \(titles.joined(separator: "; ")) |"
  }

  /// Its place in its file, from 0; only later bands can be absent from a run.
  var bandOfFile: Int? {
    Self.files.lazy.compactMap { rows in rows.firstIndex { $0.description.name == description.name } }.first
  }

  /// Classes, of which 0 is none.
  private static func classes(_ values: [UInt8]) -> [Float] { values.map { $0 == 0 ? .nan : Float($0) } }
}

extension LayerDescription {
  static func eventRank(by index: MemoryIndex) -> LayerDescription {
    LayerDescription(
      name: "\(eventRank.name)_\(index.name.lowercased().replacing("+", with: "_"))",
      title: "Rank of the \(index.title) among earlier rain events",
      japanese: "\(index.japanese)の自セルの既往降雨事例に対する順位", unit: "", storage: .byte,
      validRange: eventRank.validRange, words: .eventRank)
  }

  // Of a run as of a time: a band a lead time instead of one.
  static let riskLeads = LayerDescription(
    name: "risk_leads", title: "Landslide risk by lead time", japanese: "予報時間別の土砂災害リスク", unit: "1", validRange: 0...1)
  static func levelLeads(_ level: LayerDescription) -> LayerDescription {
    LayerDescription(
      name: "level_leads", title: "\(level.title) by lead time", japanese: "予報時間別のリスクレベル", unit: "", storage: .byte,
      validRange: 1...5,
      words: ClassWords(said: level.classes))
  }
}
