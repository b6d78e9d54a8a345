package import Evaluation
package import Forecasting
import Foundation
import Neural
import Rasters
import Statistics

extension TrainingError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}

/// A training job: a sample file in, a model file out, a checkpoint after each epoch.
package struct TrainingJob {
  package var samplesPath: String
  package var modelPath: String
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

  package init(samples: String, model: String, settings: ExperimentSettings) {
    samplesPath = samples
    modelPath = model
    self.settings = settings
  }

  package var checkpointPath: String { modelPath + ".checkpoint" }

  /// What a finished job leaves.
  package struct Result: Sendable {
    package let model: ModelFile
    package let records: [EpochRecord]
    /// Logits of the inner validation, which sets calibration and thresholds: settings are compared on it, never on `test`.
    package let validation: [ScoredSample]
    /// Logits of the test samples; empty without a test split.
    package let test: [ScoredSample]
    /// The SWI-EWS scores of the same samples.
    package let earlyWarning: [ScoredSample]
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked after each batch; the checkpoint of the last whole epoch stays.
  ///   - progress: Gets each epoch's figures, how many epochs are done and how many there are.
  /// - Returns: `nil` when cancelled.
  /// - Throws: `TrainingError`, or `RasterError` for a file that cannot be read or written.
  package func run(
    isCancelled: () -> Bool = { false }, progress: (EpochRecord, Int, Int) -> Void = { _, _, _ in }
  ) throws -> Result? {
    guard let data = FileManager.default.contents(atPath: samplesPath) else {
      throw RasterError.notFound(path: samplesPath)
    }
    let samples = try settings.samples(of: try SampleSet(reading: data, path: samplesPath), path: samplesPath)
    let training = settings.training
    // Of all, test and validation too: hours of training are not to be lost to a missing window at their end.
    try samples.requireWindows(of: Array(samples.samples.indices), hours: training.network.hours)
    let hash = SHA256.hexadecimal(of: data)
    let sides = try split.sides(of: samples, rule: settings.blockRule, seed: training.seed)
    let workers = Workers(threads: threads)
    let run = try TrainingRun(samples, training: sides.training, settings: training, workers: workers)
    // The title tells shuffled labels from the file's own.
    let places = samples.title + "\n" + sides.training.map(String.init).joined(separator: ",")
    let splitHash = SHA256.hexadecimal(of: Array(places.utf8))
    let start = try checkpoint(samples: hash, split: splitHash) ?? run.start
    var failure: RasterError?
    let end = try run.run(
      from: start, isCancelled: { isCancelled() || failure != nil },
      afterEpoch: { (state) throws(TrainingError) in
        let file = TrainingCheckpoint(state: state, settings: training, samples: hash, split: splitHash)
        do throws(RasterError) { try writeAtomically(file.encoded, to: checkpointPath) } catch { failure = error }
        if let record = state.records.last { progress(record, state.records.count, run.epochs) }
      })
    if let failure { throw failure }
    guard case .finished(let state) = end else { return nil }
    let isSynthetic = samples.title.lowercased().hasPrefix("synthetic")
    let model = try ModelFile.trained(
      run, state, validation: sides.validation, units: sides.validationUnits,
      kind: isSynthetic ? .syntheticBenchmark : .trained, title: samples.title, dataHash: hash, method: methodInWords,
      tool: "lsmap \(ToolVersion.build)", workers: workers)
    try writeAtomically(model.encoded(), to: modelPath)
    func scored(_ picks: [Int]) throws(TrainingError) -> [ScoredSample] {
      let scores = try logits(
        of: picks, in: samples, parameters: state.parameters, scaling: run.scaling, skips: training.skips,
        workers: workers)
      return zip(picks, scores).map { samples.scored($0, by: $1) }
    }
    return Result(
      model: model, records: state.records,
      validation: try scored(sides.validation.filter { samples.samples[$0].label != .unlabelled }),
      test: try scored(sides.test),
      earlyWarning: sides.test.map { samples.scored($0, by: Double(samples.samples[$0].earlyWarning)) })
  }

  private var methodInWords: String {
    let (pretraining, finetuning) = (settings.training.pretraining, settings.training.finetuning)
    return "proposed: \(pretraining.epochs) epochs \(pretraining.loss), \(finetuning.epochs) epochs focal + "
      + "\(finetuning.noiseWeight) noise + \(finetuning.distillation) distillation, rate \(finetuning.rate)"
  }

  private func checkpoint(samples: String, split: String) throws(TrainingError) -> TrainingState? {
    do {
      return resumption == .never ? nil : try fittingCheckpoint(samples: samples, split: split)
    } catch {
      if resumption == .whereItFits { return nil }
      throw error
    }
  }

  private func fittingCheckpoint(samples: String, split: String) throws(TrainingError) -> TrainingState? {
    guard let data = FileManager.default.contents(atPath: checkpointPath) else { return nil }
    let checkpoint = try TrainingCheckpoint(reading: data, path: checkpointPath)
    func bad(_ what: String) -> TrainingError {
      .badCheckpoint(path: checkpointPath, reason: "it belongs to other \(what); train without --resume to begin anew")
    }
    guard checkpoint.settings == settings.training else { throw bad("settings") }
    guard checkpoint.samples == samples else { throw bad("samples") }
    guard checkpoint.split == split else { throw bad("training samples") }
    return checkpoint.state
  }
}

extension SampleSet {
  fileprivate func scored(_ pick: Int, by score: Double) -> ScoredSample {
    ScoredSample(key: key(of: samples[pick]), isPositive: samples[pick].label == .landslide, score: score)
  }
}
