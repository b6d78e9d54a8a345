import Foundation
import Mesh
@testable import Pipeline
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_560)
private let days = first.advanced(by: 4)...first.advanced(by: 24)

/// Rain of some weeks, beyond the end of a month.
private func country() throws -> SmallCountry {
  let country = try SmallCountry()
  for day in first...days.upperBound {
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { (hour + $0) % 5 == 0 ? 1 + Int(hour / 24) % 7 + $0 % 3 : 0 }
    }
  }
  return country
}

/// All days in one go.
private func predictAll(_ country: SmallCountry, threads: Int) throws -> PredictionsResult {
  let request = PredictionsRequest(catalogue: country.catalogue, areas: [], days: .range(days)) { area, period in
    var run = PredictionRequest(
      catalogue: country.catalogue, area: area, period: period, out: country.folder.path + "/out")
    run.threads = threads
    return run
  }
  return try predict(request, sources: RainSources(keeping: true), console: Console(.quiet))
}

/// What a run is made of: the bytes of its layers, and what its manifest says of the workspace.
private func contents(_ folder: String) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".tif") {
    found[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  found["derived"] = try encoder.encode(try Manifest.read(folder).derived)
  return found
}

struct DaysSideBySideTests {
  @Test(arguments: [2, 5]) func `days side by side are the days one after another`(threads: Int) throws {
    let country = try country()
    let many = try predictAll(country, threads: threads)
    let beside = try many.runs.map { try contents($0.folder) }
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: (many.runs[0].folder as NSString).deletingLastPathComponent + "/latest")
    #expect(latest == "\(days.upperBound)")
    for folder in ["work", "out"] { try FileManager.default.removeItem(atPath: country.folder.path + "/" + folder) }
    let one = try predictAll(country, threads: 1)
    #expect(many.failed.isEmpty && many.runs.map(\.date) == one.runs.map(\.date) && one.runs.count == days.count)
    for (found, alone) in zip(beside, one.runs) {
      // With the record of the day before and the fit of the month, not what a later day left.
      let used = try Manifest.read(alone.folder).derived.map(\.what)
      #expect(used.contains { $0.hasPrefix("record of what cells have survived") }, "\(used)")
      let expected = try contents(alone.folder)
      #expect(found.keys.sorted() == expected.keys.sorted())
      #expect(found.keys.filter { found[$0] != expected[$0] }.isEmpty, "\(alone.date)")
    }
  }

  @Test func `run folders that are there are kept, and the days after them are made`() throws {
    let country = try country()
    let folder = try predictAll(country, threads: 2).runs[3].folder
    for run in try predictAll(country, threads: 2).kept where run != folder {
      try FileManager.default.removeItem(atPath: run)
    }
    let again = try predictAll(country, threads: 3)
    #expect(again.kept == [folder] && again.runs.count == days.count - 1)
  }
}
