/// Language of what readers read: sheet, project, report, tables. Files for programs (JSON, tags of rasters) stay English.
package enum Language: String, CaseIterable, Sendable, Codable {
  case english = "en"
  case japanese = "ja"

  /// A phrase with its holes `{0}`, `{1}` ... filled.
  ///
  /// - Parameters:
  ///   - phrase: A row of the table.
  ///   - values: One for each hole.
  /// - Returns: The phrase in this language.
  package func say(_ phrase: Phrase, _ values: String...) -> String { say(phrase, filledWith: values) }

  /// Words that were stored in English, in a model or a manifest, in this language.
  ///
  /// - Parameters:
  ///   - words: What a phrase of the table once said in English, or a user's own words.
  ///   - phrases: Those that may have said it or one of its values; the first that fits is taken.
  /// - Returns: What the phrase says here with the same values; a user's own words as they are written.
  package func retell(_ words: String, as phrases: [Phrase]) -> String {
    guard self != .english else { return words }
    for phrase in phrases {
      guard let values = phrase.values(in: words) else { continue }
      return say(phrase, filledWith: values.map { retell($0, as: phrases) })
    }
    return words
  }

  private func say(_ phrase: Phrase, filledWith values: [String]) -> String {
    let text = self == .english ? phrase.english : phrase.japanese
    precondition(phrase.holes == values.count, "\(phrase.english): \(values.count) values")
    return values.enumerated().reduce(text) { $0.replacing("{\($1.offset)}", with: $1.element) }
  }
}

/// What readers read, in every language; the table is `Phrase+Table.swift`.
package struct Phrase: Hashable, Sendable {
  package let english: String
  package let japanese: String
  /// How many values it takes; the same in every language.
  package let holes: Int

  init(_ english: String, _ japanese: String) {
    self.english = english
    self.japanese = japanese
    holes = Self.holes(in: english)
    precondition(holes == Self.holes(in: japanese), "other holes in \(japanese) than in \(english)")
  }

  /// The values with which this phrase says a text in English; `nil` where it does not.
  func values(in text: String) -> [String]? {
    var values = [String](repeating: "", count: holes)
    var rest = text[...]
    var from = english.startIndex
    var open: Int?
    for mark in english.matches(of: /\{([0-9])\}/) {
      let words = english[from..<mark.range.lowerBound]
      if let hole = open {
        guard let found = rest.firstRange(of: words) else { return nil }
        values[hole] = String(rest[..<found.lowerBound])
        rest = rest[found.upperBound...]
      } else {
        guard rest.hasPrefix(words) else { return nil }
        rest = rest.dropFirst(words.count)
      }
      open = Int(mark.1)
      from = mark.range.upperBound
    }
    let tail = english[from...]
    guard let hole = open else { return rest == tail ? values : nil }
    guard rest.hasSuffix(tail) else { return nil }
    values[hole] = String(rest.dropLast(tail.count))
    return values
  }

  private static func holes(in text: String) -> Int {
    (0..<10).prefix { text.contains("{\($0)}") }.count
  }
}
