/// All figures of one method on one set of samples, as every table and report shows them (METHOD 7.1).
package struct ScoreSummary: Hashable, Sendable, Codable {
  package let samples: Int
  package let positives: Int
  package let prevalence: Double
  /// What no ranking can fall below; `nil` when one of the classes is absent.
  package let unreachableAveragePrecision: Double?
  package let averagePrecision: Double?
  package let trapezoidArea: Double?
  /// The recall that the two precisions are at.
  package let recall: Double
  package let precisionAtRecall: Double?
  package let bestPrecisionAtRecall: Double?
  package let rocArea: Double?
  /// At one false alarm a region-year; `nil` when the region-years are not given.
  package let recallAtOneFalseAlarm: Double?
  /// Of the calibrated probabilities; `nil` when the scores are none.
  package let brier: Double?
  package let calibrationError: Double?

  /// - Parameters:
  ///   - samples: Not empty.
  ///   - probabilities: Calibrated probabilities in the order of `samples`, where there are any.
  ///   - recall: Where precision is told, METHOD 11's `eval.recall`.
  ///   - regionYears: What the samples stand for: regions times years, quiet days included.
  package init(
    _ samples: [ScoredSample], probabilities: [Double]? = nil, recall: Double = 0.8, regionYears: Double? = nil
  ) {
    precondition(!samples.isEmpty, "a summary of no samples")
    let curve = PrecisionRecallCurve(samples)
    let labels = samples.map(\.isPositive)
    self.samples = curve.count
    positives = curve.positives
    prevalence = Double(curve.positives) / Double(curve.count)
    unreachableAveragePrecision =
      prevalence > 0 && prevalence < 1 ? Evaluation.unreachableAveragePrecision(prevalence: prevalence) : nil
    averagePrecision = curve.averagePrecision
    trapezoidArea = curve.trapezoidArea
    self.recall = recall
    precisionAtRecall = curve.precision(atRecall: recall)
    bestPrecisionAtRecall = curve.bestPrecision(atRecall: recall)
    rocArea = curve.rocArea
    recallAtOneFalseAlarm = regionYears.flatMap { curve.recall(atFalseAlarms: $0) }
    brier = probabilities.flatMap { brierScore(probabilities: $0, labels: labels) }
    calibrationError = probabilities.flatMap { Evaluation.calibrationError(probabilities: $0, labels: labels) }
  }
}
