package import Evaluation
import Mesh

/// A trained model and what its training tells.
package struct TrainedModel {
  package let file: ModelFile
  /// A row an epoch; empty for a method that learns in one go.
  package let records: [EpochRecord]
  /// The model as it scores, opened from its payload as `predict` opens it.
  package let scorer: any RiskScorer
  /// What set calibration and levels.
  package let validation: [ScoredSample]
}

/// The samples that set calibration and levels, and whose models score them.
package struct ValidationPlan {
  /// Places of samples that do not train; empty with folds.
  package var samples: [Int]
  /// Each fold's `test` is scored by a model that learns from its `training`; the model itself learns from all.
  package var folds: [SampleSplit]
  /// What was kept or dealt, in words.
  package var units: String
  /// How the intervals of the recalls are drawn.
  package var resampling: ResamplingPlan

  package init(
    samples: [Int], folds: [SampleSplit] = [], units: String, resampling: ResamplingPlan = ResamplingPlan()
  ) {
    self.samples = samples
    self.folds = folds
    self.units = units
    self.resampling = resampling
  }
}

extension Method {
  /// Learns, and sets calibration and levels on samples that the scoring model has not learnt from, in the same way for every
  /// method.
  ///
  /// Platt's calibration is fitted to their scores; levels begin at the calibrated probabilities with 95, 90, 80 and 50 %
  /// recall of their landslides.
  ///
  /// - Parameters:
  ///   - lesson: What is learnt from.
  ///   - validation: The samples whose labels decide calibration and levels.
  ///   - dataHash: SHA-256 of the sample file.
  ///   - tool: Program and version.
  /// - Returns: The model.
  /// - Throws: `cannotTrain` when the validation has no landslide or no other day; `nothingLearnt` when
  ///   all scores are equal; what learning throws.
  package func train(
    _ lesson: Lesson, validation: ValidationPlan, dataHash: String, tool: String
  ) throws -> TrainedModel {
    let set = lesson.samples
    func isLabelled(_ place: Int) -> Bool { set.samples[place].label != .unlabelled }
    let folds = validation.folds.map { (training: $0.training, test: $0.test.filter(isLabelled)) }
    let picks = folds.isEmpty ? validation.samples.filter(isLabelled) : folds.flatMap(\.test)
    let labels = picks.map { set.samples[$0].label == .landslide }
    let positives = labels.count { $0 }
    let kind = Language.english.say(folds.isEmpty ? .innerValidation : .outOfFolds)
    guard positives > 0, positives < labels.count else {
      throw TrainingError.cannotTrain(
        reason:
          "the \(kind) (\(validation.units)) has \(positives) landslides in \(labels.count) samples: they lie in too few "
          + "storms and regions; add samples of others, or try another --seed")
    }
    func say(_ models: [Learned], of picks: [Int]) throws -> [[Double]] {
      try models.map { try open($0.payload, title).scores(of: picks, in: set, workers: lesson.workers) }
    }
    let parts = folds.count + 1
    let models = try learnMembers(lesson.part(0, of: parts, named: "fold"))
    // Shape (members, picks).
    var held = folds.isEmpty ? try say(models, of: picks) : models.map { _ in [Double]() }
    for (number, fold) in folds.enumerated() {
      var own = lesson.part(number + 1, of: parts, named: "fold")
      own.training = fold.training
      let found = try say(try learnMembers(own), of: fold.test)
      for member in held.indices { held[member] += found[member] }
    }
    let origin = Language.english.say(
      .levelsMeasured, kind, "\(labels.count)", "\(positives)", validation.units)
    let platts = models.count > 1 ? held.map { Calibration(fitting: $0, labels: labels, origin: origin) } : []
    let learned = Self.joined(models, calibrations: platts)
    let scores =
      platts.isEmpty
      ? held[0]
      : picks.indices.map { place in
        EnsembleScorer.score(zip(platts, held).map { $0.slope * $1[place] + $0.offset })
      }
    guard scores.contains(where: { $0 != scores[0] }) else { throw TrainingError.nothingLearnt(method: title) }
    let calibration = Calibration(fitting: scores, labels: labels, origin: origin)
    // Levels are compared with `Float` probabilities: their edges are those very numbers.
    let probabilities = scores.map { Double(calibration.probability(of: Float($0))) }
    func scored(_ values: [Double]) -> [ScoredSample] {
      picks.indices.map {
        ScoredSample(key: set.key(of: set.samples[picks[$0]]), isPositive: labels[$0], score: values[$0])
      }
    }
    let curve = PrecisionRecallCurve(scores: probabilities, labels: labels)
    guard let levels = Levels(measuredOn: curve, origin: origin) else {
      throw TrainingError.cannotTrain(reason: "no levels can be set on \(positives) landslides")
    }
    let labelled = lesson.labelled
    let header = ModelHeader(
      method: name, kind: set.isSynthetic ? .synthetic : .trained, title: set.title,
      levels: levels.resampled(scored(probabilities), plan: validation.resampling), calibration: calibration,
      training: TrainingRecord(
        dataHash: dataHash, prevalence: Double(lesson.positives) / Double(max(labelled.count, 1)),
        samples: labelled.count, positives: lesson.positives,
        seeds: Self.memberSeeds(models.count, of: lesson.settings.seed), recipe: learned.recipe),
      physics: set.basis.physics, tool: tool)
    return TrainedModel(
      file: ModelFile(header: header, payload: learned.payload), records: learned.records,
      scorer: try scorer(of: learned.payload, path: title), validation: scored(scores))
  }
}
