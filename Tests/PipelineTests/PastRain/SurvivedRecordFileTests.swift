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
