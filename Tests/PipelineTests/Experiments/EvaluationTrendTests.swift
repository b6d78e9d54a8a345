import Forecasting
import Foundation
import Pipeline
import Rasters
import Simulation
import TestSupport
import Testing

/// Evaluations of two label-free scores on the smallest country, each in a folder of its own.
private func evaluations(
  _ countries: [(country: Benchmark, displacement: RainDisplacement?)], in scratch: ScratchFolder
) throws -> (folders: [String], reports: [EvaluationReport]) {
  var settings = ExperimentSettings(training: .tiny)
  settings.evaluation.folds = 3
  settings.evaluation.resamples = 20
  var (folders, reports) = ([String](), [EvaluationReport]())
  for (number, country) in countries.enumerated() {
    let dataset = scratch.path + "/\(number).safetensors"
    try samples(of: country.country, displacement: country.displacement).encoded.write(
      to: URL(fileURLWithPath: dataset))
    folders.append(scratch.path + "/evaluation-\(number)")
    let wanted = EvaluationRequest(
      dataset: dataset, out: folders[number], methods: try ["swi-ews", "memory-rank"].map { try Method(named: $0) },
      schemes: [.regions], seeds: [0], settings: settings)
    reports.append(try evaluate(wanted, console: Console(.quiet)))
  }
  return (folders, reports)
}

@Test func `evaluations stand along the length of the record, those of one length as their mean`() throws {
  let scratch = try ScratchFolder()
  let countries = [(UInt64(1), 0), (1, 10), (2, 10)].map { seed, years in
    (makeBenchmark(size: .tiny, seed: seed, archiveYears: years).country, nil as RainDisplacement?)
  }
  let (folders, reports) = try evaluations(countries, in: scratch)
  let found = try trend(of: folders, along: .record, to: scratch.path + "/trend")
  #expect(found.entries.map(\.value) == [0.2, 0.2, 10, 10, 10, 10])
  #expect(found.entries.map(\.row) == reports.flatMap { $0.tables[0].rows })

  let lines = try String(contentsOfFile: found.folder + "/trend.md", encoding: .utf8).split(separator: "\n")
  #expect(lines.contains("| method | 0.2 | 10 |"))
  let areas = try reports.map { try #require($0.tables[0].rows[1].averagePrecision) }
  let mean = String(format: "%.3f /", (areas[1] + areas[2]) / 2)
  #expect(lines.contains { $0.contains(reports[0].tables[0].rows[1].title) && $0.contains("| \(mean)") }, "\(lines)")
  let table = try DelimitedText(reading: found.folder + "/trend.csv")
  #expect(table.rows.count == 6 && table.rows.map { $0[2] } == found.entries.map(\.row.method))
  #expect(FileManager.default.contents(atPath: found.folder + "/trend-record-regions.png")?.prefix(4).last == 0x47)
}

@Test func `evaluations stand along the cells that their rain was displaced`() throws {
  let scratch = try ScratchFolder()
  let country = makeBenchmark(size: .tiny, seed: 1, archiveYears: 0).country
  let (folders, _) = try evaluations([(country, nil), (country, RainDisplacement(cells: 3))], in: scratch)
  let found = try trend(of: folders, along: .displacement, to: scratch.path + "/trend")
  #expect(found.entries.map(\.value) == [0, 0, 3, 3])
}

@Test func `a folder without an evaluation of this version is named`() throws {
  let scratch = try ScratchFolder()
  let path = try scratch.write("{}", to: "old/evaluation.json")
  #expect { try trend(of: [scratch.path + "/old"], along: .regions, to: scratch.path) } throws: {
    "\($0)".contains(path) && "\($0)".contains("evaluate")
  }
}
