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

/// The formula of `StationInterpolation` for one place, in degrees and the haversine form, nothing shared with the code.
private func plainInterpolation(
  latitude: Double, longitude: Double, _ gauges: [(latitude: Double, longitude: Double, rain: Float)],
  _ settings: StationInterpolation
) -> Double {
  let radians = Double.pi / 180
  var near: [(distance: Double, rain: Double)] = []
  for gauge in gauges where !gauge.rain.isNaN {
    let (north, east) = ((gauge.latitude - latitude) * radians, (gauge.longitude - longitude) * radians)
    let (up, across) = (sin(north / 2), sin(east / 2))
    let a: Double = up * up + cos(latitude * radians) * cos(gauge.latitude * radians) * across * across
    let distance = 2 * 6_371.0088 * asin(a.squareRoot())
    if distance <= settings.radius { near.append((distance, Double(gauge.rain))) }
  }
  near.sort { $0.distance < $1.distance }
  var (sum, weights) = (0.0, 0.0)
  for gauge in near.prefix(settings.neighbours) {
    let weight = pow(max(gauge.distance, settings.nearest), -settings.power)
    sum += gauge.rain * weight
    weights += weight
  }
  return sum / weights
}

@Test(arguments: [
  StationInterpolation(), StationInterpolation(power: 3, neighbours: 3), StationInterpolation(power: 1, radius: 25),
])
func `every cell is the weighted mean of its nearest reporting gauges`(settings: StationInterpolation) throws {
  var random = RandomStream(seed: 5)
  let gauges = (0..<40).map { i in
    let rain = i % 7 == 0 ? Float.nan : Float(random.uniform() * 40)
    return (latitude: 35 + random.uniform(), longitude: 134 + random.uniform(), rain: rain)
  }
  let grid = MeshGrid(south: 35.2, west: 134.1, north: 35.9, east: 134.8)
  let stations = gauges.enumerated().map { RainStation(id: "\($0)", latitude: $1.latitude, longitude: $1.longitude) }
  let values = gauges.map(\.rain)
  let field = StationNeighbours(of: CellSet(grid), stations: stations, by: settings).field(of: values.span)
  for cell in stride(from: 0, to: grid.count, by: 11) {
    let code = grid.code(at: cell)
    let expected = plainInterpolation(
      latitude: code.centreLatitude, longitude: code.centreLongitude, gauges, settings)
    #expect(abs(Double(field.rain.values[cell]) - expected) < 0.5 / 128 + 1e-4)  // rounded to 1/128 mm
  }
}

@Test func `a gauge's own cell shows its reading, and cells out of reach show nothing`() throws {
  let grid = MeshGrid(south: 34.0, west: 134.0, north: 35.5, east: 134.6)
  let stations = [
    RainStation(id: "A", latitude: 35.3, longitude: 134.1), RainStation(id: "B", latitude: 35.2, longitude: 134.3),
  ]
  let field = StationNeighbours(of: CellSet(grid), stations: stations, by: StationInterpolation()).field(
    of: [40, 0].span)
  let own = try #require(Mesh3Code(latitude: 35.3, longitude: 134.1))
  #expect(abs(try #require(field.rain[own]) - 40) < 0.25)
  #expect(try #require(field.gaugeDistance?[own]) < 1)
  let far = try #require(Mesh3Code(latitude: 34.1, longitude: 134.1))
  #expect(field.rain[far]?.isNaN == true)
  #expect(field.gaugeDistance?[far]?.isNaN == true)
}

@Test func `a cell's rain does not depend on the grid it lies in`() throws {
  let stations = (0..<12).map { (place: Int) -> RainStation in
    let (row, column) = (Double(place % 4), Double(place / 4))
    return RainStation(id: "\(place)", latitude: 35 + 0.1 * row, longitude: 134 + 0.1 * column)
  }
  let values = (0..<12).map { Float($0 * $0) * 0.5 }
  let whole = MeshGrid(south: 35.0, west: 134.0, north: 35.5, east: 134.5)
  let part = MeshGrid(south: 35.1, west: 134.2, north: 35.3, east: 134.4)
  let wide = StationNeighbours(of: CellSet(whole), stations: stations, by: StationInterpolation()).field(
    of: values.span)
  let narrow = StationNeighbours(of: CellSet(part), stations: stations, by: StationInterpolation()).field(
    of: values.span)
  #expect(wide.rain.cropped(to: part, fill: .nan) == narrow.rain)
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
