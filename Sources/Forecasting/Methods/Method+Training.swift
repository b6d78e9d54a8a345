import Evaluation

/// A trained model and what its training tells.
package struct TrainedModel {
  package let file: ModelFile
  /// A row an epoch; empty for a method that learns in one go.
  package let records: [EpochRecord]
  /// The model as it scores, opened from its payload as `predict` opens it.
  package let scorer: any RiskScorer
}

extension Method {
  /// Learns, and sets calibration and levels on an inner validation, in the same way for every method.
  ///
  /// Platt's calibration is fitted to the validation scores; levels begin at the calibrated probabilities with 95, 90, 80
  /// and 50 % recall of the validation landslides.
  ///
  /// - Parameters:
  ///   - lesson: What is learnt from.
  ///   - validation: Places of samples that do not train; their labels decide calibration and levels.
  ///   - units: What was kept for them, in words.
  ///   - dataHash: SHA-256 of the sample file.
  ///   - tool: Program and version.
  /// - Returns: The model.
  /// - Throws: `cannotTrain` when the validation has no landslide or no other day; what learning throws.
  package func train(
    _ lesson: Lesson, validation: [Int], units: String, dataHash: String, tool: String
  ) throws -> TrainedModel {
    let set = lesson.samples
    let picks = validation.filter { set.samples[$0].label != .unlabelled }
    let labels = picks.map { set.samples[$0].label == .landslide }
    let positives = labels.count { $0 }
    guard positives > 0, positives < labels.count else {
      throw TrainingError.cannotTrain(
        reason:
          "the inner validation (\(units)) has \(positives) landslides in \(labels.count) samples: they lie in too few "
          + "storms and regions; add samples of others, or try another --seed")
    }
    let learned = try learn(lesson)
    let scorer = try open(learned.payload, title)
    let scores = try scorer.scores(of: picks, in: set, workers: lesson.workers)
    let origin = "inner validation: \(labels.count) samples, \(positives) landslides, \(units)"
    let calibration = Calibration(fitting: scores, labels: labels, origin: origin)
    // Levels are compared with `Float` probabilities: their edges are those very numbers.
    let probabilities = scores.map { Double(calibration.probability(of: Float($0))) }
    let curve = PrecisionRecallCurve(scores: probabilities, labels: labels)
    guard let levels = Levels(measuredOn: curve, origin: origin) else {
      throw TrainingError.cannotTrain(reason: "no levels can be set on \(positives) landslides")
    }
    let labelled = lesson.labelled
    let header = ModelHeader(
      method: name, kind: set.isSynthetic ? .synthetic : .trained, title: set.title, levels: levels,
      calibration: calibration,
      training: TrainingRecord(
        dataHash: dataHash, prevalence: Double(lesson.positives) / Double(max(labelled.count, 1)),
        samples: labelled.count, positives: lesson.positives, seeds: [lesson.settings.seed], recipe: learned.recipe),
      physics: set.basis.physics, tool: tool)
    return TrainedModel(
      file: ModelFile(header: header, payload: learned.payload), records: learned.records, scorer: scorer)
  }
}
