import Foundation
package import Mesh

/// A scale of a plot: bounds, ticks at round values, and where a value lies between.
package struct Axis {
  package struct Tick {
    package let value: Double
    /// Empty for a small tick.
    package let label: String
  }

  package let low: Double
  package let high: Double
  package let isLogarithmic: Bool
  package let ticks: [Tick]
  package let title: String

  /// A scale from round value to round value.
  ///
  /// - Parameters:
  ///   - title: Quantity and unit.
  ///   - low: Least value to show.
  ///   - high: Greatest; not below `low`.
  ///   - intervals: About as many between ticks.
  package init(_ title: String, from low: Double, to high: Double, intervals: Int = 6) {
    let span = high > low ? high - low : max(1, abs(low))
    let step = roundStep(span / Double(intervals))
    let first = (low / step).rounded(.down)
    let last = max(first + 1, (high / step - 1e-9).rounded(.up))
    let places = max(0, Int((-log10(step)).rounded(.up)))
    self.title = title
    self.low = first * step
    self.high = last * step
    isLogarithmic = false
    ticks = (0...Int(last - first)).map { place in
      let value = (first + Double(place)) * step
      return Tick(value: value, label: decimals(value == 0 ? 0 : value, places))
    }
  }

  /// A logarithmic scale, bounds at 1, 2 or 5 of a decade.
  ///
  /// - Precondition: `0 < low <= high`.
  package init(logarithmic title: String, from low: Double, to high: Double) {
    precondition(low > 0 && low <= high, "a logarithmic scale from \(low) to \(high)")
    let exponents = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    let candidates = exponents.flatMap { exponent in [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) } }
    let bottom = candidates.last { $0 <= low * (1 + 1e-9) } ?? low
    let top = candidates.first { $0 >= high * (1 - 1e-9) && $0 > bottom } ?? high
    self.title = title
    self.low = bottom
    self.high = top
    isLogarithmic = true
    let isLong = top / bottom > 1_000
    ticks = candidates.filter { $0 >= bottom && $0 <= top }.map { value in
      let isDecade = abs(log10(value) - log10(value).rounded()) < 1e-6
      return Tick(value: value, label: isLong && !isDecade ? "" : String(format: "%g", value))
    }
  }

  /// A scale of hours, ticks at round hours of Japanese days. Bounds and ticks are in hours since 1970.
  package init(hours: ClosedRange<JSTHour>, in language: Language = .english) {
    let (first, last) = (
      hours.lowerBound.hoursSince1970, max(hours.upperBound.hoursSince1970, hours.lowerBound.hoursSince1970 + 1)
    )
    let step = [1, 3, 6, 12, 24, 48, 120, 240].first { (last - first) / $0 <= 12 } ?? 480
    title = language.say(.hour)
    low = Double(first)
    high = Double(last)
    isLogarithmic = false
    ticks = (first...last).filter { $0 % step == 0 }.map { hour in
      let clock = hour % 24
      let date = JSTDay(daysSince1970: hour / 24).date
      return Tick(value: Double(hour), label: clock == 0 ? "\(date.month)/\(date.day)" : "\(clock):00")
    }
  }

  /// Place of a value between the bounds, 0 ... 1 within them.
  package func share(_ value: Double) -> Double {
    isLogarithmic
      ? log(value / low) / log(high / low)
      : (value - low) / (high - low)
  }
}

/// The step of 1, 2, 5 or their tens that is not less than a length.
func roundStep(_ length: Double) -> Double {
  let decade = pow(10, log10(length).rounded(.down))
  let digit = [1.0, 2, 5].first { $0 * decade >= length * (1 - 1e-9) } ?? 10
  return digit * decade
}
