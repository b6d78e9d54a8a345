import Foundation
import Mesh
import Statistics

/// One spell of rain over a region.
struct Storm: Sendable {
  enum Kind: Sendable {
    case front, typhoon, thunderstorm, low
  }

  let kind: Kind
  /// The hour in which it begins to rain.
  let start: JSTHour
  /// Rain of each hour in the middle of the region before the pattern in space is applied, mm.
  let profile: [Double]
  let pattern: RainPattern

  /// All storms that begin in a range of hours, in order of time.
  ///
  /// The gap from the end of a storm to the start of the next is exponential with the rate
  /// `(1/90 h) [1 + 1.3 g(d; 185, 25) + g(d; 250, 30)]`; the kinds, lengths and amounts are those of METHOD 9.2.
  ///
  /// - Parameters:
  ///   - hours: When storms may begin.
  ///   - wetness: `W` of the region; multiplies every amount.
  ///   - stream: Consumed.
  /// - Returns: No two overlap.
  static func draw(in hours: Range<JSTHour>, wetness: Double, from stream: inout RandomStream) -> [Storm] {
    var storms: [Storm] = []
    var clock = Double(hours.lowerBound.hoursSince1970)
    while true {
      let day = JSTHour(hoursSince1970: Int(clock.rounded(.down))).day.dayOfYear
      let rate =
        1 + 1.3 * seasonalBell(day, centre: 185, width: 25) + seasonalBell(day, centre: 250, width: 30)
      clock += stream.exponential(mean: 90 / rate)
      let start = JSTHour(hoursSince1970: Int(clock.rounded(.down)))
      guard start < hours.upperBound else { return storms }
      let storm = draw(at: start, wetness: wetness, from: &stream)
      storms.append(storm)
      clock += Double(storm.profile.count)
    }
  }

  private static func draw(at start: JSTHour, wetness: Double, from stream: inout RandomStream) -> Storm {
    let day = start.day.dayOfYear
    let kind: Kind
    if stream.uniform() < 0.45 * seasonalBell(day, centre: 185, width: 25) {
      kind = .front
    } else if stream.uniform() < 0.22 * seasonalBell(day, centre: 250, width: 35) {
      kind = .typhoon
    } else {
      kind = stream.uniform() < 0.25 ? .thunderstorm : .low
    }
    let (length, mean, burst): (Double, Double, Double) =
      switch kind {
      case .front: (stream.gamma(shape: 4, scale: 10), stream.gamma(shape: 2, scale: 1.2), 0.45)
      case .typhoon: (stream.gamma(shape: 4, scale: 6), stream.gamma(shape: 2.2, scale: 2.2), 0.5)
      case .thunderstorm: (1 + stream.gamma(shape: 2, scale: 1.5), stream.gamma(shape: 1.5, scale: 3.5), 0.6)
      case .low: (1 + stream.gamma(shape: 2, scale: 6), stream.gamma(shape: 1.4, scale: 0.8), 0.3)
      }
    let count = max(1, Int(min(length, 120).rounded()))
    let bursts = (0..<count).map { _ in exp(stream.normal(deviation: burst)) }
    let profile = bursts.indices.map { $0 == 0 ? bursts[0] : 0.6 * bursts[$0 - 1] + 0.72 * bursts[$0] }
    return Storm(
      kind: kind, start: start, profile: profile.map { 0.62 * wetness * mean * $0 }, pattern: RainPattern(&stream))
  }
}
