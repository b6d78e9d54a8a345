import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let grid = Grib2Encoder.Grid.lattice(north: 4_320, west: 3_200, rows: 3, columns: 4)

private func runs(_ level: Int) -> Grib2Encoder.Values {
  .runLength(levels: (0..<12).map { ($0 + level) % 20 }, table: rainTable, decimalScale: 1, bits: 8)
}

private func total(_ minutes: Int = 0, level: Int = 1, parameter: Int = 200, length: Int = 60) -> Grib2Encoder.Field {
  .init(
    grid: grid,
    product: .init(
      parameter: parameter, forecastMinutes: minutes - length, endMinutes: minutes, intervalMinutes: length),
    values: runs(level))
}

private func file(_ fields: [Grib2Encoder.Field], hour: Int = 1, minute: Int = 0) throws -> Grib2File {
  let encoder = Grib2Encoder(reference: [2_016, 11, 21, hour, minute])
  return try Grib2File(bytes: encoder.message(fields), named: "made")
}

@Test(arguments: [
  (15, "2016-11-21T24:00"), (14, "2016-11-21T23:00"), (16, "2016-11-22T01:00"), (0, "2016-11-21T09:00"),
])
func `the hour of a total is its end in Japan`(utc: Int, jst: String) throws {
  let hours = try file([total()], hour: utc).hourlyRain()
  let expected = try #require(JSTHour(jst))
  #expect(hours.map(\.hour) == [expected])
  #expect(hours.map(\.isForecast) == [false])
}

@Test func `six hours of a forecast are six hours to come`() throws {
  let hours = try file((1...6).map { total(60 * $0) }, hour: 9).hourlyRain()
  let first = try #require(JSTHour("2016-11-21T19:00"))
  #expect(hours.map(\.hour) == (0..<6).map { first.advanced(by: $0) })
  #expect(hours.allSatisfy { $0.isForecast })
}

@Test(arguments: [10, 20, 30, 50])
func `a total that ends between hours makes no hour`(minute: Int) throws {
  #expect(try file([total()], minute: minute).hourlyRain().isEmpty)
}

@Test func `only the totals on the hour of an issue between hours are taken`() throws {
  // Issued at 01:30 UTC: totals to 02:00, 02:30, 03:00.
  let hours = try file([total(30), total(60), total(90)], minute: 30).hourlyRain()
  #expect(hours.map(\.hour.description) == ["2016-11-21T11:00:00+09:00", "2016-11-21T12:00:00+09:00"])
}

@Test(arguments: [(201, 10), (203, 5), (201, 60), (203, 60)])
func `an intensity is no total, whatever time it is stated for`(parameter: Int, length: Int) throws {
  let made = try file([total(parameter: parameter, length: length)])
  let error = #expect(throws: RasterError.self) { try made.hourlyRain() }
  #expect(error?.description.contains("rain intensity") == true)
  #expect(made.fields[0].quantity == .rainIntensity)
}

@Test func `a total of five minutes is no hour`() throws {
  let error = #expect(throws: RasterError.self) { try file([total(length: 5)]).hourlyRain() }
  #expect(error?.description.contains("rain total of 5 minutes") == true)
}

@Test func `beside an intensity the total is found`() throws {
  let hours = try file([total(parameter: 201, length: 10), total()]).hourlyRain()
  #expect(hours.count == 1)
  #expect(hours[0].mosaic.first.index == 1)
}

@Test func `a total whose times contradict each other is refused`() throws {
  var field = total()
  field.product.endMinutes = 60
  let made = try file([field])
  #expect(throws: RasterError.self) { try made.hourlyRain() }
}

@Test func `another centre's local parameter is not the JMA's`() throws {
  let encoder = Grib2Encoder(centre: 7)
  let made = try Grib2File(bytes: encoder.message([total()]), named: "made")
  #expect(made.fields[0].quantity == .other)
  #expect(throws: RasterError.self) { try made.hourlyRain() }
}

