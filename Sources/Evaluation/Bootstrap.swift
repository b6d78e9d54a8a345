import Statistics

/// A percentile interval of a measure over resampled units.
package struct ConfidenceInterval: Hashable, Sendable, Codable {
  package let low: Double
  package let high: Double
  /// Resamples in which the measure existed.
  package let resamples: Int
}

extension ConfidenceInterval {
  /// The middle share of values in any order; `nil` without values.
  init?(of values: [Double], coverage: Double) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    self.init(
      low: quantile((1 - coverage) / 2, ofSorted: sorted), high: quantile((1 + coverage) / 2, ofSorted: sorted),
      resamples: sorted.count)
  }

  /// The interval that reaches as far as both.
  func joined(with other: ClosedRange<Double>) -> ConfidenceInterval {
    ConfidenceInterval(low: min(low, other.lowerBound), high: max(high, other.upperBound), resamples: resamples)
  }
}

/// How intervals are drawn (METHOD 7.1 and 11).
package struct ResamplingPlan: Hashable, Sendable {
  package var resamples: Int
  /// Length of the blocks of the calendar that are drawn whole.
  package var blockDays: Int
  package var seed: UInt64
  /// Share of the resamples inside the interval.
  package var coverage = 0.95

  package init(resamples: Int = 1_000, blockDays: Int = CalendarBlock.usualDays, seed: UInt64 = 0) {
    self.resamples = resamples
    self.blockDays = blockDays
    self.seed = seed
  }
}

/// Percentile interval of `measure` over resamples of whole (region, block) units, drawn with replacement.
///
/// Samples of one storm are not independent, so single samples are not drawn. For a comparison of two methods let
/// `measure` be the difference of both on the same places: only paired comparisons tell anything with few positives.
///
/// - Parameters:
///   - keys: Shape `(n)`.
///   - plan: How many, which blocks, the draws.
///   - measure: Gets places in `keys`, with repetitions; `nil` where it does not exist (no positive drawn).
/// - Returns: The interval; `nil` when the measure existed in no resample.
/// - Source: METHOD 7.1.
package func bootstrapInterval(
  _ keys: [SampleKey], plan: ResamplingPlan = ResamplingPlan(), of measure: ([Int]) -> Double?
) -> ConfidenceInterval? {
  var values: [Double] = []
  forEachResample(of: keys, plan: plan) { drawn in
    if let value = measure(drawn) { values.append(value) }
  }
  return ConfidenceInterval(of: values, coverage: plan.coverage)
}

/// Draws as many units as there are, with replacement, and hands over the places of their samples in `keys`.
func forEachResample(of keys: [SampleKey], plan: ResamplingPlan, _ body: ([Int]) -> Void) {
  let (resamples, coverage) = (plan.resamples, plan.coverage)
  precondition(resamples > 0 && coverage > 0 && coverage < 1, "\(resamples) resamples, coverage \(coverage)")
  var places: [ResamplingUnit: [Int]] = [:]
  for (place, key) in keys.enumerated() {
    let block = CalendarBlock(of: key.day, days: plan.blockDays)
    places[ResamplingUnit(region: key.region, block: block), default: []].append(place)
  }
  let units = places.keys.sorted().compactMap { places[$0] }
  guard !units.isEmpty else { return }
  for resample in 0..<resamples {
    var stream = RandomStream(seed: plan.seed, "bootstrap", .number(resample))
    var drawn: [Int] = []
    drawn.reserveCapacity(keys.count)
    for _ in units.indices { drawn += units[stream.index(below: units.count)] }
    body(drawn)
  }
}

private struct ResamplingUnit: Hashable, Comparable {
  let region: String
  let block: CalendarBlock

  static func < (a: ResamplingUnit, b: ResamplingUnit) -> Bool { (a.region, a.block) < (b.region, b.block) }
}
