package import Mesh

/// A day, and perhaps an hour, as inventories write it.
package struct StatedTime: Hashable, Sendable {
  package let day: JSTDay
  /// The hour of the day that holds the moment, by its end, 1 ... 24; `nil` where only the day is known.
  package let hour: Int?

  package init(day: JSTDay, hour: Int?) {
    self.day = day
    self.hour = hour
  }

  /// Reads `2019-09-09`, `2019/9/9_8:00`, `2019-09-09T08:30`, `20190909`, `2019年9月9日 8時`, `平成30年7月6日`; `nil` for anything
  /// else, ranges and `9/8/2019` (day or month first?) among it.
  ///
  /// A moment on the hour ends the hour before; 0:00 counts to the first hour of its day.
  ///
  /// - Parameters:
  ///   - text: The date, maybe with a clock.
  ///   - clock: A clock of its own: `8`, `8:00`, `08:30:00`, `8時`; words such as `morning` are no hour.
  package init?(_ text: String, clock: String? = nil) {
    var plain = text.trimmingBlanks
    var eraStart = 0
    for (era, start) in [("令和", 2_018), ("平成", 1_988), ("昭和", 1_925)] where plain.hasPrefix(era) {
      plain = String(plain.dropFirst(era.count)).replacing("元年", with: "1年")
      eraStart = start
    }
    guard !plain.contains("～"), !plain.contains("~"), !plain.contains("〜") else { return nil }
    let isEra = eraStart > 0
    let runs = plain.split { !($0.isASCII && $0.isNumber) }.map(String.init)
    var numbers = runs.compactMap { Int($0) }
    guard let first = runs.first, runs.count == numbers.count else { return nil }
    if first.count == 8, !isEra {
      numbers =
        [Int(first.prefix(4)) ?? 0, Int(first.dropFirst(4).prefix(2)) ?? 0, Int(first.suffix(2)) ?? 0]
        + numbers.dropFirst()
    } else {
      guard isEra || first.count == 4 else { return nil }
    }
    guard numbers.count >= 3, let day = JSTDay(year: eraStart + numbers[0], month: numbers[1], day: numbers[2]) else {
      return nil
    }
    self.day = day
    let own = Self.hour(Array(numbers.dropFirst(3)))
    hour = clock.map { Self.hour(fromClock: $0) } ?? own
  }

  /// Hour by its end of a clock in words; `nil` unless it begins with a number.
  private static func hour(fromClock text: String) -> Int? {
    guard text.trimmingBlanks.first?.isNumber == true else { return nil }
    return hour(text.split { !($0.isASCII && $0.isNumber) }.compactMap { Int($0) })
  }

  private static func hour(_ clock: [Int]) -> Int? {
    guard let hour = clock.first, (0...24).contains(hour) else { return nil }
    let isLater = clock.dropFirst().prefix(2).contains { $0 > 0 }
    return min(24, max(1, isLater ? hour + 1 : hour))
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
