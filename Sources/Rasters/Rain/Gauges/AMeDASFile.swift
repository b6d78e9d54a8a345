import Foundation

/// Readings of gauges as the Japan Meteorological Agency's page shows AMeDAS: JSON of all stations at a time (`map/20230815010000.json`)
/// or of one station at many times (`point/44132/20230815_00.json`), and the table of the stations (`amedastable.json`).
///
/// Of each the rain of the hour before is taken, `precipitation1h: [mm, quality]`, where its quality is 0 (normal). Times are JST; those
/// between full hours are passed over: their hour is none of the clock's.
/// - Source: files of www.jma.go.jp/bosai/amedas; the agency documents no format and may change it.
struct AMeDASFile {
  let stations: [String]
  let rows: [StationRow]

  /// What a file may have: all stations with all elements are 1 MB.
  private static let mostBytes = 64 << 20

  /// - Returns: `nil` for a file that is no JSON.
  /// - Throws: What reading throws; `malformed` for JSON of another kind.
  init?(_ path: String) throws(RasterError) {
    try PlainFile.refusePipes(path)
    guard let first = FileSignature.firstBytes(of: path)?.first(where: { $0 > 32 }), first == UInt8(ascii: "{") else {
      return nil
    }
    let bytes = try VirtualFile.bytes(of: path, limit: Self.mostBytes)
    guard let table = try? JSONDecoder().decode([String: Reading].self, from: Data(bytes)), !table.isEmpty else {
      throw .malformed(
        path: path, reason: "is JSON, but no readings of AMeDAS",
        remedy: "give files of bosai/amedas/data, map or point, or a CSV of gauges")
    }
    let keys = table.keys.sorted()
    if keys.allSatisfy({ $0.count == 14 }) {
      let named = Set(table.values.map(\.station))
      guard named.count == 1, let station = named.first, let station else {
        throw .malformed(path: path, reason: "does not say its station", remedy: RasterError.fetchAgain)
      }
      stations = [station]
      rows = keys.enumerated().compactMap { place, key in
        Self.fullHour(key).map { StationRow(line: place + 1, time: $0, readings: [table[key]?.rain ?? ""]) }
      }
    } else {
      let name = path.split(separator: "/").last ?? ""
      let digits = name.prefix { $0.isASCII && $0.isNumber }
      guard digits.count == 14 else {
        throw .malformed(
          path: path, reason: "is of all stations at a time that its name does not say",
          remedy: "name it by its time in JST, as 20230815010000.json")
      }
      stations = keys
      rows =
        Self.fullHour(String(digits)).map {
          [StationRow(line: 1, time: $0, readings: keys.map { table[$0]?.rain ?? "" })]
        } ?? []
    }
  }

  /// `2023-08-15T01:00` of `20230815010000`; `nil` between full hours.
  private static func fullHour(_ digits: String) -> String? {
    guard digits.hasSuffix("0000") else { return nil }
    let part = { (from: Int, count: Int) in String(digits.dropFirst(from).prefix(count)) }
    return "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):00"
  }

  private struct Reading: Decodable {
    let prefNumber: Int?
    let observationNumber: Int?
    let precipitation1h: [Double?]?

    /// The number of the station: that of its prefecture and three digits.
    var station: String? {
      guard let prefNumber, let observationNumber, (0...99).contains(prefNumber), (0...999).contains(observationNumber)
      else { return nil }
      let number = String(1_000 + observationNumber).dropFirst()
      return "\(prefNumber)\(number)"
    }

    /// As a table of gauges has it; empty where it is missing or of any quality but normal.
    var rain: String {
      guard let precipitation1h, precipitation1h.count == 2, precipitation1h[1] == 0, let amount = precipitation1h[0]
      else { return "" }
      return "\(amount)"
    }
  }
}

/// The time and the readings of a row of a table that has no plain columns.
struct StationRow {
  /// For errors.
  let line: Int
  let time: String
  /// A number or nothing, one a station.
  let readings: [String]
}

/// The table of the stations that goes with `AMeDASFile`: places in degrees and minutes.
///
/// - Parameters:
///   - path: `amedastable.json`.
///   - bytes: Its contents.
/// - Returns: The stations in the order of their numbers.
/// - Throws: `malformed` for other JSON and for places that cannot be.
func readAMeDASStations(_ path: String, _ bytes: [UInt8]) throws(RasterError) -> [RainStation] {
  struct Station: Decodable {
    let lat: [Double]
    let lon: [Double]
    let alt: Double?
    let kjName: String?
  }
  guard let table = try? JSONDecoder().decode([String: Station].self, from: Data(bytes)), !table.isEmpty else {
    throw .malformed(
      path: path, reason: "is JSON, but no table of AMeDAS stations",
      remedy: "give amedastable.json, or a CSV with id, lat, lon")
  }
  var stations: [RainStation] = []
  /// Degrees of degrees and minutes; `NaN` where they are none.
  func degrees(_ parts: [Double]) -> Double {
    guard parts.count == 2, parts[1] >= 0, parts[1] < 60 else { return .nan }
    return parts[0] + parts[1] / 60
  }
  for (id, station) in table.sorted(by: { $0.key < $1.key }) {
    let (latitude, longitude) = (degrees(station.lat), degrees(station.lon))
    guard (-90...90).contains(latitude), (-180...360).contains(longitude) else {
      throw .malformed(
        path: path, reason: "station \(id) has the position \(station.lat), \(station.lon)",
        remedy: RasterError.fetchAgain)
    }
    stations.append(
      RainStation(
        id: id, name: station.kjName ?? "", latitude: latitude, longitude: longitude, altitude: station.alt))
  }
  return stations
}
