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
  package func say(_ phrase: Phrase, _ values: String...) -> String {
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

  private static func holes(in text: String) -> Int {
    (0..<10).prefix { text.contains("{\($0)}") }.count
  }
}
