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

  /// The rain of an hour where it is needed: on the grid of the cells, `NaN` at others where that saves work.
  func field(ending hour: JSTHour, at cells: CellSet) throws(RasterError) -> RainField?

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
  package func field(ending hour: JSTHour, at cells: CellSet) throws(RasterError) -> RainField? {
    try field(ending: hour, on: cells.grid)
  }
  package func origin(of hour: JSTHour) -> RainOrigin? { nil }
  package func irregularities(of day: JSTDay) -> [RainIrregularity] { [] }
}

/// The rain of one hour on a grid, and how far away it was measured.
package struct RainField: Sendable {
  /// mm in the hour; `NaN` where unknown.
  package var rain: Layer<Float>
  /// Distance to the nearest gauge that reported, km; `nil` for a source that is a field by itself.
  package var gaugeDistance: Layer<Float>?

  package init(rain: Layer<Float>, gaugeDistance: Layer<Float>? = nil) {
    self.rain = rain
    self.gaugeDistance = gaugeDistance
  }
}

/// Something wrong with the hours of a source that does not stop the import.
package struct RainIrregularity: Hashable, Codable, Sendable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// An hour given a second time with the same values.
    case duplicate
    /// An hour given a second time with other values: the first is kept.
    case conflict
    /// An hour that comes after a later one.
    case outOfOrder
    /// A time that is not on the hour: not used.
    case shifted
    /// A value below zero: missing.
    case negative
    /// A series of a station that the station table does not know: not used.
    case unknownStation
    /// A gauge without rain on a day when all gauges around it had much.
    case silent
    /// Hours that lie some hours beside those imported before.
    case moved
    /// A file or field that does not hold hourly totals: not used.
    case notATotal
  }

  package let kind: Kind
  /// The file it stands in.
  package let file: String
  /// The time, station or value it is about.
  package let subject: String

  package init(_ kind: Kind, file: String, subject: String) {
    self.kind = kind
    self.file = file
    self.subject = subject
  }
}
