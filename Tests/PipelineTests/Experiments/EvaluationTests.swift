import Evaluation
import Forecasting
import Foundation
import Pipeline
import Rasters
import Simulation
import TestSupport
import Testing

/// The smallest benchmark country as a sample file.
private func tinySamples(in scratch: ScratchFolder) throws -> String {
  let path = scratch.path + "/samples.safetensors"
  let benchmark = makeBenchmark(size: .tiny, seed: 1).country
  try samples(of: benchmark).encoded.write(to: URL(fileURLWithPath: path))
  return path
}

private func request(_ dataset: String, _ out: String, _ methods: [String]) throws -> EvaluationRequest {
  var settings = ExperimentSettings(training: .tiny)
  settings.training.pretraining.epochs = 1
  settings.training.finetuning.epochs = 1
  settings.evaluation.folds = 3
  return EvaluationRequest(
    dataset: dataset, out: out, methods: try methods.map { try Method(named: $0) },
    schemes: [.block, .regions], seeds: [0], settings: settings)
}

@Test func `an evaluation tests every region once and keeps finished trainings`() throws {
  let scratch = try ScratchFolder()
  let dataset = try tinySamples(in: scratch)
  let wanted = try request(dataset, scratch.path + "/out", ["swi-ews", "proposed"])
  let report = try evaluate(wanted, console: Console(.quiet))
  #expect(report.tables.map(\.scheme) == [.block, .regions])
  #expect(report.tables[1].sides == 3)
  #expect(
    report.tables[1].samples
      == (try SampleSet(reading: Data(contentsOf: URL(fileURLWithPath: dataset)), path: "")).labelled)
  #expect(report.tables.allSatisfy { $0.rows.map(\.method) == ["swi-ews", "proposed"] })
  #expect(report.tables.allSatisfy { $0.rows.allSatisfy { $0.averagePrecision != nil && $0.achievedRecall != nil } })
  #expect(report.tables[0].rows[1].brier != nil && report.tables[0].rows[0].brier == nil)

  // Without its model a training could not be repeated unseen.
  try FileManager.default.removeItem(atPath: wanted.out + "/models")
  let again = try evaluate(wanted, console: Console(.quiet))
  #expect(again == report)
  #expect(!FileManager.default.fileExists(atPath: wanted.out + "/models"))

  // Other settings are another training.
  var other = wanted
  other.schemes = [.block]
  other.settings.training.finetuning.rate = 2e-3
  _ = try evaluate(other, console: Console(.quiet))
  #expect(FileManager.default.fileExists(atPath: wanted.out + "/models/block-seed0-proposed.safetensors"))
}

@Test func `the scores of an evaluation give its table`() throws {
  let scratch = try ScratchFolder()
  let wanted = try request(try tinySamples(in: scratch), scratch.path + "/out", ["swi-ews"])
  let report = try evaluate(wanted, console: Console(.quiet))
  let text = try String(contentsOfFile: wanted.out + "/scores.csv", encoding: .utf8)
  let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  let block = rows.filter { $0[0] == "block" }
  let scores = block.compactMap { Double($0[8]) }
  let labels = block.map { $0[7] == "1" }
  #expect(
    PrecisionRecallCurve(scores: scores, labels: labels).averagePrecision == report.tables[0].rows[0].averagePrecision)
  #expect(plainAveragePrecision(scores: scores, labels: labels) == report.tables[0].rows[0].averagePrecision)
}

@Test func `more folds than regions are refused`() throws {
  let scratch = try ScratchFolder()
  var wanted = try request(try tinySamples(in: scratch), scratch.path + "/out", ["swi-ews"])
  wanted.settings.evaluation.folds = 9
  #expect(throws: SettingError.tooFewRegions(folds: 9, regions: 4)) {
    try evaluate(wanted, console: Console(.quiet))
  }
}

@Test func `samples without a label never test nor validate`() throws {
  let scratch = try ScratchFolder()
  let path = try tinySamples(in: scratch)
  let set = try SampleSet(reading: Data(contentsOf: URL(fileURLWithPath: path)), path: path)
  let samples = set.samples.enumerated().map { place, sample in
    place.isMultiple(of: 3)
      ? Sample(
        site: sample.site, day: sample.day, label: .unlabelled, physics: sample.physics,
        earlyWarning: sample.earlyWarning) : sample
  }
  let mixed = SampleSet(
    sites: set.sites, samples: samples, firstHour: set.firstHour, hours: set.hours, frameOfHour: set.frameOfHour,
    frames: set.frames, title: set.title, isSynthetic: true)
  for split in [TestSplit.block, .day, .regions(fold: 1, of: 2)] {
    let sides = try split.sides(of: mixed, seed: 0)
    #expect(!sides.test.isEmpty && !sides.training.allSatisfy { samples[$0].label != .unlabelled })
    #expect((sides.test + sides.validation).allSatisfy { samples[$0].label != .unlabelled })
    #expect(Set(sides.training).isDisjoint(with: sides.test + sides.validation))
  }
}

