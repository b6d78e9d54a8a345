import Foundation
import Statistics

/// A slope that failed on a day.
package struct SlopeFailure: Hashable, Sendable {
  /// Number of the slope in its region.
  package let slope: Int
  /// Days since the first day the slopes lived.
  package let day: Int
  /// Cohesion it had, kPa.
  package let cohesion: Double
}

/// The slopes of a place: the strength they grew to in its climate, and what failures and weathering make of it.
///
/// A failure leaves what stood firm: the slope is then stronger than its weathered ground, `c <- 1.15 c + 0.8`. Weathering
/// takes the surplus away again, day by day:
///
///     c <- c∞ + (c - c∞) e^(-1/(5 · 365.25))
///
/// so that failures neither die out nor grow from year to year, whatever the slopes began with (METHOD 9.2).
struct SlopeStrength: Sendable {
  /// `c∞` of each slope before the common offset, kPa.
  let cohesion: [Double]
  /// Cohesion demanded on each day, one series a slope.
  let required: [[Double]]

  /// Years in which weathering takes all but 1/e of a surplus.
  static let weatheringYears = 5.0
  private static let keptInADay = exp(-1 / (weatheringYears * 365.25))

  /// Strength adapted in part to the climate: slopes that fail in ordinary rain have failed already.
  ///
  ///     c∞ = (0.6 q_local + 0.4 median) exp(N(0, 0.25))
  ///
  /// with `q_local` the 98.5 % quantile of the slope's own demand (METHOD 9.2).
  ///
  /// - Parameters:
  ///   - required: Cohesion demanded on each day, one series a slope.
  ///   - quantiles: `q_local` of each slope.
  ///   - median: Of `q_local` over all slopes of the country.
  ///   - stream: Consumed.
  init(required: [[Double]], quantiles: [Double], median: Double, from stream: inout RandomStream) {
    self.required = required
    cohesion = quantiles.map { (0.6 * $0 + 0.4 * median) * exp(stream.normal(deviation: 0.25)) }
  }

  static func localQuantile(_ series: some Sequence<Double>) -> Double { quantile(0.985, ofSorted: series.sorted()) }

  /// The failures of all days when `offset` kPa is added to every slope.
  func failures(offset: Double) -> [SlopeFailure] {
    var result: [SlopeFailure] = []
    for slope in required.indices { _ = live(slope, offset: offset) { result.append($0) } }
    return result
  }

  /// How many failures there are from a day on.
  func count(offset: Double, from day: Int) -> Int {
    var count = 0
    for slope in required.indices { _ = live(slope, offset: offset) { if $0.day >= day { count += 1 } } }
    return count
  }

  /// Cohesion of each slope at the end of so many days, kPa.
  func cohesion(offset: Double, after days: Int) -> [Double] {
    required.indices.map { live($0, offset: offset, days: days) { _ in } }
  }

  /// Lets a slope live through its days, or the first of them, and returns the cohesion it ends with.
  private func live(
    _ slope: Int, offset: Double, days: Int? = nil, failed: (SlopeFailure) -> Void
  ) -> Double {
    let weathered = cohesion[slope] + offset
    var c = weathered
    for (day, demand) in required[slope].prefix(days ?? .max).enumerated() {
      c = weathered + (c - weathered) * Self.keptInADay
      guard demand > c else { continue }
      failed(SlopeFailure(slope: slope, day: day, cohesion: c))
      c = 1.15 * c + 0.8
    }
    return c
  }
}
