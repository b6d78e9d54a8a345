import Evaluation
package import Neural

extension ModelFile {
  /// The model of a finished run: weights, standardisation, calibration and thresholds from an inner validation.
  ///
  /// Platt's calibration is fitted to the validation logits; thresholds are calibrated probabilities at 95, 90, 80 and
  /// 50 % recall of the validation landslides.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - state: Its last state.
  ///   - validation: Places of samples that did not train; their labels decide calibration and thresholds.
  ///   - units: What was kept for them, in words.
  ///   - kind: Synthetic or an inventory.
  ///   - title: What the user reads first.
  ///   - dataHash: SHA-256 of the sample file.
  ///   - method: Name of the method and what was changed.
  ///   - tool: Program and version.
  ///   - workers: Threads.
  /// - Returns: The model.
  /// - Throws: `cannotTrain` when the validation has no landslide or no other day; `shortRain`.
  package static func trained(
    _ run: TrainingRun, _ state: TrainingState, validation: [Int], units: String, kind: ModelKind, title: String,
    dataHash: String,
    method: String, tool: String, workers: Workers
  ) throws(TrainingError) -> ModelFile {
    let picks = validation.filter { run.samples.samples[$0].label != .unlabelled }
    let labels = picks.map { run.samples.samples[$0].label == .landslide }
    let positives = labels.count { $0 }
    guard positives > 0, positives < labels.count else {
      throw .cannotTrain(
        reason:
          "the inner validation (\(units)) has \(positives) landslides in \(labels.count) samples: they lie in too few "
          + "storms and regions; add samples of others, or try another --seed")
    }
    let scores = try logits(
      of: picks, in: run.samples, parameters: state.parameters, scaling: run.scaling, skips: run.settings.skips,
      workers: workers)
    let calibration = PlattCalibration(fitting: scores, labels: labels)
    // Levels are compared with `Float` probabilities: the thresholds are those very numbers.
    let probabilities = scores.map { Double(calibration.probability(of: Float($0))) }
    guard let thresholds = OperatingThresholds(PrecisionRecallCurve(scores: probabilities, labels: labels)) else {
      throw .cannotTrain(reason: "no thresholds can be set on \(positives) landslides")
    }
    let origin = "inner validation: \(labels.count) samples, \(positives) landslides, \(units)"
    let record = ModelRecord(
      kind: kind, title: title, scaling: run.scaling,
      thresholds: ThresholdRecord(levels: thresholds.levels, origin: origin, isMeasured: true),
      calibration: CalibrationRecord(slope: calibration.slope, offset: calibration.offset, origin: origin),
      training: TrainingRecord(
        dataHash: dataHash, prevalence: run.prevalence, samples: run.training.count,
        positives: run.training.count { run.samples.samples[$0].label == .landslide }, seeds: [run.settings.seed],
        method: method),
      physics: run.samples.basis.physics, tool: tool)
    var parameters = state.parameters
    // A network without the skip is one whose weight of the physics is nothing.
    if !run.settings.skips { parameters["skip.raw"] = [-100] }
    return ModelFile(parameters: parameters, record: record)
  }
}
