import Foundation
package import Mesh
package import Statistics
import Synchronization

/// Rain of gauges (AMeDAS style): CSV files with a row an hour and a column a station, and a table of the stations.
///
/// The first column is the JST time at which the hour ends, the others have station ids as headers; values are mm in the
/// hour. Blank and words such as `NA` or `///` are missing. Of several files the first speaks; later ones fill only what is
/// blank.
package struct StationRain: RainSource {
  package let name = "stations"
  package let stations: [RainStation]
  package let interpolation: StationInterpolation
  package let hours: [JSTHour]
  package let irregularities: [RainIrregularity]
  /// mm, shape `(hours, stations)`.
  private let values: [Float]
  private let rows: [JSTHour: Int]
  private let findings: [JSTDay: [RainIrregularity]]
  /// Digest of where the stations are and how they become a field.
  private let network: SHA256
  private let neighbours = NeighbourCache()
  private let neighbourhoods: GaugeNeighbourhoods

  /// - Parameters:
  ///   - files: Rain tables; a later one fills blanks of the earlier.
  ///   - stations: Table of the stations.
  ///   - interpolation: How gauges become a field.
  /// - Throws: What reading throws; `malformed` names the line.
  package init(
    files: [String], stations: String, interpolation: StationInterpolation = StationInterpolation()
  ) throws(RasterError) {
    let known = try readStations(stations)
    var table = StationSeries(stations: known)
    for file in files {
      do { try table.merge(file) } catch {
        guard files.count > 1, error.isDamage else { throw error }
        table.leaveOut(file, error)
      }
    }
    guard !table.rows.isEmpty else {
      throw .malformed(
        path: files.first ?? stations, reason: "there is no hour of rain in it",
        remedy: "give rain tables: first column the time, then a column a station")
    }
    self.init(known, table, interpolation)
  }

  private init(_ stations: [RainStation], _ table: StationSeries, _ interpolation: StationInterpolation) {
    self.stations = stations
    self.interpolation = interpolation
    hours = table.rows.keys.sorted()
    irregularities = table.irregularities
    findings = table.findings
    values = table.values
    rows = table.rows
    neighbourhoods = GaugeNeighbourhoods(stations)
    var network = SHA256()
    network.update("\(interpolation)".utf8)
    for station in stations {
      withUnsafeBytes(of: (station.latitude, station.longitude)) { network.update($0) }
    }
    self.network = network
  }

  /// The values of an hour, one a station, mm; `nil` where the tables lack the hour.
  package func readings(ending hour: JSTHour) -> ArraySlice<Float>? {
    rows[hour].map { values[$0 * stations.count..<($0 + 1) * stations.count] }
  }

  package func field(ending hour: JSTHour, on grid: MeshGrid) -> RainField? {
    guard let readings = readings(ending: hour) else { return nil }
    let found = reach(of: CellSet(grid)).hours([readings])
    return RainField(
      rain: Layer(grid: grid, values: found.rain), gaugeDistance: Layer(grid: grid, values: found.farthest))
  }

  package func rain(of day: JSTDay, at cells: CellSet) -> RainDay {
    let found = reach(of: cells).hours(day.hours.map(readings))
    return RainDay(
      rain: CellStack(cells: cells, bands: 24, values: found.rain), present: found.present,
      gaugeDistance: found.farthest)
  }

  private func reach(of cells: CellSet) -> StationNeighbours {
    neighbours.value(for: cells) { StationNeighbours(of: cells, stations: stations, by: interpolation) }
  }

  package func irregularities(of day: JSTDay) -> [RainIrregularity] {
    let silent = neighbourhoods.silent(day.hours.compactMap { readings(ending: $0) })
    return (findings[day] ?? [])
      + silent.map { station, around in
        RainIrregularity(
          .silent, file: name, subject: "\(stations[station].id) on \(day), \(around) mm or more around it")
      }
  }

  package func fingerprint(of day: JSTDay) -> SHA256 {
    var digest = network
    // Readings by the fast checksum: each morning looks through those of decades.
    for hour in day.hours {
      withUnsafeBytes(of: hour.hoursSince1970) { digest.update($0) }
      guard let sum = readings(ending: hour)?.withUnsafeBytes({ checksum($0) }) else { continue }
      withUnsafeBytes(of: sum) { digest.update($0) }
    }
    for finding in findings[day] ?? [] { digest.update(finding.subject.utf8) }
    return digest
  }
}

/// The neighbour table of the cells asked for last: an import asks for one set only.
private final class NeighbourCache: Sendable {
  private let last = Mutex<StationNeighbours?>(nil)

  func value(for cells: CellSet, make: () -> StationNeighbours) -> StationNeighbours {
    last.withLock { last in
      if let last, last.cells == cells { return last }
      let made = make()
      last = made
      return made
    }
  }
}
