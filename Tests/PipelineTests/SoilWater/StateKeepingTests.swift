import Foundation
import Mesh
@testable import Pipeline
import Rasters
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_572)
private let days = 48

/// Rain of many days in the small country.
private func country() throws -> SmallCountry {
  let country = try SmallCountry()
  for offset in 0..<days {
    let day = first.advanced(by: offset)
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { (hour + offset) % 5 == 0 ? 1 + offset % 7 + $0 % 3 : 0 }
    }
  }
  return country
}

private func states(_ country: SmallCountry) throws -> [JSTDay] {
  try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet)).soilWaterRun().store.days()
}

/// Predicts a day and gives the bytes of its layers.
private func layers(_ country: SmallCountry, of day: JSTDay) throws -> [String: Data] {
  var request = PredictionRequest(
    catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/out")
  request.overwrite = true
  let folder = try predict(request, console: Console(.quiet)).folder
  var result: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".tif") {
    result[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  return result
}

@Test func `of a month every state is kept, of the time before it every tenth`() throws {
  let country = try country()
  let last = first.advanced(by: days - 1)
  _ = try layers(country, of: last)
  let kept = try states(country)
  #expect(kept.suffix(31) == Array(last.advanced(by: -30)...last))
  #expect(kept.dropLast(31).map { first.distance(to: $0) } == [8])
}

@Test(arguments: [11, 16, 30]) func `a day of long ago has the bytes that it had when it was new`(offset: Int) throws {
  let (long, new) = (try country(), try country())
  let (day, last) = (first.advanced(by: offset), first.advanced(by: days - 1))
  _ = try layers(long, of: last)
  let kept = try states(long)
  let (again, fresh) = (try layers(long, of: day), try layers(new, of: day))
  #expect(again.keys.contains("risk.tif") && again == fresh)
  #expect(try states(long) == kept)
  #expect(try states(new).last == day)
}

@Test func `rain that changed between two kept states makes all later ones anew`() throws {
  let (changed, fresh) = (try country(), try country())
  let (day, last) = (first.advanced(by: 5), first.advanced(by: days - 1))
  _ = try layers(changed, of: last)
  for country in [changed, fresh] {
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { _ in
      Array(repeating: 2, count: SmallCountry.rows * SmallCountry.columns)
    }
  }
  #expect(try layers(changed, of: last) == layers(fresh, of: last))
}
