package import Mesh
package import Statistics

/// Hourly rain as some provider has it: totals in mm of the hours that end at JST hours.
///
/// Units, zones and accumulations are converted inside the source; nothing outside sees anything but mm in the hour.
/// Several threads ask one source at a time: each call opens what it needs.
package protocol RainSource: Sendable {
  /// What it is, for reports and tags: `stations`, `NetCDF`.
  var name: String { get }
  /// The hours it can give, ascending, each once.
  var hours: [JSTHour] { get }
  /// What was odd about its times and values when it was opened.
  var irregularities: [RainIrregularity] { get }

  /// The rain of an hour on a grid; `nil` where the source does not hold the hour.
  func field(ending hour: JSTHour, on grid: MeshGrid) throws(RasterError) -> RainField?

  /// The rain of a day where it is needed; an hour that the source does not hold, or of which no cell has a value, is missing.
  func rain(of day: JSTDay, at cells: CellSet) throws(RasterError) -> RainDay

  /// Where a forecast hour comes from; `nil` where the source does not tell a forecast from an analysis.
  func origin(of hour: JSTHour) -> RainOrigin?

  /// What is odd about the values of a day.
  func irregularities(of day: JSTDay) -> [RainIrregularity]

  /// A digest of everything the day's rain comes from: equal digests mean that importing again would change nothing.
  func fingerprint(of day: JSTDay) -> SHA256
}

/// The file of an hour and when it was issued.
package struct RainOrigin: Hashable, Sendable {
  package let path: String
  /// Seconds of Unix time.
  package let issuedAt: Int
}

extension RainSource {
  package func origin(of hour: JSTHour) -> RainOrigin? { nil }
  package func irregularities(of day: JSTDay) -> [RainIrregularity] { [] }
}

/// The rain of one hour on a grid, and how far away it was measured.
package struct RainField: Sendable {
  /// mm in the hour; `NaN` where unknown.
  package var rain: Layer<Float>
  /// Distance to the nearest gauge that reported, km; `nil` for a source that is a field by itself.
  package var gaugeDistance: Layer<Float>?
  /// What the gate found in the hour's values.
  package var findings: [RainIrregularity]

  package init(rain: Layer<Float>, gaugeDistance: Layer<Float>? = nil, findings: [RainIrregularity] = []) {
    self.rain = rain
    self.gaugeDistance = gaugeDistance
    self.findings = findings
  }
}
