import Foundation

/// What the share of successes may be where `count` of `total` independent trials had one.
///
///     (k + z²/2 ± z √(k (n − k)/n + z²/4)) / (n + z²)
///
/// Unlike the percentiles of resamples it does not shrink to a point where all trials went one way.
/// - Parameters:
///   - count: Trials with a success, 0 ... `total`.
///   - total: At least one trial.
///   - coverage: 0 ... 1, exclusive.
/// - Returns: Ends between 0 and 1.
/// - Source: Wilson 1927.
func shareInterval(_ count: Int, of total: Int, coverage: Double) -> ClosedRange<Double> {
  precondition(total > 0 && (0...total).contains(count), "\(count) of \(total)")
  let (k, n, z) = (Double(count), Double(total), normalDeviate(coverage: coverage))
  let middle = k + z * z / 2
  let half = z * (k * (n - k) / n + z * z / 4).squareRoot()
  return max(0, (middle - half) / (n + z * z))...min(1, (middle + half) / (n + z * z))
}

/// The `z` with a share `coverage` of a normal distribution between −z and z, by bisection.
private func normalDeviate(coverage: Double) -> Double {
  var (low, high) = (0.0, 40.0)
  for _ in 0..<100 {
    let middle = (low + high) / 2
    if erf(middle / 2.0.squareRoot()) < coverage { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
