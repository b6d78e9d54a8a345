import Cartography
package import Evaluation
package import Forecasting
import Foundation
import Rasters

/// What `lsmap train` is asked for.
package struct TrainingRequest: Sendable {
  package var dataset: String
  package var out: String
  package var method: Method
  package var settings: ExperimentSettings
  /// `all`, `block`, `day`, or `fold0` ... of leave-K-regions-out; the settings' own when `nil`.
  package var split: String?
  package var threads = 2
  package var resume = false
  package var overwrite = false

  package init(dataset: String, out: String, method: Method, settings: ExperimentSettings) {
    self.dataset = dataset
    self.out = out
    self.method = method
    self.settings = settings
  }
}

/// What a training gave.
package struct TrainingResult: Codable, Sendable, Equatable {
  package var model: String
  package var method: String
  package var title: String
  package var split: String
  package var trainingSamples: Int
  package var trainingPositives: Int
  package var levels: Levels
  /// On what set the levels, which settings may be compared on.
  package var validation: ScoreSummary
  /// On the test side; `nil` with the split `all`.
  package var test: ScoreSummary?
  /// SWI-EWS on the same test samples.
  package var earlyWarning: ScoreSummary?
  package var seconds: Double

  package var words: String {
    func line(_ name: String, _ summary: ScoreSummary) -> String {
      let ap = summary.averagePrecision.map { rounded(Float($0), 3) } ?? "none"
      let precision = summary.precisionAtRecall.map { rounded(Float($0), 3) } ?? "none"
      return
        "\(name): AP \(ap), precision at \(percent(summary.recall)) recall \(precision); n \(summary.samples), positive "
        + "\(summary.positives), prevalence \(rounded(Float(summary.prevalence) * 100, 1)) %"
    }
    var lines = [
      "\(method): \(title), split \(split), trained on \(trainingSamples) samples, \(trainingPositives) positive"
    ]
    lines.append("levels 2 to 5 from p = \(levels.edges.map { "\($0)" }.joined(separator: ", ")): \(levels.origin)")
    lines += zip(levels.recallIntervals ?? [], levels.recalls).enumerated().map { place, found in
      "level \(place + 2) catches \(percent(found.1)), 95 % interval \(found.0.perCent)"
    }
    lines.append(line("validation", validation))
    if let test { lines.append(line("test", test)) }
    if let earlyWarning { lines.append(line("swi-ews on the same test", earlyWarning)) }
    lines.append("\(model), \(Int(seconds)) s")
    return lines.joined(separator: "\n")
  }
}

/// Trains a method and writes a model file; where it learns in epochs also its loss curves, and until the end a
/// checkpoint after each epoch.
///
/// - Parameters:
///   - request: What is asked for.
///   - console: Told each epoch.
/// - Returns: What came out.
/// - Throws: A `ReportedError`; the last checkpoint stays for `--resume`.
package func train(_ request: TrainingRequest, console: Console) throws -> TrainingResult {
  let clock = ContinuousClock()
  let started = clock.now
  let evaluation = request.settings.evaluation
  let splitName = request.split ?? evaluation.split.rawValue
  var job = TrainingJob(
    samples: request.dataset, model: request.out, method: request.method, settings: request.settings)
  job.split = try TestSplit(named: splitName, folds: evaluation.folds)
  job.threads = request.threads
  job.resumption = request.resume ? .always : .never
  let goesOn = request.resume && FileManager.default.fileExists(atPath: job.checkpointPath)
  guard request.overwrite || goesOn || !FileManager.default.fileExists(atPath: request.out) else {
    throw RunFolderError.exists(path: request.out)
  }
  console.begin("training \(request.method.title)")
  var epochs = 0
  var losses: [Double] = []
  let onEpoch = { (record: EpochRecord, done: Int, all: Int) in
    epochs += 1
    if record.epoch == 1 { losses = [] }
    losses.append(record.loss)
    let pace = Double(epochs) / max((clock.now - started) / .seconds(60), 1e-6)
    console.note(
      "\(record.phase.rawValue) \(record.epoch): loss \(rounded(Float(record.loss), 4)) \(lineOfBlocks(losses)), "
        + "\(rounded(Float(pace), 1)) epochs/min, \(timeLeft(minutes: Double(all - done) / pace))")
    console.progress(Double(done) / Double(all))
  }
  let finished = try job.run(progress: onEpoch)
  let model = finished.header
  if !finished.records.isEmpty {
    try writeAtomically(drawTrainingCurves(curves(finished.records, title: model.title)), to: request.out + ".png")
  }
  job.removeCheckpoints()
  console.end()
  func summary(_ samples: [ScoredSample]) -> ScoreSummary {
    ScoreSummary(
      samples, probabilities: samples.map { Double(model.probability(of: Float($0.score))) }, recall: evaluation.recall)
  }
  return TrainingResult(
    model: request.out, method: model.method, title: model.title, split: splitName,
    trainingSamples: model.training.samples,
    trainingPositives: model.training.positives, levels: model.levels,
    validation: summary(finished.validation), test: finished.test.isEmpty ? nil : summary(finished.test),
    earlyWarning: finished.earlyWarning.isEmpty ? nil : ScoreSummary(finished.earlyWarning, recall: evaluation.recall),
    seconds: (clock.now - started) / .seconds(1))
}

/// The last 24 values as blocks, the lowest of all as the lowest block.
func lineOfBlocks(_ values: [Double]) -> String {
  let blocks = Array("▁▂▃▄▅▆▇█")
  guard let low = values.min(), let high = values.max(), low < high else { return values.isEmpty ? "" : "▁" }
  return String(values.suffix(24).map { blocks[Int(($0 - low) / (high - low) * 7)] })
}

private func timeLeft(minutes: Double) -> String {
  minutes < 1 ? "\(Int((minutes * 60).rounded(.up))) s left" : "\(Int(minutes.rounded(.up))) min left"
}

private func curves(_ records: [EpochRecord], title: String) -> TrainingCurves {
  func stage(
    _ name: String, _ phase: TrainingPhase, _ parts: [(String, (EpochRecord) -> Double)]
  ) -> TrainingCurves.Stage? {
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
    stage("One class (squared distance)", .oneClass, [("loss", \.loss)]),
  ].compactMap { $0 }
  return TrainingCurves(title: "Training: \(title)", stages: stages)
}
