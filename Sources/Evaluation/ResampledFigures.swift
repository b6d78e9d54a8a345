/// Figures of several methods over resamples of whole (region, block) units: drawn once for all methods and measures, so
/// that differences are paired.
package struct ResampledFigures: Sendable {
  private let measures: [RankingMeasure]
  private let coverage: Double
  /// Shape `(measures, methods, resamples)`: means over the groups; `nil` where no landslide was drawn.
  private let values: [[[Double?]]]

  /// Draws the resamples of a comparison; a unit that tests in several groups is drawn with all its copies, since they are
  /// the same days.
  init(_ comparison: MethodComparison, _ measures: [RankingMeasure]) {
    let groups = comparison.groups
    let methods = groups.first?.scores.indices ?? 0..<0
    let home = groups.indices.flatMap { group in groups[group].keys.indices.map { (group: group, place: $0) } }
    let ranked = groups.map { group in group.scores.map { RankedSamples(scores: $0, labels: group.labels) } }
    let none = groups.map { [Int](repeating: 0, count: $0.keys.count) }
    var values = measures.map { _ in methods.map { _ in [Double?]() } }
    forEachResample(of: groups.flatMap(\.keys), plan: comparison.plan) { drawn in
      var times = none
      for index in drawn { times[home[index].group][home[index].place] += 1 }
      for method in methods {
        let curves = groups.indices.map { ranked[$0][method].curve(times: times[$0]) }
        for place in measures.indices {
          values[place][method].append(MethodComparison.mean(curves.map(measures[place].value)))
        }
      }
    }
    self.measures = measures
    self.values = values
    coverage = comparison.plan.coverage
  }

  /// Interval of the mean over the groups.
  /// - Precondition: The measure was asked for.
  package func interval(_ measure: RankingMeasure, of method: Int) -> ConfidenceInterval? {
    ConfidenceInterval(of: values(measure)[method].compactMap { $0 }, coverage: coverage)
  }

  /// Interval of the paired difference from another method.
  /// - Precondition: The measure was asked for.
  package func differenceInterval(
    _ measure: RankingMeasure, of method: Int, from reference: Int
  ) -> ConfidenceInterval? {
    let own = values(measure)
    let differences = zip(own[method], own[reference]).compactMap { one, other -> Double? in
      guard let one, let other else { return nil }
      return one - other
    }
    return ConfidenceInterval(of: differences, coverage: coverage)
  }

  private func values(_ measure: RankingMeasure) -> [[Double?]] {
    guard let place = measures.firstIndex(of: measure) else { preconditionFailure("\(measure) was not resampled") }
    return values[place]
  }
}

/// The scores of a group in falling order, sorted once for all resamples.
private struct RankedSamples: Sendable {
  private let order: [Int]
  private let scores: [Double]
  private let labels: [Bool]

  init(scores: [Double], labels: [Bool]) {
    order = scores.indices.sorted { scores[$0] > scores[$1] }
    self.scores = order.map { scores[$0] }
    self.labels = order.map { labels[$0] }
  }

  /// The curve where each sample occurs so many times.
  func curve(times: [Int]) -> PrecisionRecallCurve {
    var points: [PrecisionRecallCurve.Point] = []
    points.reserveCapacity(order.count)
    var (hits, alarms, before) = (0, 0, 0)
    for place in order.indices {
      if labels[place] { hits += times[order[place]] } else { alarms += times[order[place]] }
      let endsTie = place + 1 == order.count || scores[place + 1] < scores[place]
      guard endsTie, hits + alarms > before else { continue }
      before = hits + alarms
      points.append(.init(threshold: scores[place], truePositives: hits, falsePositives: alarms))
    }
    return PrecisionRecallCurve(points: points, positives: hits, count: hits + alarms)
  }
}
