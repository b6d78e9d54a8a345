import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_570)

/// Rain that grows from day to day, in the small country.
private func country(days: Int) throws -> SmallCountry {
  let country = try SmallCountry()
  for offset in 0..<days {
    let day = first.advanced(by: offset)
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { hour % 5 == 0 ? 1 + offset % 7 + (hour + $0) % 5 : 1 }
    }
  }
  return country
}

/// Predicts a day of the country, gives the anomaly's bands by name and the bytes of the record it left.
private func predicted(_ country: SmallCountry, _ day: JSTDay) throws -> (bands: [String: [Float]], record: Data) {
  var request = PredictionRequest(
    catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/out")
  request.overwrite = true
  let folder = try predict(request, console: Console(.quiet)).folder
  let (stack, names, _) = try LayerFile.read(folder + "/anomaly.tif")
  let workspace = try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet)).workspace
  let record = try #require(
    FileManager.default.contents(atPath: workspace.file("record/\(day.advanced(by: -1)).safetensors")))
  var bands: [String: [Float]] = [:]
  for (place, name) in names.enumerated() { bands[name] = Array(stack.band(place).values) }
  return (bands, record)
}

@Test func `a record carried on from day to day is that of one go`() throws {
  let days = 9
  let (daily, once) = (try country(days: days), try country(days: days))
  for offset in 5..<days - 1 { _ = try predicted(daily, first.advanced(by: offset)) }
  let (stepwise, whole) = (
    try predicted(daily, first.advanced(by: days - 1)), try predicted(once, first.advanced(by: days - 1))
  )
  #expect(stepwise.record == whole.record)
  for (name, values) in whole.bands {
    #expect(values.elementsEqual(stepwise.bands[name] ?? []) { $0 == $1 || $0.isNaN && $1.isNaN }, "\(name)")
  }
  // The record is of the days before, and says how many they are.
  let lengths = try #require(whole.bands.first { $0.key.hasPrefix("Earlier days") }?.value)
  #expect(Set(lengths.filter { !$0.isNaN }) == [Float(days - 1)])
}

@Test func `what is told of a cell's rain events is what the layers of a day say`() throws {
  let days = 16
  let country = try SmallCountry()
  for offset in 0..<days {
    let day = first.advanced(by: offset)
    // A storm each third day, the last of middling size.
    let storm = offset % 3 == 0 ? [9, 3, 14, 6, 11, 8][offset / 3] : 0
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { hour % 4 == 0 ? storm + min(storm, $0 % 3) : 0 }
    }
  }
  let last = first.advanced(by: days - 1)
  _ = try predicted(country, last)
  let run = country.folder.path + "/out"
  let folder = try #require(
    try FileManager.default.subpathsOfDirectory(atPath: run).first { $0.hasSuffix("event_rank.tif") })
  let ranks = try LayerFile.read(run + "/" + folder).stack
  let soilWater = try LayerFile.read(run + "/" + folder.replacing("event_rank", with: "swi")).stack
  #expect(ranks.bands == 8)
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet))
  let place = try #require(soilWater.band(0).values.firstIndex { !$0.isNaN })
  let record = try project.cellRecord(of: soilWater.grid.code(at: place), before: last)
  #expect(record.recordDays == days - 1 && record.measures.map(\.name).first == "SWI")
  for measure in record.measures {
    #expect(measure.events.count == 5 && measure.events.map(\.peak) == measure.events.map(\.peak).sorted(by: >))
  }
  let index = record.measures[0].events
  #expect(index.first?.day == "\(first.advanced(by: 6))")
  let value = soilWater.band(0).values[place]
  #expect(ranks.band(0).values[place] == Float(1 + index.count { $0.peak >= value }))
  // Of the five storms before it two were as great in a day's rain.
  let rain = try #require(record.measures.firstIndex { $0.name == "R24" })
  #expect(ranks.band(rain).values[place] == 4)
  #expect(throws: RainLack.self) { try project.cellRecord(of: #require(Mesh3Code("68480000")), before: last) }
}
