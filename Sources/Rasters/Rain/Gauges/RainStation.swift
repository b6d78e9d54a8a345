import Foundation

/// A rain gauge and where it stands.
package struct RainStation: Hashable, Sendable {
  package let id: String
  package let name: String
  /// Degrees.
  package let latitude: Double
  package let longitude: Double
  /// m above the sea; `nil` where unknown.
  package let altitude: Double?

  package init(id: String, name: String = "", latitude: Double, longitude: Double, altitude: Double? = nil) {
    self.id = id
    self.name = name
    self.latitude = latitude
    self.longitude = longitude
    self.altitude = altitude
  }
}

/// Reads a table of stations: CSV with a header, columns found by their names.
///
/// Known names (case ignored): `amdno`, `id`, `station` or `number`; `lat` or `latitude`; `lon` or `longitude`; `alt`,
/// `alt_m`, `altitude`, `elevation` (optional); `name`, `name_ja` (optional). Coordinates are decimal degrees.
///
/// JMA's own table of AMeDAS, `amedastable.json`, is read as it is.
///
/// - Parameter path: Any path GDAL's file system reads.
/// - Returns: The stations in the file's order.
/// - Throws: What reading throws; `malformed` when a column is missing, a coordinate is none, or an id stands twice.
package func readStations(_ path: String) throws(RasterError) -> [RainStation] {
  try PlainFile.refusePipes(path)
  if FileSignature.firstBytes(of: path)?.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
    return try readAMeDASStations(path, try VirtualFile.bytes(of: path))
  }
  var rows = try DelimitedRecords(reading: path)
  var fields: [Range<Int>] = []
  guard rows.next(&fields) else {
    throw .malformed(path: path, reason: "it is empty", remedy: "give a table of stations with id, lat, lon")
  }
  let header = fields.map { rows.text(of: $0).lowercased() }
  func column(_ names: String...) -> Int? { names.lazy.compactMap { header.firstIndex(of: $0) }.first }
  guard let id = column("amdno", "id", "station", "number"), let latitude = column("lat", "latitude"),
    let longitude = column("lon", "lng", "longitude")
  else {
    throw .malformed(
      path: path, reason: "no columns for id, lat and lon among \(header.prefix(12).joined(separator: ", "))",
      remedy: "name them id, lat, lon")
  }
  let altitude = column("alt", "alt_m", "altitude", "elevation")
  let name = column("name_ja", "name")
  var stations: [RainStation] = []
  var seen: Set<String> = []
  while rows.next(&fields) {
    func value(_ column: Int?) -> String {
      column.flatMap { $0 < fields.count ? rows.text(of: fields[$0]) : nil } ?? ""
    }
    guard let north = Double(value(latitude)), let east = Double(value(longitude)), (-90...90).contains(north),
      (-180...360).contains(east)
    else {
      throw .malformed(
        path: path, reason: "line \(rows.line) has the position \(value(latitude)), \(value(longitude))",
        remedy: "give decimal degrees")
    }
    guard seen.insert(value(id)).inserted else {
      throw .malformed(
        path: path, reason: "station \(value(id)) stands twice, again on line \(rows.line)",
        remedy: "keep one row a station")
    }
    stations.append(
      RainStation(
        id: value(id), name: value(name), latitude: north, longitude: east, altitude: Double(value(altitude))))
  }
  return stations
}
