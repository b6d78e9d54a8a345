extension String {
  /// For a terminal: what would move its cursor, change its colours or turn the direction of writing is written as `\u{1b}`.
  /// Names and texts of files come from anybody.
  ///
  /// - Parameter lines: Whether line ends and tabs stay.
  /// - Returns: The text, the same where nothing of the kind is in it.
  package func shown(keepingLines lines: Bool) -> String {
    guard unicodeScalars.contains(where: { Self.isUnseen($0, keepingLines: lines) }) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if Self.isUnseen(scalar, keepingLines: lines) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func isUnseen(_ scalar: Unicode.Scalar, keepingLines lines: Bool) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: !lines
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
