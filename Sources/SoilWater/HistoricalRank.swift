import Foundation

/// Where a day's highest index stands among the reference days.
///
/// With `n` days and `x` the index: `k = #(reference < x)/(n + 1)`, above the record `x_max` `k = 1 − (x_max/x)³/(n + 1)`.
/// Of a unit of several cells every cell-day counts in the share, while `n` is the number of days: neighbours' days are
/// not independent.
/// - Source: METHOD.md 2.3.
package struct HistoricalRank: Sendable, Equatable {
  /// Highest indices of the cell-days, mm, ascending.
  package let sorted: [Float]
  package let days: Int

  package init(sorted: [Float], days: Int) {
    self.sorted = sorted
    self.days = days
  }

  /// The rank of an index, 0 ..< 1; `NaN` for `NaN` or without reference.
  package func rank(of index: Float) -> Float {
    guard let record = sorted.last, days > 0, !index.isNaN else { return .nan }
    let n = Double(days)
    guard index > record else {
      let share = Double(countBelow(index)) / Double(sorted.count)
      return Float(share * n / (n + 1))
    }
    return min(Float(1 - pow(Double(record) / Double(index), 3) / (n + 1)), Float(1).nextDown)
  }

  private func countBelow(_ index: Float) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Gumbel's distribution of annual maxima.
///
/// - Source: METHOD.md 2.3; L-moments after Hosking (1990).
package struct GumbelDistribution: Sendable, Equatable {
  package let location: Double
  package let scale: Double
  /// Fewer years give no return period.
  package static let fewestYears = 10

  package init(location: Double, scale: Double) {
    self.location = location
    self.scale = scale
  }

  /// Fits by L-moments: `β = l₂/ln 2`, `ξ = l₁ − 0.5772 β`.
  ///
  /// - Parameter maxima: One a year.
  /// - Returns: `nil` below ten years or where all are equal.
  package init?(annualMaxima maxima: [Double]) {
    guard maxima.count >= Self.fewestYears else { return nil }
    let (mean, second) = Self.lMoments(maxima)
    self.init(mean: mean, second: second)
  }

  init?(mean: Double, second: Double) {
    guard second > 0 else { return nil }
    scale = second / log(2)
    location = mean - 0.577_215_664_901_532_9 * scale
  }

  /// The first two sample L-moments.
  static func lMoments(_ values: [Double]) -> (mean: Double, second: Double) {
    let sorted = values.sorted()
    let n = Double(sorted.count)
    let mean = sorted.reduce(0, +) / n
    var weighted = 0.0
    for (i, value) in sorted.enumerated() { weighted += Double(i) / max(1, n - 1) * value }
    return (mean, 2 * weighted / n - mean)
  }

  /// Years between exceedances of a value, `T = 1/(1 − exp(−exp(−(x − ξ)/β)))`, at least 1.
  package func returnPeriod(of value: Double) -> Double {
    // −expm1 keeps digits where the exceedance is rare.
    1 / -expm1(-exp(-(value - location) / scale))
  }
}
