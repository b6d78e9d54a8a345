import Mesh

/// Times of the CF conventions: a number of units since a moment.
struct CFTime: Hashable {
  /// Unix seconds of the moment, UTC.
  let origin: Double
  let secondsPerUnit: Double

  /// Reads `hours since 1900-01-01 00:00:00.0`, with or without zone (`Z`, `UTC`, `+09:00`); `nil` for anything else.
  ///
  /// Months and years are no fixed times and are refused.
  ///
  /// - Parameters:
  ///   - text: The unit of a time coordinate.
  ///   - zone: Seconds east of Greenwich where the text names no zone.
  init?(_ text: String, zone: Int = 0) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count >= 3, words[1].lowercased() == "since", let unit = Self.seconds[words[0].lowercased()],
      let moment = UniversalTime(words[2...].joined(separator: " "), zone: zone)
    else { return nil }
    origin = Double(moment.unixSeconds)
    secondsPerUnit = unit
  }

  /// Unix seconds of a value, rounded to the second: float hours are rarely exact.
  func unixSeconds(_ value: Double) -> Int? {
    let seconds = (origin + value * secondsPerUnit).rounded()
    return abs(seconds) < 1e12 ? Int(seconds) : nil
  }

  private static let seconds: [String: Double] = {
    var table: [String: Double] = [:]
    for (names, seconds) in [
      (["s", "sec", "secs", "second", "seconds"], 1.0), (["min", "mins", "minute", "minutes"], 60),
      (["h", "hr", "hrs", "hour", "hours"], 3_600), (["d", "day", "days"], 86_400),
    ] { for name in names { table[name] = seconds } }
    return table
  }()
}
