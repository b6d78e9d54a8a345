import Cartography
package import Evaluation
package import Forecasting
import Foundation
import Neural
import Rasters
import Statistics

/// What `lsmap train` is asked for.
package struct TrainingRequest: Sendable {
  package var dataset: String
  package var out: String
  package var settings: TrainingSettings
  /// `all`, `block`, `day`, or `fold0` ... `fold4` of leave-K-regions-out.
  package var split = "block"
  package var threads = 2
  package var resume = false
  package var overwrite = false

  package init(dataset: String, out: String, settings: TrainingSettings) {
    self.dataset = dataset
    self.out = out
    self.settings = settings
  }
}

/// What a training gave.
package struct TrainingResult: Codable, Sendable, Equatable {
  package var model: String
  package var title: String
  package var split: String
  package var trainingSamples: Int
  package var trainingPositives: Int
  /// On the inner validation, which gave calibration and thresholds.
  package var validation: ScoreSummary
  /// On the test side; `nil` with the split `all`.
  package var test: ScoreSummary?
  /// SWI-EWS on the same test samples.
  package var earlyWarning: ScoreSummary?
  package var seconds: Double

  package var words: String {
    func line(_ name: String, _ summary: ScoreSummary) -> String {
      let ap = summary.averagePrecision.map { rounded(Float($0), 3) } ?? "none"
      let precision = summary.precisionAt80.map { rounded(Float($0), 3) } ?? "none"
      return "\(name): AP \(ap), precision at 80 % recall \(precision); n \(summary.samples), positive "
        + "\(summary.positives), prevalence \(rounded(Float(summary.prevalence) * 100, 1)) %"
    }
    var lines = ["\(title), split \(split), trained on \(trainingSamples) samples, \(trainingPositives) positive"]
    lines.append(line("inner validation", validation))
    if let test { lines.append(line("test", test)) }
    if let earlyWarning { lines.append(line("swi-ews on the same test", earlyWarning)) }
    lines.append("\(model), \(Int(seconds)) s")
    return lines.joined(separator: "\n")
  }
}

/// Trains the network and writes a model file; a checkpoint after each epoch lies beside it until the end.
///
/// - Parameters:
///   - request: What is asked for.
///   - console: Told each epoch.
/// - Returns: What came out.
/// - Throws: A `ReportedError`; the last checkpoint stays for `--resume`.
package func train(_ request: TrainingRequest, console: Console) throws -> TrainingResult {
  let clock = ContinuousClock()
  let started = clock.now
  let files = FileManager.default
  guard request.overwrite || request.resume || !files.fileExists(atPath: request.out) else {
    throw RunFolderError.exists(path: request.out)
  }
  guard let data = files.contents(atPath: request.dataset) else { throw RasterError.notFound(path: request.dataset) }
  let samples = try SampleSet(reading: data, path: request.dataset)
  let dataHash = SHA256.hexadecimal(of: data)
  let split = try DatasetSplit(request.split, of: samples, seed: request.settings.seed)
  let workers = Workers(threads: request.threads)
  let run = try TrainingRun(samples, training: split.training, settings: request.settings, workers: workers)

  let checkpoint = request.out + ".checkpoint"
  var state = run.start
  if request.resume, let stored = files.contents(atPath: checkpoint) {
    let found = try TrainingCheckpoint(reading: stored, path: checkpoint)
    guard found.settings == request.settings, found.samples == dataHash, found.split == request.split else {
      throw TrainingFileError.otherRun(path: checkpoint)
    }
    state = found.state
    console.note("going on after epoch \(state.records.count) of \(run.epochs)")
  }
  console.begin("training on \(run.training.count) samples, \(run.epochs) epochs")
  let first = state.records.count
  let epochsStarted = clock.now
  let afterEpoch = { (state: TrainingState) throws(TrainingError) in
    let done = state.records.count
    console.progress(Double(done) / Double(run.epochs))
    if let last = state.records.last {
      let minutes = (clock.now - epochsStarted) / .seconds(60)
      let pace = Double(done - first) / max(minutes, 1e-6)
      console.note(
        "\(last.phase.rawValue) \(last.epoch): loss \(rounded(Float(last.loss), 4)), \(rounded(Float(pace), 1)) epochs/min, "
          + "\(Int((Double(run.epochs - done) / pace).rounded(.up))) min left")
    }
    let stored = TrainingCheckpoint(
      state: state, settings: request.settings, samples: dataHash, split: request.split)
    do { try writeAtomically(stored.encoded, to: checkpoint) } catch {
      throw TrainingError.cannotTrain(reason: "\(error)")
    }
  }
  let end = try run.run(from: state, afterEpoch: afterEpoch)
  guard case .finished(let final) = end else { throw TrainingFileError.interrupted(path: checkpoint) }

  let scorer = SampleScorer(samples: samples, run: run, state: final, workers: workers)
  let (model, result) = try scorer.model(split, request: request, dataHash: dataHash)
  try writeAtomically(model.encoded(), to: request.out)
  try writeAtomically(drawTrainingCurves(curves(final.records, title: model.record.title)), to: request.out + ".png")
  try? files.removeItem(atPath: checkpoint)
  console.end()
  var finished = result
  finished.seconds = (clock.now - started) / .seconds(1)
  return finished
}

