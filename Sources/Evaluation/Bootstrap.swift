import Statistics

/// A percentile interval of a measure over resampled units.
package struct ConfidenceInterval: Hashable, Sendable, Codable {
  package let low: Double
  package let high: Double
  /// Resamples in which the measure existed.
  package let resamples: Int
}

/// Percentile interval of `measure` over resamples of whole (region, ten-day block) units, drawn with replacement.
///
/// Samples of one storm are not independent, so single samples are not drawn. For a comparison of two methods let
/// `measure` be the difference of both on the same places: only paired comparisons tell anything with few positives.
///
/// - Parameters:
///   - keys: Shape `(n)`.
///   - resamples: How many.
///   - coverage: Share of the resamples inside.
///   - seed: The draws.
///   - measure: Gets places in `keys`, with repetitions; `nil` where it does not exist (no positive drawn).
/// - Returns: The interval; `nil` when the measure existed in no resample.
/// - Source: METHOD 7.1.
package func bootstrapInterval(
  _ keys: [SampleKey], resamples: Int = 1_000, coverage: Double = 0.95, seed: UInt64,
  of measure: ([Int]) -> Double?
) -> ConfidenceInterval? {
  precondition(resamples > 0 && coverage > 0 && coverage < 1, "\(resamples) resamples, coverage \(coverage)")
  var places: [ResamplingUnit: [Int]] = [:]
  for (place, key) in keys.enumerated() {
    places[ResamplingUnit(region: key.region, block: key.block), default: []].append(place)
  }
  let units = places.keys.sorted().compactMap { places[$0] }
  guard !units.isEmpty else { return nil }
  var values: [Double] = []
  for resample in 0..<resamples {
    var stream = RandomStream(seed: seed, "bootstrap", .number(resample))
    var drawn: [Int] = []
    drawn.reserveCapacity(keys.count)
    for _ in units.indices { drawn += units[stream.index(below: units.count)] }
    if let value = measure(drawn) { values.append(value) }
  }
  guard !values.isEmpty else { return nil }
  values.sort()
  return ConfidenceInterval(
    low: quantile((1 - coverage) / 2, ofSorted: values), high: quantile((1 + coverage) / 2, ofSorted: values),
    resamples: values.count)
}

private struct ResamplingUnit: Hashable, Comparable {
  let region: String
  let block: CalendarBlock

  static func < (a: ResamplingUnit, b: ResamplingUnit) -> Bool { (a.region, a.block) < (b.region, b.block) }
}
