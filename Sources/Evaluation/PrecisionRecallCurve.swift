/// Precision and recall over all thresholds of a score; equal scores are one threshold.
///
/// Grouping ties is not optional: a score with many of them gets another average precision for every order of its rows.
/// - Source: METHOD 7.1.
package struct PrecisionRecallCurve: Sendable {
  /// What happens when everything with `score >= threshold` is an alarm.
  package struct Point: Hashable, Sendable {
    package let threshold: Double
    package let truePositives: Int
    package let falsePositives: Int

    package var precision: Double { Double(truePositives) / Double(truePositives + falsePositives) }
  }

  /// One point a distinct score, thresholds falling.
  package let points: [Point]
  package let positives: Int
  package let count: Int

  /// - Parameters:
  ///   - scores: Any scale, no `NaN`; shape `(n)`.
  ///   - labels: `true` for a positive; shape `(n)`.
  package init(scores: [Double], labels: [Bool]) {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    precondition(!scores.contains { $0.isNaN }, "a score is NaN")
    let sorted = zip(scores, labels).sorted { $0.0 > $1.0 }
    var points: [Point] = []
    var (hits, alarms) = (0, 0)
    for (place, (score, label)) in sorted.enumerated() {
      if label { hits += 1 } else { alarms += 1 }
      if place + 1 < sorted.count, sorted[place + 1].0 == score { continue }
      points.append(Point(threshold: score, truePositives: hits, falsePositives: alarms))
    }
    self.points = points
    positives = hits
    count = scores.count
  }

  init(points: [Point], positives: Int, count: Int) {
    self.points = points
    self.positives = positives
    self.count = count
  }

  package init(_ samples: [ScoredSample]) {
    self.init(scores: samples.map(\.score), labels: samples.map(\.isPositive))
  }

  package func recall(at point: Point) -> Double { Double(point.truePositives) / Double(positives) }

  /// `Σ (Rₙ − Rₙ₋₁) Pₙ`, no interpolation: the "PR-AUC" of every table of ours. `nil` without positives.
  package var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var before = 0
    var sum = 0.0
    for point in points {
      sum += Double(point.truePositives - before) * point.precision
      before = point.truePositives
    }
    return sum / Double(positives)
  }

  /// Area under the straight lines between the points, from recall 0 and precision 1 on: optimistic, for comparison with
  /// others' tables only. `nil` without positives.
  package var trapezoidArea: Double? {
    guard positives > 0 else { return nil }
    var before = (hits: 0, precision: 1.0)
    var sum = 0.0
    for point in points {
      sum += Double(point.truePositives - before.hits) * (point.precision + before.precision) / 2
      before = (point.truePositives, point.precision)
    }
    return sum / Double(positives)
  }

  /// Probability that a positive scores above a negative, ties counting half. `nil` when one of the classes is absent.
  package var rocArea: Double? {
    let negatives = count - positives
    guard positives > 0, negatives > 0 else { return nil }
    var before = (hits: 0, alarms: 0)
    var sum = 0.0
    for point in points {
      sum += Double(point.falsePositives - before.alarms) * Double(point.truePositives + before.hits) / 2
      before = (point.truePositives, point.falsePositives)
    }
    return sum / (Double(positives) * Double(negatives))
  }

  /// The highest threshold that reaches a recall. `nil` without positives.
  /// - Precondition: `0 < recall <= 1`.
  package func firstPoint(atRecall recall: Double) -> Point? {
    precondition(recall > 0 && recall <= 1, "recall \(recall)")
    return positives > 0 ? points.first { self.recall(at: $0) >= recall } : nil
  }

  /// Precision at the first (highest) threshold that reaches the recall.
  package func precision(atRecall recall: Double) -> Double? { firstPoint(atRecall: recall)?.precision }

  /// Greatest precision over all thresholds that reach the recall.
  package func bestPrecision(atRecall recall: Double) -> Double? {
    guard firstPoint(atRecall: recall) != nil else { return nil }
    return points.filter { self.recall(at: $0) >= recall }.map(\.precision).max()
  }

  /// Recall at the lowest threshold that raises no more than `falseAlarms` false alarms; 0 when even the highest
  /// raises more. `nil` without positives.
  ///
  /// For "one false alarm per region-year", `falseAlarms` is the number of region-years the samples stand for.
  package func recall(atFalseAlarms falseAlarms: Double) -> Double? {
    guard positives > 0 else { return nil }
    return points.last { Double($0.falsePositives) <= falseAlarms }.map { recall(at: $0) } ?? 0
  }
}

/// The area that no ranking can fall below at a prevalence `π`: `1 + (1 − π) ln(1 − π) / π`.
///
/// - Precondition: `0 < prevalence < 1`.
/// - Source: Boyd et al. (2012), the limit of many samples; METHOD 0.2.
package func unreachableAveragePrecision(prevalence: Double) -> Double {
  precondition(prevalence > 0 && prevalence < 1, "prevalence \(prevalence)")
  return 1 + (1 - prevalence) * naturalLogarithm(1 - prevalence) / prevalence
}
