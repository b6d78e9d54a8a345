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

  /// Reads `2019-09-09`, `2019/9/9_8:00`, `2019-09-09T08:30`, `20190909`, `2019年9月9日(月) 8時`, Japanese eras long and short
  /// (`平成30年7月6日`, `R5.8.15`, `H30/7/6`, `令和元年`), all of it in full-width characters too, and Excel's serial days (`43651.354`).
  ///
  /// `nil` for anything else: ranges, years that an era did not have, and `9/8/2019` (day or month first?) among it. A clock with
  /// a zone (`Z`, `+00`) is put into JST; midnight in UTC, as GIS formats write a day without a clock, is the day.
  ///
  /// - Parameters:
  ///   - text: The date, maybe with a clock.
  ///   - clock: A clock of its own, as `StatedClock` reads it; words such as `morning` are no hour.
  package init?(_ text: String, clock: String? = nil) {
    guard let found = Self.read(Self.halfWidth(text)) else { return nil }
    day = found.day
    hour = clock.map { Self.hour(ofClock: Self.halfWidth($0)) } ?? found.hour
  }

  private static func read(_ text: String) -> StatedTime? {
    if let serial = excelSerial(text) { return serial }
    var rest = text[...]
    guard let day = takeDay(from: &rest) else { return nil }
    // A weekday in brackets says nothing new.
    if rest.first == "(", let end = rest.firstIndex(of: ")"), rest.distance(from: rest.startIndex, to: end) <= 4 {
      rest = rest[rest.index(after: end)...]
    }
    rest = rest.drop { " _Tt".contains($0) }
    guard !rangeWords.contains(where: rest.contains) else { return nil }
    var tail = rest
    guard let clock = StatedClock(from: &tail) else {
      // Words are no hour; further numbers may be the end of a range.
      return rest.contains(where: \.isNumber) ? nil : StatedTime(day: day, hour: nil)
    }
    if !tail.contains(where: \.isNumber), !tail.lowercased().contains("z"), !tail.contains("UTC") {
      return StatedTime(day: day, hour: clock.hour)
    }
    guard let zone = zoneMinutes(tail) else { return nil }
    if zone == 0, clock.minutes == 0 { return StatedTime(day: day, hour: nil) }
    return zone == japan ? StatedTime(day: day, hour: clock.hour) : moved(day, minutes: clock.minutes - zone + japan)
  }

  /// Minutes east of Greenwich.
  private static let japan = 9 * 60

  /// Words and marks after a day that say that it is not the only one.
  private static let rangeWords = ["~", "〜", "から", "まで", "以前", "以後", "以降", "、", "・"]

  private static func takeDay(from text: inout Substring) -> JSTDay? {
    let era = JapaneseEra.take(from: &text)
    let first = text.prefix { $0.isASCII && $0.isNumber }
    if era == nil, first.count == 8, let year = Int(first.prefix(4)), let month = Int(first.dropFirst(4).prefix(2)),
      let day = Int(first.suffix(2))
    {
      text = text.dropFirst(8)
      return JSTDay(year: year, month: month, day: day)
    }
    let written: Int?
    if era != nil, text.first == "元" {
      written = 1
      text = text.dropFirst()
    } else {
      guard era == nil ? first.count == 4 : first.count <= 2 else { return nil }
      written = Int(first)
      text = text.dropFirst(first.count)
    }
    guard let written, let year = era.map({ $0.gregorian(written) }) ?? written,
      let month = takePart(after: "年", from: &text), let day = takePart(after: "月", from: &text)
    else { return nil }
    if text.first == "日" { text = text.dropFirst() }
    return JSTDay(year: year, month: month, day: day)
  }

  /// The number after a separator of dates.
  private static func takePart(after word: Character, from text: inout Substring) -> Int? {
    guard let mark = text.first, mark == word || "-/.".contains(mark) else { return nil }
    let rest = text.dropFirst().drop { $0 == " " }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...2).contains(digits.count) else { return nil }
    text = rest.dropFirst(digits.count)
    return Int(digits)
  }

  /// Days since 1899-12-30, as Excel counts them on Windows, with a part of a day; `nil` for anything else than five digits
  /// within 1941 ... 2099.
  private static func excelSerial(_ text: String) -> StatedTime? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].count == 5, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let days = Int(parts[0]), (15_000...73_050).contains(days), let number = Double(text)
    else { return nil }
    let part = number - Double(days)
    // 1970-01-01 is 25569.
    return StatedTime(
      day: JSTDay(daysSince1970: days - 25_569), hour: part > 0 ? StatedClock(partOfDay: part).hour : nil)
  }

  private static func hour(ofClock text: String) -> Int? {
    if text.hasPrefix("0."), text.count > 4, let part = Double(text) { return StatedClock(partOfDay: part).hour }
    var rest = text[...]
    return StatedClock(from: &rest)?.hour
  }

  /// Minutes east of Greenwich of what follows a clock: `Z`, `UTC`, `+00`, `+09:00`, `-0300`; `nil` for anything else.
  private static func zoneMinutes(_ text: Substring) -> Int? {
    let plain = text.drop { $0 == " " }
    if ["z", "utc"].contains(plain.lowercased()) { return 0 }
    guard let sign = plain.first, sign == "+" || sign == "-" else { return nil }
    let digits = plain.dropFirst().filter { $0 != ":" }
    guard [2, 4].contains(digits.count), let number = Int(digits), digits.allSatisfy(\.isASCII) else { return nil }
    let (hours, minutes) = digits.count == 2 ? (number, 0) : (number / 100, number % 100)
    guard hours <= 14, minutes < 60 else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
  }

  /// A moment of a day that may lie on the next or the one before.
  private static func moved(_ day: JSTDay, minutes: Int) -> StatedTime {
    let days = minutes >= 0 ? minutes / 1_440 : (minutes - 1_439) / 1_440
    return StatedTime(day: day.advanced(by: days), hour: max(1, (minutes - days * 1_440 + 59) / 60))
  }

  /// Full-width characters as ASCII ones, no blanks around.
  private static func halfWidth(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: result.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000: result += " "
      case 0x2212, 0x2010...0x2015: result += "-"
      default: result.unicodeScalars.append(scalar)
      }
    }
    while result.first?.isWhitespace == true { result.removeFirst() }
    while result.last?.isWhitespace == true { result.removeLast() }
    return result
  }
}
