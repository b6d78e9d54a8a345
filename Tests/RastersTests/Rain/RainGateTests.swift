import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let stations = "id,lat,lon\nA,35.50,134.00\nB,35.50,134.50\n"

private func gauges(_ rows: String, _ folder: ScratchFolder) throws -> StationRain {
  try StationRain(
    files: [folder.write(rows, to: "rain.csv")], stations: folder.write(stations, to: "stations.csv"))
}

@Test func `the limit of rain is an envelope of the world's records`() {
  // Holt 1947, Shangdi 1975, Plumb Point 1916, and Japan's 153 mm in an hour: all can be.
  for (seconds, record) in [(42 * 60, Float(305)), (15 * 60, 198), (3_600, 153), (3_600, 399), (86_400, 922.5)] {
    #expect(RainGate.limit(seconds: seconds) >= record)
  }
  #expect(RainGate.limit(seconds: 3_600) <= 420)
}

@Test(arguments: ["99999", "-9999", "-0.5", "32767", "1e36", "-1e36", "9.96921e36", "3.4e38", "401", "inf", "-inf"])
func `a reading that cannot be rain is missing, with file, hour, station and value named`(word: String) throws {
  let rain = try gauges("time_jst,A,B\n2023-08-15T01:00,\(word),2\n2023-08-15T02:00,1,2\n", ScratchFolder())
  let hour = try #require(JSTHour("2023-08-15T01:00"))
  let readings = try #require(rain.readings(ending: hour))
  #expect(readings.first?.isNaN == true)
  #expect(readings.last == 2)
  let found = rain.irregularities(of: hour.day).filter(\.kind.isGap)
  #expect(found.count == 1)
  #expect(found.first?.subject.contains("2023-08-15T01:00") == true)
  #expect(found.first?.subject.contains("station A") == true)
  #expect(found.first?.file.hasSuffix("rain.csv") == true)
}

@Test(arguments: [
  ("2023-08-15T01:00:00+09:00", "2023-08-15T01:00"), ("2023-08-14T16:00:00Z", "2023-08-15T01:00"),
  ("2023/8/15 1:00", "2023-08-15T01:00"), ("2023-08-15T03:00+02:00", "2023-08-15T10:00"),
])
func `the zone of a gauge's time is read`(text: String, expected: String) throws {
  let rain = try gauges("time,A\n\(text),1\n", ScratchFolder())
  #expect(try rain.hours == [#require(JSTHour(expected))])
}

@Test func `a time column called UTC is UTC`() throws {
  let rain = try gauges("time_utc,A\n2023-08-15T01:00,1\n", ScratchFolder())
  #expect(try rain.hours == [#require(JSTHour("2023-08-15T10:00"))])
}

@Test func `JMA's download of past weather is read with its quality`() throws {
  let folder = try ScratchFolder()
  let table = """
    ダウンロードした時刻：2023/08/20 10:00:00

    ,A,A,A,A,B,B,B,B,B
    年月日時,降水量(mm),降水量(mm),降水量(mm),降水量(mm),気温(℃),降水量(mm),降水量(mm),降水量(mm),降水量(mm)
    ,,現象なし情報,品質情報,均質番号,,,現象なし情報,品質情報,均質番号
    2023/8/15 1:00:00,4.0,0,8,1,30.1,1.0,0,8,1
    2023/8/15 2:00:00,3.0,0,4,1,30.1,0,1,5,1
    2023/8/16 0:00:00,0.5,0,8,1,30.1,,,1,1
    """
  let rain = try gauges(table, folder)
  #expect(rain.hours.map(\.hourOfDay) == [1, 2, 24])
  let rows = rain.hours.compactMap { rain.readings(ending: $0).map(Array.init) }
  #expect(rows[0] == [4, 1])
  #expect(rows[1][0].isNaN && rows[1][1] == 0)
  #expect(rows[2][0] == 0.5 && rows[2][1].isNaN)
}

/// Files of one hour each over four cells of 0.5 degrees.
private func rasters(_ folder: ScratchFolder, _ values: [Float], name: String) throws -> String {
  try folder.raster(values, width: 2, height: 2, geotransform: [134, 0.5, 0, 36, 0, -0.5], name: name)
}

private let grid = MeshGrid(south: 35.1, west: 134.1, north: 35.9, east: 134.9)