private func curves(_ records: [EpochRecord], title: String) -> TrainingCurves {
  func stage(_ name: String, _ phase: TrainingPhase, _ parts: [(String, (EpochRecord) -> Double)]) -> TrainingCurves.Stage? {
    let found = records.filter { $0.phase == phase }
    guard !found.isEmpty else { return nil }
    return TrainingCurves.Stage(
      name: name, curves: parts.map { TrainingCurves.Curve(name: $0.0, values: found.map($0.1)) })
  }
  let stages = [
    stage("Pre-training (contrastive)", .pretraining, [("loss", \.loss)]),
    stage(
      "Fine-tuning", .finetuning,
      [("loss", \.loss), ("focal", \.focal), ("focal, noisy", \.noisyFocal), ("distillation", \.distillation)]),
  ].compactMap { $0 }
  return TrainingCurves(title: "Training: \(title)", stages: stages)
}

/// Scores samples with a trained state and makes the model file of it.
private struct SampleScorer {
  let samples: SampleSet
  let run: TrainingRun
  let state: TrainingState
  let workers: Workers

  private func scored(_ picks: [Int], _ scores: [Double]) -> [ScoredSample] {
    zip(picks, scores).map { place, score in
      let sample = samples.samples[place]
      return ScoredSample(key: samples.key(of: sample), isPositive: sample.label == .landslide, score: score)
    }
  }

  private func logits(_ picks: [Int]) -> [Double] {
    Forecasting.logits(
      of: picks, in: samples, parameters: state.parameters, scaling: run.scaling, skips: run.settings.skips,
      workers: workers)
  }

