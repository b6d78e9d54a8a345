/// An hour of rain, named by its end: whole hours since 1970-01-01 00:00 JST.
package struct JSTHour: Hashable, Comparable, Sendable {
  package let hoursSince1970: Int

  package init(hoursSince1970: Int) { self.hoursSince1970 = hoursSince1970 }

  /// The hour that ends at `hour`:00 (1 ... 24) of a day.
  package init(ending day: JSTDay, _ hour: Int) {
    hoursSince1970 = day.daysSince1970 * 24 + hour
  }

  /// The hour that ends at a moment given in seconds of Unix time; `nil` when the moment is not on the hour.
  package init?(endingAtUnixSeconds seconds: Int) {
    guard seconds % 3_600 == 0 else { return nil }
    hoursSince1970 = seconds / 3_600 + 9
  }

  /// Reads `2023-08-15T14:00`, `2023-08-15 14:00` or `...T14:00:00`, JST; `24:00` names the end of the day.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, let day = JSTDay(bytes[..<10]), [UInt8(ascii: "T"), 32].contains(bytes[10]) else {
      return nil
    }
    let clock = bytes[11...].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard clock.count == 2 || clock.count == 3, clock.allSatisfy({ $0.count == 2 }),
      let hour = plainNumber(clock[0]), (0...24).contains(hour),
      clock.dropFirst().allSatisfy({ plainNumber($0) == 0 })
    else { return nil }
    self.init(ending: day, hour)
  }

  /// The day the hour belongs to: 24:00 belongs to the day that ends there.
  package var day: JSTDay { JSTDay(daysSince1970: (hoursSince1970 - 1).floorDivided(by: 24)) }
  /// 1 ... 24.
  package var hourOfDay: Int { hoursSince1970 - day.daysSince1970 * 24 }
  /// The last day that has ended by the end of the hour.
  package var lastWholeDay: JSTDay { hourOfDay == 24 ? day : day.advanced(by: -1) }
  package var unixSeconds: Int { (hoursSince1970 - 9) * 3_600 }

  package static func < (a: JSTHour, b: JSTHour) -> Bool { a.hoursSince1970 < b.hoursSince1970 }
}

extension JSTHour: Strideable {
  package func distance(to other: JSTHour) -> Int { other.hoursSince1970 - hoursSince1970 }
  package func advanced(by hours: Int) -> JSTHour { JSTHour(hoursSince1970: hoursSince1970 + hours) }
}

extension JSTHour: CustomStringConvertible {
  /// ISO 8601 with zone, `24:00` written as the next day's `00:00`.
  package var description: String {
    let start = JSTDay(daysSince1970: hoursSince1970.floorDivided(by: 24))
    return "\(start)T\(padded(hoursSince1970 - start.daysSince1970 * 24, 2)):00:00+09:00"
  }
}

extension Int {
  func floorDivided(by divisor: Int) -> Int { (self >= 0 ? self : self - divisor + 1) / divisor }
}
