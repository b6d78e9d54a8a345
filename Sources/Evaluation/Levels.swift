/// The risk levels 1 to 5 of a model: where they begin, and which share of the landslides each is to catch.
///
/// Level 2 begins at `edges[0]` and catches `recalls[0]` of the landslides, and so on to level 5.
/// - Source: METHOD 7.3.
package struct Levels: Hashable, Sendable, Codable {
  /// Shares of the landslides that the levels 2 to 5 catch; falling, above 0 and below 1.
  package let recalls: [Double]
  /// Probabilities from which on the levels 2 to 5 hold; increasing, 0 ... 1.
  package let edges: [Float]
  /// The held-out samples that gave them, in words; says so when none did.
  package let origin: String
  /// Whether the recalls were measured on held-out samples. Levels that were not must not promise one.
  package let isMeasured: Bool
  /// What the recalls may be of other landslides, by `resampled`: one for each of `recalls`; `nil` where nobody measured them.
  package private(set) var recallIntervals: [ConfidenceInterval]?

  /// The recalls of every model of ours: what level 4 means must not depend on the model (DESIGN 4).
  package static let recalls = [0.95, 0.9, 0.8, 0.5]

  /// Levels by convention, or by somebody else's measurement.
  /// - Precondition: `flaw` is `nil`.
  package init(edges: [Float], origin: String, isMeasured: Bool) {
    recalls = Self.recalls
    self.edges = edges
    self.origin = origin
    self.isMeasured = isMeasured
    precondition(flaw == nil, flaw ?? "")
  }

  /// Measures the levels: each edge is the largest threshold with its recall.
  ///
  /// Where few positives make two of them meet, the lower one is lowered by one `Float` step, which costs no recall; so
  /// they always increase, also in the `Float` layers they are compared with.
  ///
  /// - Parameters:
  ///   - curve: Of calibrated probabilities.
  ///   - origin: What the samples of the curve are, in words. The result is `nil` without positives, or where the
  ///     probabilities are so small that no two edges can be told apart.
  package init?(measuredOn curve: PrecisionRecallCurve, origin: String) {
    let largest = Self.recalls.compactMap { curve.firstPoint(atRecall: $0)?.threshold }
    guard largest.count == Self.recalls.count else { return nil }
    var edges = largest.map { threshold in
      let nearest = Float(threshold)
      return Double(nearest) > threshold ? nearest.nextDown : nearest
    }
    for level in (0..<edges.count - 1).reversed() where edges[level] >= edges[level + 1] {
      edges[level] = edges[level + 1].nextDown
    }
    guard edges.allSatisfy({ (0...1).contains($0) }) else { return nil }
    self.init(edges: edges, origin: origin, isMeasured: true)
  }

  /// The same levels with the recalls that they have on resamples of the samples they were measured on, whole (region, block)
  /// units drawn with replacement; no narrower than so many independent landslides allow, since resamples of landslides that
  /// all lie above an edge all have a recall of 1.
  ///
  /// - Parameters:
  ///   - samples: With calibrated probabilities as scores.
  ///   - plan: How many, which blocks, the draws.
  /// - Returns: The levels; without intervals where no resample has a positive.
  /// - Source: METHOD 7.3.
  package func resampled(_ samples: [ScoredSample], plan: ResamplingPlan) -> Levels {
    var found = edges.map { _ in [Double]() }
    forEachResample(of: samples.map(\.key), plan: plan) { drawn in
      let positives = drawn.filter { samples[$0].isPositive }.map { Float(samples[$0].score) }
      guard !positives.isEmpty else { return }
      for (place, edge) in edges.enumerated() {
        found[place].append(Double(positives.count { $0 >= edge }) / Double(positives.count))
      }
    }
    let positives = samples.filter(\.isPositive).map { Float($0.score) }
    let intervals = zip(edges, found).compactMap { edge, recalls in
      ConfidenceInterval(of: recalls, coverage: plan.coverage).map { interval in
        let share = shareInterval(positives.count { $0 >= edge }, of: positives.count, coverage: plan.coverage)
        return interval.joined(with: share)
      }
    }
    var levels = self
    levels.recallIntervals = intervals.count == edges.count ? intervals : nil
    return levels
  }

  /// What cannot be true of levels that were read; `nil` when they can be used.
  package var flaw: String? {
    guard edges.count == Self.recalls.count, edges.allSatisfy({ (0...1).contains($0) }) else {
      return "the edges \(edges) are not \(Self.recalls.count) probabilities from 0 to 1"
    }
    guard zip(edges, edges.dropFirst()).allSatisfy(<) else { return "the edges \(edges) do not increase" }
    guard recalls.allSatisfy({ $0 > 0 && $0 < 1 }) else { return "a recall of \(recalls) is not between 0 and 1" }
    guard recalls == Self.recalls else { return "its recalls are \(recalls), the levels stand for \(Self.recalls)" }
    if let recallIntervals {
      guard recallIntervals.count == recalls.count,
        recallIntervals.allSatisfy({ $0.low >= 0 && $0.low <= $0.high && $0.high <= 1 })
      else { return "its intervals of the recalls are not \(recalls.count) parts of 0 to 1" }
    }
    return nil
  }

  /// Level 1 ... 5 of a probability; 0 for `NaN`.
  package func level(of probability: Float) -> UInt8 {
    guard !probability.isNaN else { return 0 }
    return edges.reduce(1) { $0 + (probability >= $1 ? 1 : 0) }
  }
}
