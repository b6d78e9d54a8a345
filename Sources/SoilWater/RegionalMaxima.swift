import Foundation

/// Annual maxima between units: regional frequency analysis by the index-flood method.
///
/// Units tell the shape of the distribution together, by L-moment ratios that are averaged by weight and by years; the mean,
/// the index flood, is averaged by weight alone. Which units, and with what weights, is that of every other comparison with
/// the past: those around a cell.
/// - Source: METHOD.md 2.3; Hosking and Wallis (1997), 6.2.
struct RegionalMaxima: Sendable, Equatable {
  /// Years of a unit, in the mean.
  let years: Double
  let mean: Double
  let variation: Double
  let skewness: Double
  /// Fewer years do not tell the shape of a tail: Gumbel's then.
  static let yearsOfShape = 30.0
  /// Return values reach so many times as far as the record.
  static let reach = 2.0

  /// - Parameter units: Weights above 0. `nil` without any.
  init?(_ units: [(weight: Double, maxima: AnnualMaxima)]) {
    let sum = units.reduce(0) { $0 + $1.weight }
    guard sum > 0 else { return nil }
    let all = units.reduce(0) { $0 + $1.weight * Double($1.maxima.years) }
    mean = units.reduce(0) { $0 + $1.weight * $1.maxima.mean } / sum
    variation = units.reduce(0) { $0 + $1.weight * Double($1.maxima.years) * $1.maxima.variation } / all
    skewness = units.reduce(0) { $0 + $1.weight * Double($1.maxima.years) * $1.maxima.skewness } / all
    years = all / sum
  }

  var distribution: ExtremeValueDistribution? {
    // Sums of weights that are 1 but for rounding.
    years < Self.yearsOfShape - 1e-6
      ? ExtremeValueDistribution(mean: mean, second: mean * variation)
      : ExtremeValueDistribution(mean: mean, second: mean * variation, skewness: skewness)
  }

  /// Values of return periods, mm; `NaN` where the record does not reach.
  func returnValues(_ periods: [Double]) -> [Float] {
    let distribution = distribution
    return periods.map { period in
      guard let distribution, period <= Self.reach * years + 1e-6 else { return .nan }
      return Float(distribution.value(returnPeriod: period))
    }
  }
}
