/// A moment read from a file: ISO 8601 and what comes near it.
package struct UniversalTime: Hashable, Sendable {
  package let unixSeconds: Int

  /// Reads `2023-08-15`, `2023-08-15T14:00`, `2023-08-15 14:00:00.0 UTC`, `20230815T140000Z`, `2023081514`, each with a zone
  /// (`Z`, `UTC`, `JST`, and after a clock with colons `+09:00`, `-0300`) or without; `nil` for anything else.
  ///
  /// - Parameters:
  ///   - text: The time; a fraction of a second is dropped.
  ///   - zone: Seconds east of Greenwich where the text names no zone.
  package init?(_ text: some StringProtocol, zone: Int = 0) {
    var rest = text.uppercased()[...]
    let offset = Self.takeZone(&rest) ?? zone
    guard abs(offset) <= Self.farthestZone else { return nil }
    guard rest.allSatisfy({ $0.isASCII && ($0.isNumber || "-:./T_ ".contains($0)) }) else { return nil }
    let runs = rest.split { !$0.isNumber }
    var numbers: [Int?]
    if runs.count >= 3, runs[0].count == 4 {
      guard runs[1..<min(6, runs.count)].allSatisfy({ $0.count <= 2 }) else { return nil }
      numbers = runs.prefix(6).map { Int($0) }
    } else {
      let digits = runs.joined()
      guard runs.count <= 2, [8, 10, 12, 14].contains(digits.count) else { return nil }
      numbers = [Int(digits.prefix(4))]
      for place in stride(from: 4, to: digits.count, by: 2) {
        numbers.append(Int(digits.dropFirst(place).prefix(2)))
      }
    }
    let parts = numbers.compactMap { $0 } + [0, 0, 0, 0]
    guard let day = JSTDay(year: parts[0], month: parts[1], day: parts[2]), (0...24).contains(parts[3]),
      (0...59).contains(parts[4]), (0...60).contains(parts[5])
    else { return nil }
    unixSeconds = day.daysSince1970 * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5] - offset
  }

  /// Finds the first time written as `2023-08-15T14:00...` (or with a blank for the `T`) inside a longer text.
  package init?(within text: String, zone: Int = 0) {
    let characters = Array(text)
    let shape = Array("0000-00-00T00:00")
    for start in 0..<max(0, characters.count - shape.count + 1) {
      let fits = shape.indices.allSatisfy { i in
        let character = characters[start + i]
        switch shape[i] {
        case "0": return character.isASCII && character.isNumber
        case "T": return character == "T" || character == " "
        default: return character == shape[i]
        }
      }
      guard fits else { continue }
      let tail = characters[(start + shape.count)...].prefix { $0.isASCII && ($0.isNumber || ":.+-Z".contains($0)) }
      if let time = UniversalTime(String(characters[start..<start + shape.count] + tail), zone: zone) {
        self = time
        return
      }
    }
    return nil
  }

  /// Zones reach from UTC-12 to UTC+14: a farther one is a slip that would move rain by days.
  private static let farthestZone = 14 * 3_600

  /// Cuts a zone off the end and gives its seconds; `nil` where there is none.
  private static func takeZone(_ text: inout Substring) -> Int? {
    for (name, hours) in [("UTC", 0), ("GMT", 0), ("JST", 9), ("Z", 0)] where text.hasSuffix(name) {
      text.removeLast(name.count)
      while text.last == " " { text.removeLast() }
      return hours * 3_600
    }
    // The dashes of the date stand before any colon.
    guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }), text[..<sign].contains(":") else { return nil }
    let digits = text[text.index(after: sign)...].filter(\.isNumber)
    guard digits.count <= 4 else { return .max }
    let hours = Int(digits.count <= 2 ? digits[...] : digits.dropLast(2)) ?? 0
    let minutes = digits.count <= 2 ? 0 : Int(digits.suffix(2)) ?? 0
    let seconds = (text[sign] == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    text = text[..<sign]
    return seconds
  }
}
