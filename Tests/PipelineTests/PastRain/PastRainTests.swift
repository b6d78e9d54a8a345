import Foundation
import Mesh
import Pipeline
import Rasters
import SoilWater
import Statistics
import TestSupport
import Testing

/// 27 August: what is known on days of September ends five days later.
private let first = JSTDay(daysSince1970: 19_596)
private let slideDay = first.advanced(by: 5)

/// Dry and wet days; on one day it pours.
private func levels(_ hour: Int) -> [Int] {
  var stream = RandomStream(seed: 3, "past", .number(hour))
  let day = (hour + 9 - 1) / 24
  let pours = day == slideDay.daysSince1970
  let rains = pours || day % 3 == 0 && stream.uniform() < 0.4
  return (0..<SmallCountry.rows * SmallCountry.columns).map { _ in
    rains ? 1 + stream.index(below: pours ? 60 : 12) : 1
  }
}

private func country(_ extra: String = "", through last: JSTDay) throws -> SmallCountry {
  let country = try SmallCountry(extra: extra)
  for day in first...last { try write(day, of: country) }
  return country
}

private func write(_ day: JSTDay, of country: SmallCountry, changing: Bool = false) throws {
  let hours = day.hours.map { $0.unixSeconds / 3_600 }
  try country.writeAnalysis(hours, to: "\(day).bin") { hour in levels(hour).map { changing ? $0 + 1 : $0 } }
}

private func project(_ country: SmallCountry) throws -> Project {
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 2, console: Console(.quiet))
  _ = try project.importRain(try project.rainSource())
  _ = try project.states(through: try #require(project.archive.days().last))
  return project
}

/// The inventory's landslide, in the middle of the area.
private func writeInventory(_ country: SmallCountry) throws {
  let (south, west) = (country.north - SmallCountry.rows, country.west)
  let place = "\((Double(south) + 10.5) / 120),\(100 + (Double(west) + 11.5) / 80)"
  try country.folder.write("date,latitude,longitude\n\(slideDay),\(place)\n", to: "slides.csv")
}

@Test func `a later day adds its days to the gathered past and gives what gathering anew gives`() throws {
  let last = first.advanced(by: 9)
  let kept = try country(through: last)
  let short = try project(kept).gatherPast(first...first.advanced(by: 6))
  let path = try project(kept).workspace.gatheredPast
  let before = try #require(FileManager.default.contents(atPath: path))
  // The same days again: nothing is read or written, the numbers are those of the file.
  try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
  #expect(try project(kept).gatherPast(first...first.advanced(by: 6)).gathered == short.gathered)
  let stamp = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  #expect(stamp == Date(timeIntervalSince1970: 1) && FileManager.default.contents(atPath: path) == before)

  let extended = try project(kept).gatherPast(first...last)
  let other = try country(through: last)
  let anew = try project(other).gatherPast(first...last)
  #expect(extended.gathered == anew.gathered && extended.days.count == 10 && extended.settings == anew.settings)
  #expect(anew.gathered != short.gathered)
  // The longer past serves an earlier day: cut there it is what the shorter one says.
  let longer = try project(kept).gatherPast(first...first.advanced(by: 6))
  let fits = try [longer, short].map { try $0.fit(.before(first.advanced(by: 7)), parameters: .nationwide) }
  #expect(longer.gathered == anew.gathered && fits[0].members == fits[1].members && fits[0].days == fits[1].days)
}

@Test func `a past whose rain has changed is gathered anew`() throws {
  let last = first.advanced(by: 7)
  let country = try country(through: last)
  let before = try project(country).gatherPast(first...last)
  try write(first.advanced(by: 3), of: country, changing: true)
  let after = try project(country).gatherPast(first...last)
  #expect(after.gathered != before.gathered)
  try FileManager.default.removeItem(atPath: try project(country).workspace.gatheredPast)
  #expect(try project(country).gatherPast(first...last).gathered == after.gathered)
}

@Test func `the second prediction of a day and that of a later one have the bytes of a first`() throws {
  let day = first.advanced(by: 8)
  let (warm, cold) = (try country(through: day), try country(through: day))
  func swi(_ country: SmallCountry, _ day: JSTDay, _ out: String) throws -> Data? {
    let request = PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/" + out)
    let result = try predict(request, console: Console(.quiet))
    return FileManager.default.contents(atPath: result.folder + "/anomaly.tif")
  }
  let earlier = try swi(warm, day.advanced(by: -2), "a")
  let once = try swi(warm, day, "b")
  #expect(try swi(warm, day, "c") == once)
  #expect(try swi(cold, day, "d") == once)
  #expect(earlier != once)
}

