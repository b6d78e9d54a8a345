import Foundation
import Mesh
import Pipeline
import Rasters
import Statistics
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_570)
/// The day that is predicted, after nine days of past rain.
private let day = first.advanced(by: 9)
private let nine = JSTHour(ending: day, 9)
private let forecastSection = "forecast_rain: {format: jma-grib2, files: forecast/*.bin}"

private func unixHour(_ hour: JSTHour) -> Int { hour.unixSeconds / 3_600 }

/// Showers that differ by cell and hour; each seed is another weather.
private func showers(_ seed: UInt64) -> (Int) -> [Int] {
  { hour in
    var stream = RandomStream(seed: seed, "showers", .number(hour))
    let rains = stream.uniform() < 0.3
    let most = 1 + stream.index(below: 25)
    return (0..<SmallCountry.rows * SmallCountry.columns).map { _ in rains ? 1 + stream.index(below: most) : 1 }
  }
}

private func writeAnalysis(_ country: SmallCountry, through last: JSTHour, later: UInt64? = nil) throws {
  for date in first...last.day {
    let hours = date.hours.filter { $0 <= last }
    try country.writeAnalysis(hours.map(unixHour), to: "\(date).bin") { hour in
      hour > unixHour(nine) ? showers(later ?? 1)(hour) : showers(1)(hour)
    }
  }
}

private func run(_ country: SmallCountry, day: JSTDay?, asOf: JSTHour?, out: String = "out") throws -> PredictionResult
{
  let period =
    switch (day, asOf) {
    case (let day?, let time?): Period(day: day, asOf: time)
    case (let day?, nil): Period.day(day)
    default: Period(asOf: try #require(asOf))
    }
  var request = PredictionRequest(
    catalogue: country.catalogue, area: nil, period: period,
    out: country.folder.path + "/" + out)
  request.overwrite = true
  return try predict(request, console: Console(.quiet))
}

private func files(_ folder: String) throws -> [String: Data] {
  var result: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != Manifest.fileName {
    result[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  return result
}

private func pixels(_ result: PredictionResult, _ layer: String) throws -> [Float] {
  try LayerFile.read("\(result.folder)/\(layer).tif").stack.values.map { $0.isNaN ? -1 : $0 }
}

@Test func `analysis and forecasts of later hours change no byte of a run as of a time`() throws {
  let (plain, changed) = (try SmallCountry(extra: forecastSection), try SmallCountry(extra: forecastSection))
  for country in [plain, changed] {
    try country.writeForecast(issued: unixHour(nine), leads: 1...6, to: "a.bin", levels: showers(2))
  }
  try writeAnalysis(plain, through: JSTHour(ending: day, 24))
  try writeAnalysis(changed, through: JSTHour(ending: day, 15), later: 3)
  try changed.writeForecast(issued: unixHour(nine) + 1, leads: 1...6, to: "b.bin", levels: showers(4))
  // A plain prediction of the later rain comes first and leaves its archive and states.
  _ = try run(changed, day: day, asOf: nil, out: "plain")

  let (a, b) = (try run(plain, day: nil, asOf: nine), try run(changed, day: nil, asOf: nine))
  let (expected, got) = (try files(a.folder), try files(b.folder))
  #expect(expected.count > 15 && Set(expected.keys) == Set(got.keys))
  for (name, bytes) in expected { #expect(got[name] == bytes, "\(name)") }
}

@Test func `a forecast that comes true gives the day as observed`() throws {
  let country = try SmallCountry(extra: forecastSection)
  try writeAnalysis(country, through: JSTHour(ending: day, 24))
  try country.writeForecast(issued: unixHour(nine), leads: 1...15, to: "f.bin", levels: showers(1))
  // One stored fit for all: by itself a run as of 09:00 is compared with a past that ends a day earlier, as its first
  // 24 hours begin the day before.
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet))
  _ = try project.importRain(try project.rainSource())
  var fit = ClimatologyRequest()
  fit.to = day.advanced(by: -2)
  _ = try project.fitClimatology(fit)
  let observed = try run(country, day: day, asOf: nil)
  let foretold = try run(country, day: day, asOf: nine)
  let ended = try run(country, day: nil, asOf: JSTHour(ending: day, 24))
  #expect(foretold.folder.hasSuffix("\(day)T09-for-\(day)") && ended.folder.hasSuffix("\(day)T24"))
  for layer in ["risk", "level", "swi", "anomaly", "drivers"] {
    let expected = try pixels(observed, layer)
    #expect(try pixels(foretold, layer) == expected, "\(layer)")
    #expect(try pixels(ended, layer) == expected, "\(layer)")
  }
  // A time at or after the end of the day asks for the day itself: the same folder, the same bytes.
  let bytes = try files(observed.folder)
  let whole = try run(country, day: day, asOf: JSTHour(ending: day, 24))
  #expect(whole.folder == observed.folder && whole.asOf == nil)
  #expect(try files(whole.folder) == bytes)
}

@Test func `each hour takes the latest issue by the time, and every product says which hours are forecast`() throws {
  let country = try SmallCountry(extra: forecastSection)
  try writeAnalysis(country, through: nine)
  let issued = unixHour(nine)
  try country.writeForecast(issued: issued - 3, leads: 1...6, to: "06.bin", levels: showers(5))
  try country.writeForecast(issued: issued, leads: [1, 2, 4, 5, 6], to: "09.bin", levels: showers(6))
  try country.writeForecast(issued: issued + 1, leads: 1...6, to: "10.bin", levels: showers(7))
  let result = try run(country, day: nil, asOf: nine)
  let words =
    "analysis to \(day) 09:00 JST, forecast 10:00-11:00 issued \(day) 09:00, forecast 12:00 issued \(day) 06:00, "
    + "forecast 13:00-15:00 issued \(day) 09:00"
  #expect(result.rain == words && result.validTime == "\(nine.advanced(by: 6))" && result.leads.count == 7)
  #expect(result.leads[3].rain == "\(day) 12:00 JST, +3 h, forecast issued \(day) 06:00 JST")

  let (leads, names, tags) = try LayerFile.read(result.folder + "/risk_leads.tif")
  #expect(leads.bands == 7 && names == result.leads.map(\.rain))
  #expect(tags["LSMAP_RAIN"] == words && tags["LSMAP_FORECAST_HOURS"] == "6" && tags["LSMAP_AS_OF"] == "\(nine)")
  let risk = try LayerFile.read(result.folder + "/risk.tif")
  #expect(
    risk.names[0].contains(words)
      && risk.stack.values.map { $0.isNaN ? -1 : $0 } == leads.band(6).values.map { $0.isNaN ? -1 : $0 })
  let manifest = try Manifest.read(result.folder)
  #expect(manifest.forecastHours == 6 && manifest.rain == words && manifest.asOf == "\(nine)")
  #expect(
    manifest.inputs.filter { $0.role == "forecast rain" }.map { ($0.path as NSString).lastPathComponent } == [
      "09.bin", "06.bin",
    ])
  for name in ["item.json", "risk.qmd", "level_leads.qmd"] {
    #expect(try String(contentsOfFile: "\(result.folder)/\(name)", encoding: .utf8).contains(words), "\(name)")
  }

  // Neither archive nor states have seen a forecast hour.
  let area = (result.folder as NSString).deletingLastPathComponent
  let workspace = country.folder.path + "/work/" + (area as NSString).lastPathComponent
  let archive = RainArchive(folder: workspace + "/rain")
  #expect(try #require(try archive.record(of: day)).present == (1...24).map { $0 <= 9 })
  #expect(!FileManager.default.fileExists(atPath: "\(workspace)/state/\(day).tif"))
  #expect(FileManager.default.fileExists(atPath: "\(workspace)/state/\(day.advanced(by: -1)).tif"))
}

