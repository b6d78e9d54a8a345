package import Evaluation
package import Forecasting
import Foundation
import Neural
import Rasters
import Statistics

extension TrainingError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}

/// A training job: a sample file in, a model file out, a checkpoint after each epoch of a method that has any.
package struct TrainingJob {
  package var samplesPath: String
  package var modelPath: String
  package var method: Method
  package var settings: ExperimentSettings
  package var split = TestSplit.block
  package var threads = 2
  package var resumption = Resumption.never

  /// Whether a job goes on from the checkpoint beside the model, when there is one.
  package enum Resumption: Sendable {
    case never
    /// A checkpoint of another run is an error: a user who asked to go on must know.
    case always
    /// A checkpoint of another run is none.
    case whereItFits
  }

  package init(samples: String, model: String, method: Method, settings: ExperimentSettings) {
    samplesPath = samples
    modelPath = model
    self.method = method
    self.settings = settings
  }

  /// The checkpoint of the first model; those of further members and folds have more behind their names.
  package var checkpointPath: String { modelPath + ".checkpoint" }

  /// Takes away what lies beside a finished model.
  package func removeCheckpoints() {
    let folder = (checkpointPath as NSString).deletingLastPathComponent
    let name = (checkpointPath as NSString).lastPathComponent
    let there = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    for file in there where file == name || file.hasPrefix(name + ".") {
      try? FileManager.default.removeItem(atPath: (folder as NSString).appendingPathComponent(file))
    }
  }

  /// What a finished job leaves.
  package struct Result {
    package let header: ModelHeader
    package let records: [EpochRecord]
    /// Scores of the inner validation, or out of folds, which set calibration and levels: settings are compared on them, never
    /// on `test`.
    package let validation: [ScoredSample]
    /// Scores of the test samples; empty without a test split.
    package let test: [ScoredSample]
    /// The SWI-EWS scores of the same samples.
    package let earlyWarning: [ScoredSample]
  }

  /// Trains and writes the model file.
  ///
  /// - Parameter progress: Gets each epoch's figures, how many epochs are done and how many there are; what it throws
  ///   ends the training after the epoch's checkpoint.
  /// - Returns: What came out.
  /// - Throws: `TrainingError`, or `RasterError` for a file that cannot be read or written.
  package func run(
    progress: @escaping (EpochRecord, Int, Int) throws -> Void = { _, _, _ in }
  ) throws -> Result {
    let data = try PlainFile.contents(samplesPath)
    let samples = try settings.samples(of: try SampleSet(reading: data, path: samplesPath), path: samplesPath)
    let training = method.settings(from: settings.training)
    if method.needs.contains(.rain) {
      // Of all, test and validation too: hours of training are not to be lost to a missing window at their end.
      try samples.requireWindows(of: Array(samples.samples.indices), hours: training.network.hours)
    }
    let hash = SHA256.hexadecimal(of: data)
    let evaluation = settings.evaluation
    let sides = try split.sides(
      of: samples, rule: settings.blockRule, seed: training.seed, levelFolds: evaluation.levelFolds)
    var lesson = Lesson(
      samples, training: sides.training, settings: training, workers: Workers(threads: threads))
    lesson.checkpoints = checkpoints(samples, hash: hash)
    lesson.onEpoch = progress
    let model = try method.train(
      lesson,
      validation: ValidationPlan(
        samples: sides.validation, folds: sides.folds, units: sides.validationUnits,
        resampling: ResamplingPlan(resamples: evaluation.resamples, blockDays: evaluation.blockDays)),
      dataHash: hash, tool: "lsmap \(ToolVersion.text)")
    try writeAtomically(model.file.encoded(), to: modelPath)
    func scored(_ picks: [Int]) throws -> [ScoredSample] {
      let scores = try model.scorer.scores(of: picks, in: samples, workers: lesson.workers)
      return zip(picks, scores).map { samples.scored($0, by: $1) }
    }
    return Result(
      header: model.file.header, records: model.records,
      validation: model.validation,
      test: try scored(sides.test),
      earlyWarning: sides.test.map { samples.scored($0, by: Double(samples.samples[$0].earlyWarning)) })
  }

  /// The keeper of a model's progress, by the end of its checkpoint's name and what it learns from.
  private func checkpoints(
    _ samples: SampleSet, hash: String
  ) -> (_ part: String, _ training: [Int]) -> CheckpointKeeper {
    { part, training in
      // The title tells shuffled labels from the file's own.
      let places = samples.title + "\n" + training.map(String.init).joined(separator: ",")
      let path = checkpointPath + part
      return CheckpointKeeper(
        samples: hash, split: SHA256.hexadecimal(of: Array(places.utf8)), path: path,
        saved: resumption == .never ? nil : try? PlainFile.contents(path), mustFit: resumption == .always
      ) { try writeAtomically($0, to: path) }
    }
  }
}

extension SampleSet {
  fileprivate func scored(_ pick: Int, by score: Double) -> ScoredSample {
    ScoredSample(key: key(of: samples[pick]), isPositive: samples[pick].label == .landslide, score: score)
  }
}