@Test func `with labels dealt out anew every method comes out near the prevalence`() throws {
  let scratch = try ScratchFolder()
  let path = scratch.path + "/samples.safetensors"
  try samples(of: makeBenchmark(size: .small, seed: 1).country).encoded.write(to: URL(fileURLWithPath: path))
  func precision(shuffled: Bool, _ out: String) throws -> [Double] {
    var wanted = try request(path, scratch.path + out, ["swi-ews", "proposed"])
    wanted.settings.shufflesLabels = shuffled
    wanted.settings.training.finetuning.epochs = 4
    wanted.seeds = [0, 1, 2]
    wanted.schemes = [.block]
    let report = try evaluate(wanted, console: Console(.quiet))
    #expect(report.title.contains("control") == shuffled)
    return report.tables[0].rows.compactMap(\.averagePrecision)
  }
  let (plain, control) = (try precision(shuffled: false, "/plain"), try precision(shuffled: true, "/control"))
  let prevalence = try SampleSet(reading: Data(contentsOf: URL(fileURLWithPath: path)), path: path).prevalence
  // A few landslides test: their places among some hundred samples of chance scatter by a factor of a few.
  #expect(control.allSatisfy { $0 < 5 * prevalence })
  #expect(zip(plain, control).allSatisfy { $0 > 2 * $1 })
}

@Test func `a checkpoint of other blocks is none to an evaluation and an error to a training that goes on`() throws {
  let scratch = try ScratchFolder()
  let dataset = try tinySamples(in: scratch)
  var wanted = try request(dataset, scratch.path + "/out", ["swi-ews", "proposed"])
  wanted.schemes = [.block]
  let undisturbed = try evaluate(wanted, console: Console(.quiet))
  try FileManager.default.removeItem(atPath: wanted.out)

  var other = wanted.settings
  other.evaluation.blockDays = 3
  try FileManager.default.createDirectory(atPath: wanted.out + "/models", withIntermediateDirectories: true)
  var job = TrainingJob(
    samples: dataset, model: wanted.out + "/models/block-seed0-proposed.safetensors",
    method: try Method(named: "proposed"), settings: other)
  struct Stopped: Error {}
  #expect(throws: Stopped.self) { try job.run(progress: { _, _, _ in throw Stopped() }) }
  #expect(FileManager.default.fileExists(atPath: job.checkpointPath))
  job.settings = wanted.settings
  job.resumption = .always
  #expect(throws: TrainingError.self) { try job.run() }
  #expect(try evaluate(wanted, console: Console(.quiet)) == undisturbed)
}

@Test func `shares of an evaluation together train what the evaluation would`() throws {
  let scratch = try ScratchFolder()
  let dataset = try tinySamples(in: scratch)
  let whole = try evaluate(
    try request(dataset, scratch.path + "/whole", ["swi-ews", "logistic"]), console: Console(.quiet))
  let wanted = try request(dataset, scratch.path + "/shared", ["swi-ews", "logistic"])
  let shares = try ["1/2", "2/2"].map { text in
    try evaluate(wanted, share: #require(TaskShare(text)), console: Console(.quiet))
  }
  #expect(shares.map(\.trainings) == [2, 2] && shares.allSatisfy { $0.all == 4 })
  // With the models gone a training that is not kept would leave one behind.
  try FileManager.default.removeItem(atPath: wanted.out + "/models")
  #expect(try evaluate(wanted, console: Console(.quiet)).tables == whole.tables)
  #expect(!FileManager.default.fileExists(atPath: wanted.out + "/models"))
}

@Test(arguments: ["0/2", "3/2", "1", "1/2/3", "a/b", "1/0"])
func `a share that is none is refused`(text: String) { #expect(TaskShare(text) == nil) }

@Test func `the report shows every method with its pictures`() throws {
  let scratch = try ScratchFolder()
  let wanted = try request(try tinySamples(in: scratch), scratch.path + "/out", ["swi-ews", "logistic"])
  let report = try evaluate(wanted, console: Console(.quiet))
  let text = try String(contentsOfFile: wanted.out + "/report.md", encoding: .utf8)
  for row in report.tables.flatMap(\.rows) { #expect(text.contains("| \(row.title) |")) }
  let pictures = text.matches(of: /\]\(([^)]+\.png)\)/).map { String($0.1) }
  #expect(pictures.count == 6)
  for picture in pictures {
    let data = try Data(contentsOf: URL(fileURLWithPath: wanted.out + "/" + picture))
    #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }
}

@Test func `a model is tested on samples of another country, and told where it learnt from them`() throws {
  let scratch = try ScratchFolder()
  let own = try tinySamples(in: scratch)
  let other = scratch.path + "/other.safetensors"
  try samples(of: makeBenchmark(size: .tiny, seed: 2).country).encoded.write(to: URL(fileURLWithPath: other))
  var job = TrainingJob(
    samples: own, model: scratch.path + "/model.safetensors", method: try Method(named: "logistic"),
    settings: ExperimentSettings(training: .tiny))
  job.split = .none
  _ = try job.run()
  func trial(_ dataset: String) throws -> ModelTrial {
    try evaluate(
      TrialRequest(model: job.modelPath, dataset: dataset, settings: ExperimentSettings(training: .tiny)))
  }
  let (first, second) = (try trial(own), try trial(other))
  #expect(first.isOwnTraining && !second.isOwnTraining)
  #expect(first.words.contains("NO TEST"))
  let promises = second.words.split(separator: "\n").filter { $0.hasPrefix("level ") }
  #expect(promises.count == 4 && promises.allSatisfy { $0.contains(/stands for \d+ % \(95 %: \d+-\d+ %\):/) })
  // Levels are nested: each catches and alarms no more than the one below.
  #expect(zip(second.levels, second.levels.dropFirst()).allSatisfy { $0.caught >= $1.caught && $0.alarms >= $1.alarms })
  #expect(second.levels.map(\.promisedRecall) == [0.95, 0.9, 0.8, 0.5])
  let measured = try Forecaster(reading: try PlainFile.contents(job.modelPath), path: "").levels.recallIntervals
  #expect(measured != nil && second.levels.compactMap(\.promisedInterval) == measured)
  #expect(second.references.map(\.method).contains("swi-ews"))
}
