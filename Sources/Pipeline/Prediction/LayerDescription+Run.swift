import Mesh

extension LayerDescription {
  // The bands of anomaly.tif after q.
  static let uncovered = LayerDescription(
    name: "q_rbf", title: "Outside the states survived (q_rbf)", unit: "1", validRange: 0...1)
  static let historicalRank = LayerDescription(
    name: "rank", title: "Historical rank of the soil water index", unit: "1", validRange: 0...1)
  static let returnPeriod = LayerDescription(
    name: "return_period", title: "Return period of the soil water index", unit: "a", validRange: 0...100_000)
  static let earlierRank = LayerDescription(
    name: "earlier_rank", title: "Rank of the soil water index among the cell's own earlier days", unit: "1",
    validRange: 0...1)
  static let recordDays = LayerDescription(
    name: "record_days", title: "Earlier days of the cell's record", unit: "d", validRange: 0...100_000)
  static let worstHour = LayerDescription(
    name: "worst_hour", title: "Hour of the worst state, JST", unit: "h", validRange: 0...24)

  // The bands of quality.tif.
  static let missingHours = LayerDescription(
    name: "missing_hours", title: "Hours without rain observation in the last 240", unit: "h", validRange: 0...240)
  static let windowGaps = LayerDescription(
    name: "window_gaps", title: "Hours without rain observation in the network's window of rain", unit: "h",
    validRange: 0...240)
  static let filledHours = LayerDescription(
    name: "filled_hours", title: "Hours of the day filled from their neighbours", unit: "h", validRange: 0...24)
  static let forecastHours = LayerDescription(
    name: "forecast_hours", title: "Hours of the 24 whose rain is forecast", unit: "h", validRange: 0...24)
  static let climatologyKnown = LayerDescription(
    name: "climatology", title: "Past rain known (1) or not (0)", unit: "1", validRange: 0...1)

  // A band a lead time, in a run as of a time.
  static let riskLeads = LayerDescription(
    name: "risk_leads", title: "Landslide risk by lead time", unit: "1", validRange: 0...1)
  static func levelLeads(_ level: LayerDescription) -> LayerDescription {
    LayerDescription(
      name: "level_leads", title: "\(level.title) by lead time", unit: "", storage: .byte, validRange: 1...5,
      classes: level.classes)
  }

  /// First band of quality.tif: the trust flag, in fixed classes whatever the day has.
  static let quality = LayerDescription(
    name: "quality", title: "Data quality: trust in the soil water", unit: "", validRange: 0...4,
    classes: [
      "observed", "single hours filled", "hours missing, taken as dry", "not valid: too many hours missing, or spin-up",
      "no rain cover",
    ], firstClass: 0)
  static let drivers = LayerDescription(
    name: "drivers", title: "What speaks for the risk of a cell", unit: "", storage: .byte, validRange: 1...4,
    classes: ["soil water", "rain of the last days", "ground", "nothing"])
}
