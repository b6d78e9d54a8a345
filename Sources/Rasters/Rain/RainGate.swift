import Foundation
import Mesh

/// What rain can be: the one rule by which every reader judges its values.
///
/// Below zero, above what has ever fallen in a step of that length, or not finite: missing, and named. The envelope of the
/// world's greatest falls is about `422 D^0.475` mm in `D` hours (Jennings 1950; WMO archive of extremes); the greatest of
/// one hour, 401 mm (Shangdi, Inner Mongolia, 1975), and 305 mm in 42 minutes (Holt, Missouri, 1947) set the factor here.
/// Japan's official record is 153 mm in an hour, 922.5 mm in a day.
package enum RainGate {
  /// Rounding of packed values leaves totals so little below zero, mm: those are dry.
  static let rounding: Float = -0.1
  /// Japan's greatest day, mm (Hakone, 12 October 2019): a cell above it is doubted, not dropped.
  package static let dayRecord: Float = 922.5

  /// Hours of which there can be rain: from 1872, when Japan's first station began, to 2199. An hour beyond comes of a garbled
  /// time, and would make an import walk through thousands of years.
  static let hours =
    JSTHour(ending: JSTDay(daysSince1970: -35_794), 1)...JSTHour(ending: JSTDay(daysSince1970: 84_005), 24)

  /// The most that can fall in a step, mm.
  ///
  /// - Parameter seconds: Length of the step, above 0.
  /// - Returns: mm, 400 for an hour.
  package static func limit(seconds: Int) -> Float { 400 * Float(pow(Double(seconds) / 3_600, 0.475)) }

  /// Makes what cannot be rain missing.
  ///
  /// - Parameters:
  ///   - amounts: mm in the step; `NaN` stays.
  ///   - seconds: Length of the step.
  ///   - time: The hour the step belongs to, in words.
  ///   - file: Where the values stand.
  ///   - place: Names the place of a value.
  /// - Returns: What was found: at most one of a kind, with the worst value and how many there are.
  static func judge(
    _ amounts: inout [Float], seconds: Int, time: String, file: String, place: (Int) -> String
  ) -> [RainIrregularity] {
    let limit = limit(seconds: max(1, seconds))
    var (low, high) = (Offence(), Offence())
    var values = amounts.mutableSpan
    for i in values.indices {
      let value = values[i]
      if value.isNaN || value >= 0 && value <= limit { continue }
      if value > limit {
        high.add(i, value, isWorse: value > high.value)
      } else if value >= rounding {
        values[i] = 0
        continue
      } else {
        low.add(i, value, isWorse: value < low.value)
      }
      values[i] = .nan
    }
    func finding(_ kind: RainIrregularity.Kind, _ offence: Offence) -> RainIrregularity? {
      guard offence.count > 0 else { return nil }
      return RainIrregularity(
        kind, file: file, subject: "\(time): \(shortAmount(offence.value)) mm at \(place(offence.place))",
        count: offence.count)
    }
    return [finding(.negative, low), finding(.implausible, high)].compactMap { $0 }
  }

  private struct Offence {
    var count = 0
    var place = 0
    var value: Float = 0

    mutating func add(_ place: Int, _ value: Float, isWorse: Bool) {
      if isWorse || count == 0 { (self.place, self.value) = (place, value) }
      count += 1
    }
  }
}

/// An amount for people: two decimals, very large ones as a power of ten.
func shortAmount(_ value: Float) -> String {
  abs(value) < 1e7 ? "\(Double((value * 100).rounded()) / 100)" : "\(value)"
}
