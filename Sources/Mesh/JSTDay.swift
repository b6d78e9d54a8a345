/// A Japanese calendar day (JST, UTC+9, no summer time): days since 1970-01-01.
package struct JSTDay: Hashable, Comparable, Sendable {
  package let daysSince1970: Int

  package init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

  /// Years that are counted here: any number may stand in a file.
  private static let years = -9_999...9_999

  /// `nil` unless the numbers are a day of the Gregorian calendar.
  package init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    // Days from civil, years beginning in March so that the leap day ends one (H. Hinnant's algorithm).
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSince1970 = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2023-08-15`; `nil` for anything else.
  package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  /// Reads bytes, since tables have many times.
  init?(_ text: ArraySlice<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = plainNumber(parts[0]), let month = plainNumber(parts[1]),
      let day = plainNumber(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var date: (year: Int, month: Int, day: Int) {
    let z = daysSince1970 + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// The 24 hours that end at 01:00 ... 24:00 of the day.
  package var hours: [JSTHour] { (1...24).map { JSTHour(ending: self, $0) } }

  /// Day of the year, from 1.
  package var dayOfYear: Int {
    guard let newYear = JSTDay(year: date.year, month: 1, day: 1) else { return 1 }
    return daysSince1970 - newYear.daysSince1970 + 1
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func < (a: JSTDay, b: JSTDay) -> Bool { a.daysSince1970 < b.daysSince1970 }
}

extension JSTDay: Strideable {
  package func distance(to other: JSTDay) -> Int { other.daysSince1970 - daysSince1970 }
  package func advanced(by days: Int) -> JSTDay { JSTDay(daysSince1970: daysSince1970 + days) }
}

extension JSTDay: CustomStringConvertible {
  package var description: String {
    let (year, month, day) = date
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }
}

/// A decimal number with leading zeros.
func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// The number that digits write; `nil` for any other bytes.
func plainNumber(_ digits: ArraySlice<UInt8>) -> Int? {
  digits.reduce(0) { number, byte in number.flatMap { (48...57).contains(byte) ? $0 * 10 + Int(byte - 48) : nil } }
}
