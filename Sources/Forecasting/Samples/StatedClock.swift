/// A clock as inventories write it.
///
/// `8`, `8:00`, `08:30:00`, `0830`, `8時`, `8時半`, `8時30分頃`, `午後8時`, `8:00 PM`, and Excel's part of a day, `0.354`.
struct StatedClock: Equatable {
  /// Minutes since midnight, 0 ... 1,440; seconds round up.
  let minutes: Int

  /// The hour of the day that holds the moment, by its end, 1 ... 24: a moment on the hour ends the hour before, and 0:00 counts
  /// to the first hour of its day.
  var hour: Int { max(1, (minutes + 59) / 60) }

  /// - Parameter day: Part of a day, 0 ..< 1.
  init(partOfDay day: Double) { minutes = min(1_440, max(0, Int(day * 1_440 + 0.5))) }

  /// Reads a clock at the beginning of a text with half-width digits; `nil` where none stands or it is none of a day.
  ///
  /// - Parameter text: Cut to what follows the clock; left as it is where there is none.
  init?(from text: inout Substring) {
    var rest = text
    let prefix = Self.takeHalf(from: &rest)
    guard let (hour, minute, second) = Self.takeNumbers(from: &rest) else { return nil }
    let half = prefix ?? Self.takeHalf(from: &rest)
    guard (0...24).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
    var total = hour * 60 + minute + (second > 0 ? 1 : 0)
    if let half {
      guard hour <= 12 else { return nil }
      total = total - (hour == 12 ? 720 : 0) + half.minutes
    }
    guard total <= 1_440 else { return nil }
    minutes = total
    text = rest
  }

  private enum Half {
    case morning, afternoon
    var minutes: Int { self == .morning ? 0 : 720 }
  }

  private static func takeHalf(from text: inout Substring) -> Half? {
    let bare = text.drop { $0 == " " }
    for (word, half) in [("午前", Half.morning), ("am", .morning), ("午後", .afternoon), ("pm", .afternoon)]
    where bare.lowercased().hasPrefix(word) {
      text = bare.dropFirst(word.count).drop { $0 == " " }
      return half
    }
    return nil
  }

  private static func takeNumbers(from text: inout Substring) -> (hour: Int, minute: Int, second: Int)? {
    let first = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(first), [1, 2, 4].contains(first.count) else { return nil }
    text = text.dropFirst(first.count)
    if first.count == 4 { return (number / 100, number % 100, 0) }
    func part(after mark: Character) -> Int? {
      guard text.first == mark else { return nil }
      let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard (1...2).contains(digits.count), let number = Int(digits) else { return nil }
      text = text.dropFirst(1 + digits.count)
      return number
    }
    if text.first == "時" {
      if text.hasPrefix("時半") {
        text = text.dropFirst(2)
        return (number, 30, 0)
      }
      guard let minute = part(after: "時") else {
        text = text.dropFirst()
        return (number, 0, 0)
      }
      let second = part(after: "分") ?? 0
      if let last = text.first, last == "分" || last == "秒" { text = text.dropFirst() }
      return (number, minute, second)
    }
    guard let minute = part(after: ":") else {
      // A decimal point: whatever it means, the moment lies within the hour that begins.
      return part(after: ".").map { (number, min($0, 59), 0) } ?? (number, 0, 0)
    }
    let second = part(after: ":") ?? 0
    if text.first == "." { text = text.dropFirst().drop { $0.isASCII && $0.isNumber } }
    return (number, minute, second)
  }
}
