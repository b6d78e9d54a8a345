/// All figures of one method on one set of samples, as every table and report shows them (METHOD 7.1).
package struct ScoreSummary: Hashable, Sendable, Codable {
  package let samples: Int
  package let positives: Int
  package let prevalence: Double
  /// What no ranking can fall below; `nil` when one of the classes is absent.
  package let unreachableAveragePrecision: Double?
  package let averagePrecision: Double?
  package let trapezoidArea: Double?
  package let precisionAt80: Double?
  package let bestPrecisionAt80: Double?
  package let rocArea: Double?
  /// At one false alarm a region-year; `nil` when the region-years are not given.
  package let recallAtOneFalseAlarm: Double?
  /// Of the calibrated probabilities; `nil` when the scores are none.
  package let brier: Double?
  package let calibrationError: Double?

  /// - Parameters:
  ///   - samples: Not empty.
  ///   - probabilities: Calibrated probabilities in the order of `samples`, where there are any.
  ///   - regionYears: What the samples stand for: regions times years, quiet days included.
  package init(_ samples: [ScoredSample], probabilities: [Double]? = nil, regionYears: Double? = nil) {
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
    precisionAt80 = curve.precision(atRecall: 0.8)
    bestPrecisionAt80 = curve.bestPrecision(atRecall: 0.8)
    rocArea = curve.rocArea
    recallAtOneFalseAlarm = regionYears.flatMap { curve.recall(atFalseAlarms: $0) }
    brier = probabilities.flatMap { brierScore(probabilities: $0, labels: labels) }
    calibrationError = probabilities.flatMap { Evaluation.calibrationError(probabilities: $0, labels: labels) }
  }
}