@Test(arguments: [Float(9.96921e36), 32_767, -9_999, 1e36, -1e36, 500, .infinity, .nan])
func `a pixel that cannot be rain is missing and named, its neighbours stay`(value: Float) throws {
  let folder = try ScratchFolder()
  _ = try rasters(folder, [value, 1, 2, 3], name: "rain_2023081501")
  let source = try openRainSource(
    RainInput(format: .geotiff, files: [folder.path + "/rain_{YYYY}{MM}{DD}{HH}.vrt"], units: "mm"))
  let field = try #require(try source.field(ending: source.hours[0], on: grid))
  for value in field.rain.values where !value.isNaN { #expect((1...3).contains(value)) }
  #expect(field.rain.values.contains { $0.isNaN })
  #expect(field.rain.values.contains { $0 == 3 })
  let isNumber = value.isFinite
  #expect(field.findings.count == (isNumber ? 1 : 0))
  if isNumber { #expect(field.findings[0].subject.contains("row 0, column 0")) }
}

@Test func `the template of the catalogue says the hour, whatever the file's tags say`() throws {
  let folder = try ScratchFolder()
  for hour in 1...3 {
    let path = try rasters(folder, [1, 1, 1, Float(hour)], name: "rain_202308150\(hour)")
    let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(
      of: "</GeoTransform>",
      with: "</GeoTransform><Metadata><MDI key=\"TIFFTAG_DATETIME\">2024:01:10 12:00:00</MDI>"
        + "<MDI key=\"TIME\">2020-01-01T0\(hour):00</MDI></Metadata>")
    try folder.write(text, to: "rain_202308150\(hour).vrt")
  }
  let source = try openRainSource(
    RainInput(format: .geotiff, files: [folder.path + "/rain_{YYYY}{MM}{DD}{HH}.vrt"], units: "mm"))
  #expect(source.hours.map(\.hourOfDay) == [1, 2, 3])
  #expect(source.hours.first?.day == JSTDay("2023-08-15"))
}

@Test func `the time a TIFF was written is never the hour of its data`() throws {
  let folder = try ScratchFolder()
  let path = try rasters(folder, [1, 1, 1, 1], name: "a")
  let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(
    of: "</GeoTransform>",
    with: "</GeoTransform><Metadata><MDI key=\"TIFFTAG_DATETIME\">2024:01:10 12:00:00</MDI></Metadata>")
  try folder.write(text, to: "a.vrt")
  let error = #expect(throws: RasterError.self) {
    try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/*.vrt"], units: "mm"))
  }
  #expect(error?.description.contains("does not say its time") == true)
}

@Test func `an empty file among good ones is named and its hour lacks; alone it is an error`() throws {
  let folder = try ScratchFolder()
  _ = try rasters(folder, [1, 1, 1, 1], name: "rain_2023081501")
  let empty = try folder.write("", to: "rain_2023081502.vrt")
  let template = folder.path + "/rain_{YYYY}{MM}{DD}{HH}.vrt"
  let source = try openRainSource(RainInput(format: .geotiff, files: [template], units: "mm"))
  let field = try source.field(ending: #require(JSTHour("2023-08-15T02:00")), on: grid)
  #expect(field?.rain.values.allSatisfy(\.isNaN) ?? true)
  let found = source.irregularities + (field?.findings ?? [])
  #expect(found.contains { $0.kind == .damaged && $0.file == empty })
  let error = #expect(throws: RasterError.self) {
    try openRainSource(RainInput(format: .geotiff, files: [empty], units: "mm"))
  }
  #expect(error?.description.contains("is empty") == true)
}

private let amedasTable = """
  {"44132": {"type": "A", "lat": [35, 41.5], "lon": [139, 45.0], "alt": 25, "kjName": "東京"},
   "44056": {"type": "C", "lat": [35, 38.0], "lon": [139, 18.5], "alt": 180, "kjName": "八王子"}}
  """

@Test func `AMeDAS as JMA's page has it is read: all stations at a time, one station at many, the table of stations`()
  throws
{
  let folder = try ScratchFolder()
  let table = try folder.write(amedasTable, to: "amedastable.json")
  try folder.write(
    """
    {"44132": {"temp": [25.1, 0], "precipitation1h": [12.5, 0]}, "44056": {"precipitation1h": [3.0, 1]}}
    """, to: "map/20230815010000.json")
  try folder.write("{\"44132\": {\"precipitation1h\": [99.0, 0]}}", to: "map/20230815011000.json")
  try folder.write(
    """
    {"20230815020000": {"prefNumber": 44, "observationNumber": 56, "precipitation1h": [4.5, 0]},
     "20230815021000": {"prefNumber": 44, "observationNumber": 56, "precipitation1h": [8.0, 0]},
     "20230815030000": {"prefNumber": 44, "observationNumber": 56, "precipitation1h": [null, 5]}}
    """, to: "point/20230815_00.json")
  let source = try openRainSource(
    RainInput(format: .stations, files: [folder.path + "/map/*.json", folder.path + "/point/*.json"], stations: table))
  let stations = try #require(source as? StationRain)
  #expect(stations.stations.map(\.id) == ["44056", "44132"])
  #expect(abs(stations.stations[1].latitude - 35.691667) < 1e-5 && stations.stations[1].altitude == 25)
  let rows = stations.hours.map { hour in (hour.hourOfDay, stations.readings(ending: hour).map(Array.init) ?? []) }
  #expect(rows.map(\.0) == [1, 2, 3])
  #expect(rows[0].1[0].isNaN && rows[0].1[1] == 12.5)
  #expect(rows[1].1[0] == 4.5 && rows[1].1[1].isNaN)
  #expect(rows[2].1.allSatisfy { $0.isNaN })
}

@Test(arguments: [
  "{\"a\": 1}", "{}", "{\"44132\": {\"precipitation1h\": [1e999, 0]}}", "{\"44132\": {\"precipitation1h\": [1",
])
func `JSON of another kind is refused by name`(text: String) throws {
  let folder = try ScratchFolder()
  let table = try folder.write(amedasTable, to: "amedastable.json")
  let file = try folder.write(text, to: "20230815010000.json")
  let error = #expect(throws: RasterError.self) {
    try openRainSource(RainInput(format: .stations, files: [file], stations: table))
  }
  #expect(error?.description.contains("20230815010000.json") == true)
}