@Test func `the tanks of the soil water index are told apart by their surface`() throws {
  func field(_ type: Int, _ value: Int?, _ level: Int) -> Grib2Encoder.Field {
    .init(
      grid: grid, product: .init(template: 0, parameter: 206, forecastMinutes: 0, surface: (type, value)),
      values: runs(level))
  }
  let made = try file([field(201, 2, 3), field(200, nil, 1), field(201, 1, 2)])
  #expect(made.fields.map(\.quantity) == [.soilWaterTank(2), .soilWaterIndex, .soilWaterTank(1)])
  let water = try made.soilWater()
  #expect(isSame(water.index.values, try made.fields[1].values()))
  #expect(isSame(water.firstTank.values, try made.fields[2].values()))
  #expect(throws: RasterError.self) { try file([field(200, nil, 1)]).soilWater() }
}

@Test func `an inspection says in words what a field is, and survives JSON`() throws {
  let bytes = Grib2Encoder().message([total(level: 0), total(60), total(parameter: 201, length: 10)])
  try withFile(bytes, "inspected.bin") { path in
    let inspection = try describe(gribFile: path)
    #expect(inspection.fields.map(\.what) == ["hourly rain total", "hourly rain total", "rain intensity, not a total"])
    #expect(inspection.fields.map(\.isForecast) == [false, true, false])
    #expect(inspection.fields.map(\.hour) == ["2016-11-21T10:00:00+09:00", "2016-11-21T11:00:00+09:00", nil])
    #expect(inspection.fields[0].grid?.cells == "1 km")
    #expect(inspection.fields[0].grid?.north == 36)
    #expect(inspection.fields[0].statistics?.missing == 1)  // one level 0 among 12
    #expect(inspection.fields[0].statistics?.highest == 9)
    #expect(inspection.text.contains("rain of the hour that ends 2016-11-21T10:00:00+09:00"))
    let copy = try JSONDecoder().decode(Grib2Inspection.self, from: JSONEncoder().encode(inspection))
    #expect(copy == inspection)
    let headers = try describe(gribFile: path, statistics: false)
    #expect(headers.fields.allSatisfy { $0.statistics == nil })
  }
}

@Test func `a field becomes a GeoTIFF with exact edges`() throws {
  let made = try file([total()])
  try withFile([], "field.tif") { path in
    try made.fields[0].exportGeoTIFF(path)
    let (stack, names, tags) = try LayerFile.read(path)
    #expect(stack.grid == MeshGrid(south: 4_317, west: 3_200, height: 3, width: 4))
    #expect(isSame(stack.values, try made.fields[0].values()))
    #expect(names == ["hourly rain total"])
    #expect(tags["VALID_TIME_JST"] == "2016-11-21T10:00:00+09:00")
  }
}

@Test func `a source of rain prefers analyses, later forecasts, and reports what it does not use`() throws {
  func bytes(_ hour: Int, _ fields: [Grib2Encoder.Field], minute: Int = 0) -> [UInt8] {
    Grib2Encoder(reference: [2_016, 11, 21, hour, minute]).message(fields)
  }
  let old = bytes(0, (1...3).map { total(60 * $0, level: $0) })
  let new = bytes(1, (1...3).map { total(60 * $0, level: 10 + $0) })
  let analysis = bytes(2, [total(level: 15)])
  let between = bytes(2, [total(level: 16)], minute: 30)
  let intensity = bytes(2, [total(parameter: 201, length: 10)])
  let other = bytes(2, [total(level: 17)])
  try withFiles([old, new, analysis, between, intensity, analysis, other]) { paths in
    let rain = try Grib2Rain(files: paths, usingForecasts: true)
    #expect(rain.hours.map(\.hourOfDay) == [10, 11, 12, 13])
    let target = MeshGrid(south: 4_317, west: 3_200, height: 3, width: 4)
    let starts = try rain.hours.map { try rain.field(ending: $0, on: target)?.rain.values[0] }
    #expect(starts == [1, 15, 12, 13].map { .some(rainValue($0)) })
    #expect(Set(rain.irregularities.map(\.kind)) == [.shifted, .notATotal, .duplicate, .conflict])
    let analyses = try Grib2Rain(files: paths)
    #expect(analyses.hours.map(\.hourOfDay) == [11])
    let day = try #require(JSTDay("2016-11-21"))
    let same = try Grib2Rain(files: [paths[2]]).fingerprint(of: day).hexadecimal
    let (again, changed) = (try Grib2Rain(files: [paths[5]]), try Grib2Rain(files: [paths[6]]))
    #expect(again.fingerprint(of: day).hexadecimal == same)
    #expect(changed.fingerprint(of: day).hexadecimal != same)
  }
}
