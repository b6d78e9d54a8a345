package import Foundation
package import Mesh

/// The day that a user names.
package enum DayWish: Hashable, Sendable {
  case day(JSTDay)
  /// The last day of which the rain holds every hour.
  case latest
  /// The day before today, Japanese time.
  case yesterday

  package init?(_ text: String) {
    switch text.lowercased() {
    case "latest": self = .latest
    case "yesterday": self = .yesterday
    default:
      guard let day = JSTDay(text) else { return nil }
      self = .day(day)
    }
  }

  /// - Parameters:
  ///   - catalogue: Whose rain counts.
  ///   - sources: Opened rain.
  ///   - now: Unix time.
  /// - Returns: The day.
  /// - Throws: `RainLack.noRain` where no day is whole, or what opening the rain throws.
  func resolved(
    _ catalogue: Catalogue, _ sources: RainSources, now: Date = Date()
  ) throws -> JSTDay {
    switch self {
    case .day(let day): return day
    case .yesterday: return .yesterday(now)
    case .latest:
      let hours = try catalogue.openRain(sources).hours
      let whole = Dictionary(grouping: hours, by: \.day).filter { $0.value.count == 24 }.keys.max()
      guard let whole else { throw RainLack.noRain(day: nil, archive: catalogue.path) }
      return whole
    }
  }
}

extension JSTDay {
  /// The day before the Japanese one of a moment.
  package static func yesterday(_ now: Date = Date()) -> JSTDay { JSTDay(now).advanced(by: -1) }

  /// The Japanese day of a moment.
  init(_ moment: Date) {
    self.init(daysSince1970: Int(((moment.timeIntervalSince1970 + 9 * 3_600) / 86_400).rounded(.down)))
  }
}
