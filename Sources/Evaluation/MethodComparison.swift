/// A figure that tables of methods show.
package enum RankingMeasure: Hashable, Sendable {
  case averagePrecision
  case precision(atRecall: Double)

  /// `nil` where the curve has no positive.
  package func value(of curve: PrecisionRecallCurve) -> Double? {
    switch self {
    case .averagePrecision: curve.averagePrecision
    case .precision(let recall): curve.precision(atRecall: recall)
    }
  }
}

/// Several methods on the same test samples: one group of samples for each time that methods were trained anew.
///
/// Headline figures are means over the groups. Their intervals resample whole (region, block) units.
/// - Source: METHOD 7.1 and 7.2.
package struct MethodComparison: Sendable {
  /// One test side: that of a seed, or of a seed and a fold of regions.
  package struct Group: Sendable {
    package let seed: UInt64
    package let keys: [SampleKey]
    package let labels: [Bool]
    /// Shape `(methods, samples)`, any scale, higher means more likely, no `NaN`.
    package let scores: [[Double]]

    package init(seed: UInt64, keys: [SampleKey], labels: [Bool], scores: [[Double]]) {
      precondition(keys.count == labels.count, "\(keys.count) keys, \(labels.count) labels")
      precondition(scores.allSatisfy { $0.count == keys.count }, "scores of other samples than \(keys.count)")
      self.seed = seed
      self.keys = keys
      self.labels = labels
      self.scores = scores
    }

    func curve(_ method: Int) -> PrecisionRecallCurve { PrecisionRecallCurve(scores: scores[method], labels: labels) }
  }

  package let groups: [Group]
  /// How intervals are drawn.
  package let plan: ResamplingPlan

  /// - Precondition: At least one group; all have the same number of methods.
  package init(_ groups: [Group], plan: ResamplingPlan = ResamplingPlan()) {
    precondition(Set(groups.map(\.scores.count)).count == 1, "groups of different methods, or none")
    self.groups = groups
    self.plan = plan
  }

  /// Mean over the groups that have a positive; `nil` when none has.
  package func mean(_ measure: RankingMeasure, of method: Int) -> Double? {
    Self.mean(groups.map { measure.value(of: $0.curve(method)) })
  }

  /// Intervals of `mean` and of its paired differences.
  package func resampled(_ measures: [RankingMeasure]) -> ResampledFigures { ResampledFigures(self, measures) }

  /// Mean over seeds of the measure on all groups of a seed together.
  ///
  /// - Parameters:
  ///   - measure: The figure.
  ///   - method: Place of the method.
  ///   - isNormalised: Replaces scores by their ranks in the group: models that were trained apart differ in offset.
  /// - Returns: `nil` without positives.
  package func pooled(_ measure: RankingMeasure, of method: Int, normalised isNormalised: Bool) -> Double? {
    Self.mean(seeds.map { measure.value(of: pooledCurve(of: method, seed: $0, normalised: isNormalised)) })
  }

  /// Precision and recall on all groups of a seed together.
  package func pooledCurve(of method: Int, seed: UInt64, normalised isNormalised: Bool) -> PrecisionRecallCurve {
    let own = groups.filter { $0.seed == seed }
    let scores = own.flatMap { isNormalised ? rankNormalised($0.scores[method]) : $0.scores[method] }
    return PrecisionRecallCurve(scores: scores, labels: own.flatMap(\.labels))
  }

  package var seeds: [UInt64] { Array(Set(groups.map(\.seed))).sorted() }

  static func mean(_ values: [Double?]) -> Double? {
    let found = values.compactMap { $0 }
    return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
  }
}
