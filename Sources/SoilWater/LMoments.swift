/// The first sample L-moments of some values: what a distribution of few values is fitted by.
///
/// With the sorted values `x₁ <= ... <= x_n` and `b_r = 1/n Σ_i C(i−1, r)/C(n−1, r) x_i`:
///
///     l₁ = b₀     l₂ = 2b₁ − b₀     l₃ = 6b₂ − 6b₁ + b₀
/// - Source: Hosking (1990); unbiased estimators as in Hosking and Wallis (1997), 2.7.
struct LMoments: Sendable, Equatable {
  let first: Double
  let second: Double
  let third: Double

  /// - Parameter values: Three at least, in any order.
  init(of values: [Double]) {
    precondition(values.count > 2, "L-moments of \(values.count) values")
    let n = Double(values.count)
    var (b0, b1, b2) = (0.0, 0.0, 0.0)
    for (place, value) in values.sorted().enumerated() {
      let i = Double(place)
      b0 += value
      b1 += i / (n - 1) * value
      b2 += i * (i - 1) / ((n - 1) * (n - 2)) * value
    }
    (b0, b1, b2) = (b0 / n, b1 / n, b2 / n)
    (first, second, third) = (b0, 2 * b1 - b0, 6 * b2 - 6 * b1 + b0)
  }
}