@Test func `hours that no forecast gives are missing, not dry, and end the map or are flagged`() throws {
  let country = try SmallCountry(extra: forecastSection)
  try writeAnalysis(country, through: nine)
  try country.writeForecast(issued: unixHour(nine), leads: [1, 4], to: "09.bin", levels: showers(6))
  let result = try run(country, day: day, asOf: nine)
  #expect(result.validTime == "\(nine.advanced(by: 4))" && result.hasGaps && result.leads.count == 5)
  #expect(result.notes.contains { $0.hasPrefix("2 hours before the end have neither analysis nor forecast") })
  #expect(result.notes.contains("\(day) is not complete: its last known hour is 13:00."))
  let (quality, names, _) = try LayerFile.read(result.folder + "/quality.tif")
  let missing = try #require(names.firstIndex { $0.hasPrefix("Hours without rain observation in the last 240") })
  #expect(quality.band(missing).values.allSatisfy { $0.isNaN || $0 == 2 })
}

@Test func `a time after the rain and a day beyond the forecast are refused in one line`() throws {
  let country = try SmallCountry(extra: forecastSection)
  try writeAnalysis(country, through: nine)
  try country.writeForecast(issued: unixHour(nine), leads: 1...6, to: "09.bin", levels: showers(6))
  #expect(throws: RainLack.timeAfterRain(nine.advanced(by: 1), end: nine)) {
    try run(country, day: nil, asOf: nine.advanced(by: 1))
  }
  let next = day.advanced(by: 1)
  #expect(throws: RainLack.noForecast(day: next, asOf: nine, end: nine.advanced(by: 6))) {
    try run(country, day: next, asOf: nine)
  }
}

@Test(arguments: [
  "2023-08-15T09:00", "2023-08-15 09:00", "2023-08-15T00:00Z", "2023-08-15T09:00+09:00", "2023-08-14T24:00Z",
])
func `a full hour is read in JST, UTC or its own zone`(text: String) {
  #expect(JSTHour(stated: text) == JSTHour("2023-08-15T09:00"))
}

@Test(arguments: ["2023-08-15", "2023-08-15T09:30", "2023-13-15T09:00", "09:00", "tomorrow"])
func `what is no full hour is refused`(text: String) {
  #expect(JSTHour(stated: text) == nil)
}