@Test func `landslides of the inventory leave their events out, choose the line and are told`() throws {
  let last = first.advanced(by: 9)
  let country = try country("inventory: {path: slides.csv}", through: last)
  try writeInventory(country)
  let project = try project(country)
  var request = ClimatologyRequest()
  request.contours = country.folder.path + "/lines.csv"
  let report = try project.fitClimatology(request)
  #expect(report.landslides == 1 && report.eventsLeftOut == 1)
  #expect(report.contours.count == 9 && report.contours.allSatisfy { $0.hits != nil })
  let reached = report.contours.filter { ($0.hits ?? 0) >= 0.8 }.map(\.cover).min()
  #expect(report.criticalLevel == reached)
  for (inner, outer) in zip(report.contours, report.contours.dropFirst()) {
    #expect(inner.eventsPerYear >= outer.eventsPerYear)
  }
  let metadata = try ClimatologyFile.metadata(of: report.path)
  #expect(metadata["landslides"] == "1 in 1 events left out")

  // Every corner of a polyline lies on its cover, and soil water rises along it.
  let fitted = try ClimatologyFile.read(report.path, parameters: .nationwide)
  let rows = try String(contentsOfFile: request.contours ?? "", encoding: .utf8).split(separator: "\n")
    .dropFirst().map { $0.split(separator: ",").map(String.init) }
  #expect(Set(rows.map { $0[3] }).count > 3 && rows.contains { $0[4] == "1" })
  for (row, next) in zip(rows, rows.dropFirst()).prefix(200) where row[0] == next[0] && row[3] == next[3] {
    let code = try #require(Mesh3Code(row[0]))
    let unit = try #require(fitted.units.unit(of: code))
    let (x, y) = (try #require(Float(row[7])), try #require(Float(row[8])))
    if x < 399, y < 119 {
      #expect(abs(fitted.surface(ofUnit: unit).cover(soilWater: x, rain: y) - (Float(row[3]) ?? 0)) < 0.02)
    }
    #expect(x <= (Float(next[7]) ?? 0) && y >= (Float(next[8]) ?? 0))
  }

  request.keepsLandslides = true
  let all = try project.fitClimatology(request)
  #expect(all.landslides == 0 && all.criticalLevel == 0.5 && all.contours.allSatisfy { $0.hits == nil })
}

@Test func `a stored fit serves days it has not seen until its rain changes`() throws {
  let last = first.advanced(by: 9)
  let country = try country(through: last)
  var request = ClimatologyRequest()
  request.to = last.advanced(by: -2)
  let fitting = try project(country)
  _ = try fitting.fitClimatology(request)
  let fitted = try ClimatologyFile.read(fitting.workspace.climatology, parameters: .nationwide)
  _ = try fitting.states(through: last)
  #expect(try fitting.climatology(for: last...last).climatology.days == fitted.days)
  // A day it has seen, or that later ones are known of, is compared with the days before its month instead.
  let augustEnds = first.advanced(by: 4)
  for seen in [last.advanced(by: -3), augustEnds.advanced(by: 1)] {
    #expect(try fitting.climatology(for: seen...seen).climatology.days.last == augustEnds)
  }
  try write(first.advanced(by: 4), of: country, changing: true)
  let changed = try project(country)
  _ = try changed.states(through: last)
  #expect(try changed.climatology(for: last...last).climatology.days.last == augustEnds)
}

@Test func `a further day of the month reads no past, and the run says how old its past is`() throws {
  let day = first.advanced(by: 7)
  let country = try country(through: day.advanced(by: 1))
  func run(_ day: JSTDay) throws -> PredictionResult {
    try predict(
      PredictionRequest(
        catalogue: country.catalogue, area: nil, period: .day(day), out: "\(country.folder.path)/out"),
      console: Console(.quiet))
  }
  let words = try run(day).notes.joined(separator: "\n")
  #expect(words.contains("Compared with the days through 2023-08-31: this past is 2 days old."))
  let workspace = try project(country).workspace
  let fit = FileManager.default.contents(atPath: workspace.lastFit)
  try FileManager.default.removeItem(atPath: workspace.gatheredPast)
  let next = try run(day.advanced(by: 1))
  #expect(next.notes.contains { $0.contains("this past is 3 days old") })
  #expect(FileManager.default.contents(atPath: workspace.lastFit) == fit)
  #expect(!FileManager.default.fileExists(atPath: workspace.gatheredPast))
  let manifest = try Manifest.read(next.folder)
  #expect(manifest.derived.allSatisfy { $0.key.hasPrefix($0.what) })
  #expect(Set(manifest.derived.map(\.what)).count == 5, "rain, states, ground, past and records")
  #expect(manifest.derived.contains { $0.path == "rain/2023/09/02.tif" })
  #expect(manifest.pastThrough == "2023-08-31" && manifest.laterPastDays == 0)
  #expect(try LayerFile.tags(of: next.folder + "/anomaly.tif")["LSMAP_PAST_SIDES"] == "earlier days")
}

@Test func `a reference period that holds later days makes a hindcast, named so on every product`() throws {
  let (day, last) = (first.advanced(by: 6), first.advanced(by: 9))
  let country = try country("reference: {from: \(first), to: \(last), leave_out_days: 1}", through: last)
  let result = try predict(
    PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: "\(country.folder.path)/out"),
    console: Console(.quiet))
  // 2 September: the 1st and the 3rd are left out with it, the 4th and the 5th count.
  #expect(result.notes.contains { $0.hasPrefix("Hindcast of both sides: 2 of the days") })
  #expect(try Manifest.read(result.folder).laterPastDays == 2)
  let tags = try LayerFile.tags(of: result.folder + "/risk.tif")
  #expect(tags["LSMAP_PAST_SIDES"] == "both sides, 2 later days: a hindcast")
}

@Test func `on days of the first month there is no past, and that is a gap that is told`() throws {
  let day = first.advanced(by: 4)
  let country = try country(through: day)
  let result = try predict(
    PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: "\(country.folder.path)/out"),
    console: Console(.quiet))
  #expect(result.hasGaps && result.notes.contains { $0.hasPrefix("No past rain to compare with in all") })
  #expect(try LayerFile.tags(of: result.folder + "/risk.tif")["LSMAP_PAST"] == "none")
}
