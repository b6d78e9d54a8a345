import Foundation

/// The generalised extreme value distribution of annual maxima; Gumbel's where the shape is 0.
///
///     F(x) = exp(−y)     y = (1 − k(x − ξ)/α)^(1/k), for k = 0  y = exp(−(x − ξ)/α)
///
/// Fitted by L-moments:
///
///     t₃ = 2(1 − 3^−k)/(1 − 2^−k) − 3     α = l₂ k/((1 − 2^−k) Γ(1 + k))     ξ = l₁ − α(1 − Γ(1 + k))/k
/// - Source: METHOD.md 2.3; Hosking and Wallis (1997), A.7, whose sign of `k` it has: below 0 the tail is heavy and has no end.
package struct ExtremeValueDistribution: Sendable, Equatable {
  package let location: Double
  package let scale: Double
  package let shape: Double

  private init(location: Double, scale: Double, shape: Double) {
    (self.location, self.scale, self.shape) = (location, scale, shape)
  }

  /// Gumbel's: `α = l₂/ln 2`, `ξ = l₁ − 0.5772 α`; `nil` without spread.
  package init?(mean: Double, second: Double) {
    guard second > 0 else { return nil }
    let scale = second / log(2)
    self.init(location: mean - 0.577_215_664_901_532_9 * scale, scale: scale, shape: 0)
  }

  /// With the shape that the third L-moment tells; `nil` without spread, or for a tail so heavy that it has no mean.
  package init?(mean: Double, second: Double, skewness: Double) {
    let k = Self.shape(ofSkewness: skewness)
    guard abs(k) > 1e-7 else {
      self.init(mean: mean, second: second)
      return
    }
    guard second > 0, k > -1 else { return nil }
    let gamma = tgamma(1 + k)
    let scale = second * k / (-expm1(-k * log(2)) * gamma)
    self.init(location: mean - scale * (1 - gamma) / k, scale: scale, shape: k)
  }

  /// Newton's method from Hosking's approximation, which is off by 9e-4 at most.
  private static func shape(ofSkewness skewness: Double) -> Double {
    let c = 2 / (3 + skewness) - log(2) / log(3)
    var k = 7.859 * c + 2.9554 * c * c
    for _ in 0..<8 {
      // At 0 both quotients are 0/0: their limits.
      let (two, three) = (-expm1(-k * log(2)), -expm1(-k * log(3)))
      let isSmall = abs(k) < 1e-5
      let ratio = isSmall ? log(3) / log(2) : three / two
      let slope =
        isSmall
        ? -log(3) * log(1.5) / (2 * log(2)) : (log(3) * (1 - three) * two - log(2) * (1 - two) * three) / (two * two)
      k -= (2 * ratio - 3 - skewness) / (2 * slope)
    }
    return k
  }

  /// Years between exceedances of a value, at least 1, `longest` at most.
  package func returnPeriod(of value: Double) -> Double {
    let z = (value - location) / scale
    let y = shape == 0 ? exp(-z) : pow(max(0, 1 - shape * z), 1 / shape)
    // −expm1 keeps digits where the exceedance is rare.
    return min(1 / -expm1(-y), Self.longest)
  }

  /// Years that a return period is cut to: beyond a highest value it has no end.
  package static let longest = 100_000.0

  /// The value that is exceeded once in so many years, more than one.
  package func value(returnPeriod years: Double) -> Double {
    let y = -log1p(-1 / years)
    return location + scale * (shape == 0 ? -log(y) : -expm1(shape * log(y)) / shape)
  }
}