  func model(
    _ split: DatasetSplit, request: TrainingRequest, dataHash: String
  ) throws -> (ModelFile, TrainingResult) {
    let validation = scored(split.validation, logits(split.validation))
    let labels = validation.map(\.isPositive)
    let calibration = PlattCalibration(fitting: validation.map(\.score), labels: labels)
    let probabilities = validation.map { calibration.probability(ofLogit: $0.score) }
    let curve = PrecisionRecallCurve(scores: probabilities, labels: labels)
    guard let thresholds = OperatingThresholds(curve) else {
      throw TrainingFileError.noThresholds(positives: labels.count { $0 })
    }
    let isSynthetic = samples.title.lowercased().contains("synthetic")
    let origin =
      "inner validation of split \(request.split), seed \(request.settings.seed): \(validation.count) samples, "
      + "\(labels.count { $0 }) positive"
    let positives = run.training.count { samples.samples[$0].label == .landslide }
    let record = ModelRecord(
      kind: isSynthetic ? .syntheticBenchmark : .trained,
      title: isSynthetic ? "trained on the synthetic benchmark: no claim about real skill" : "trained on \(samples.title)",
      scaling: run.scaling,
      thresholds: ThresholdRecord(levels: thresholds.levels, origin: origin, isMeasured: true),
      calibration: CalibrationRecord(slope: calibration.slope, offset: calibration.offset, origin: "Platt, \(origin)"),
      training: TrainingRecord(
        dataHash: dataHash, prevalence: run.prevalence, samples: run.training.count, positives: positives,
        seeds: [request.settings.seed],
        method: "proposed: \(run.settings.pretraining.loss) \(run.settings.pretraining.epochs) + "
          + "\(run.settings.finetuning.epochs) epochs"),
      physics: PhysicsRecord(), tool: "lsmap \(ToolVersion.text)")
    let test = split.test.isEmpty ? nil : scored(split.test, logits(split.test))
    let warning = split.test.isEmpty
      ? nil : scored(split.test, split.test.map { Double(samples.samples[$0].earlyWarning) })
    let result = TrainingResult(
      model: request.out, title: record.title, split: request.split, trainingSamples: run.training.count,
      trainingPositives: positives, validation: ScoreSummary(validation, probabilities: probabilities),
      test: test.map { test in
        ScoreSummary(test, probabilities: test.map { calibration.probability(ofLogit: $0.score) })
      },
      earlyWarning: warning.map { ScoreSummary($0) }, seconds: 0)
    return (ModelFile(parameters: state.parameters, record: record), result)
  }
}

/// Training, inner validation and test samples of a named split (METHOD 7.2).
struct DatasetSplit {
  let training: [Int]
  let validation: [Int]
  let test: [Int]

  init(_ name: String, of samples: SampleSet, seed: UInt64) throws {
    let usable = samples.samples.indices.filter { samples.hasWindow(samples.samples[$0]) }
    let labelled = usable.filter { samples.samples[$0].label != .unlabelled }
    let keys = labelled.map { samples.key(of: samples.samples[$0]) }
    let labels = labelled.map { samples.samples[$0].label == .landslide }
    let outer: SampleSplit
    switch name {
    case "all": outer = SampleSplit(training: Array(keys.indices), test: [])
    case "block": outer = splitByBlock(keys, labels: labels, seed: seed)
    case "day": outer = splitByDay(keys, labels: labels, seed: seed)
    default:
      let folds = regionFolds(keys, labels: labels, seed: seed)
      guard name.hasPrefix("fold"), let fold = Int(name.dropFirst(4)), folds.indices.contains(fold) else {
        throw TrainingSettingError.unknownSplit(name)
      }
      outer = splitByRegion(keys, heldOut: folds[fold])
    }
    let inner = innerValidation(of: outer.training, keys: keys, labels: labels, seed: seed)
    let unlabelled = usable.filter { samples.samples[$0].label == .unlabelled }
    training = inner.training.map { labelled[$0] } + unlabelled
    validation = inner.test.map { labelled[$0] }
    test = outer.test.map { labelled[$0] }
  }
}

/// What can go wrong around a training's files.
package enum TrainingFileError: ReportedError, Equatable {
  case otherRun(path: String)
  case interrupted(path: String)
  case noThresholds(positives: Int)

  package var exitCode: ExitCode { .badInput }
  package var description: String {
    switch self {
    case .otherRun(let path):
      "\(path): belongs to a training with other settings, samples or split; give the same ones or drop --resume"
    case .interrupted(let path): "\(path): interrupted; go on with --resume"
    case .noThresholds(let positives):
      "the inner validation holds \(positives) landslides, too few for thresholds; use more samples or another seed"
    }
  }
}

extension TrainingError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}
