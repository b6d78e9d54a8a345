import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

private let stationTable = """
  id,lat,lon,alt_m,name
  A,35.50,134.00,10,甲
  B,35.50,134.50,,乙
  C,35.10,134.20,300,丙
  """

private func source(
  _ files: [String], _ folder: ScratchFolder, interpolation: StationInterpolation = StationInterpolation()
) throws -> StationRain {
  let paths = try files.enumerated().map { try folder.write($1, to: "rain\($0).csv") }
  return try StationRain(
    files: paths, stations: folder.write(stationTable, to: "stations.csv"), interpolation: interpolation)
}

private func hour(_ text: String) throws -> JSTHour { try #require(JSTHour(text)) }

@Test func `a later table fills only what is blank`() throws {
  let rain = try source(
    ["time_jst,B,A,C\n2023-08-15T01:00,2.5,,\n", "time_jst,A,B\n2023-08-15T01:00,7,99\n2023-08-15T02:00,1,\n"],
    ScratchFolder())
  let first = try #require(rain.readings(ending: hour("2023-08-15T01:00")))
  #expect(first.elementsEqual([7, 2.5, .nan]) { $0 == $1 || $0.isNaN && $1.isNaN })
  #expect(rain.hours.map(\.hourOfDay) == [1, 2])
  #expect(rain.irregularities.isEmpty)
}

@Test func `odd times and values are used or left out, and always named`() throws {
  let rain = try source(
    [
      """
      time_jst,A,X
      2023-08-15T03:00,1,5
      2023-08-15T02:00,2,5
      2023-08-15T03:00,1,5
      2023-08-15T03:00,4,5
      2023-08-15T03:10,9,5
      2023-08-15T04:00,-3,///
      2023-08-15T05:00,123456789012345678901234567890,
      """
    ], ScratchFolder())
  #expect(rain.hours.map(\.hourOfDay) == [2, 3, 4, 5])
  #expect(
    rain.irregularities.map(\.kind) == [.unknownStation, .outOfOrder, .duplicate, .conflict, .shifted])
  #expect(rain.irregularities(of: try #require(rain.hours.first?.day)).map(\.kind) == [.negative, .implausible])
  #expect(try rain.readings(ending: hour("2023-08-15T03:00"))?.first == 1)
  #expect(try rain.readings(ending: hour("2023-08-15T04:00"))?.first?.isNaN == true)
}

@Test(arguments: [
  ("time_jst,A\n2023-08-15T01:00,wet\n", "line 2 has the reading \"wet\""),
  ("time_jst,A\n15 August,1\n", "line 2 begins with \"15 August\""),
  ("time_jst,A\n2023-08-15T01:00,1,2\n", "line 2 has 3 fields"),
  ("time_jst,Q\n2023-08-15T01:00,1\n", "none of its 1 stations"),
  ("", "no header"),
])
func `a table that cannot be understood is refused with its line`(text: String, expected: String) throws {
  let folder = try ScratchFolder()
  let error = #expect(throws: RasterError.self) { _ = try source([text], folder) }
  #expect(error?.description.contains(expected) == true)
}

@Test(.enabled(if: RealData.isPresent))
func `the AMeDAS tables of 2023 load and show the storm over Saji`() throws {
  let rain = try StationRain(
    files: ["rain_1h.csv.gz", "rain_1h_reconstructed.csv.gz"].map { RealData.path("amedas-2023/" + $0) },
    stations: RealData.path("amedas-2023/stations.csv"))
  #expect(rain.hours.count == 3_504)
  #expect(rain.irregularities.isEmpty)
  let saji = try #require(rain.stations.firstIndex { $0.name == "佐治" })
  let station = rain.stations[saji]
  let code = try #require(Mesh3Code(latitude: station.latitude, longitude: station.longitude))
  let grid = MeshGrid(south: code.row, west: code.column, height: 1, width: 1)
  let day = try #require(JSTDay("2023-08-15"))
  var (field, gauge): (Float, Float) = (0, 0)
  for hour in day.hours {
    field += try #require(rain.field(ending: hour, on: grid)).rain.values[0]
    gauge += try #require(rain.readings(ending: hour)).dropFirst(saji).first ?? .nan
  }
  #expect(gauge > 400)
  #expect(abs(field - gauge) < 0.02 * gauge)
}

@Test func `a gauge that stays dry in the middle of a wet day is named`() throws {
  let folder = try ScratchFolder()
  let places = [(35.5, 134.0), (35.55, 134.1), (35.45, 134.1), (35.6, 134.0), (35.4, 134.0), (36.4, 134.0)]
  let table = places.enumerated().map { "\($0),\($1.0),\($1.1)" }
  let stations = try folder.write("id,lat,lon\n" + table.joined(separator: "\n"), to: "stations.csv")
  let hours = (1...24).map { "2023-08-15T\($0 < 10 ? "0" : "")\($0):00,0,1,1,1,1.5,0" }
  let rain = try folder.write("time_jst,0,1,2,3,4,5\n" + hours.joined(separator: "\n"), to: "rain.csv")
  let source = try StationRain(files: [rain], stations: stations)
  let found = source.irregularities(of: try #require(JSTDay("2023-08-15")))
  #expect(found.map(\.kind) == [.silent])
  #expect(found.first?.subject == "0 on 2023-08-15, 24.0 mm or more around it")
}
