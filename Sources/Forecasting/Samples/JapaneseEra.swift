/// A Japanese era, by whose years dates are written: the first year is 1 or 元.
enum JapaneseEra: CaseIterable {
  case meiji, taisho, showa, heisei, reiwa

  /// As it is written: in full, by its initial in Latin letters, and as one character.
  private var names: [String] {
    switch self {
    case .meiji: ["明治", "m", "㍾"]
    case .taisho: ["大正", "t", "㍽"]
    case .showa: ["昭和", "s", "㍼"]
    case .heisei: ["平成", "h", "㍻"]
    case .reiwa: ["令和", "r", "\u{32FF}"]
    }
  }

  /// The Gregorian year before the first.
  private var yearBefore: Int {
    switch self {
    case .meiji: 1_867
    case .taisho: 1_911
    case .showa: 1_925
    case .heisei: 1_988
    case .reiwa: 2_018
    }
  }

  /// Years that were ever counted: a later one is a slip of the pen.
  private var years: ClosedRange<Int> {
    switch self {
    case .meiji: 1...45
    case .taisho: 1...15
    case .showa: 1...64
    case .heisei: 1...31
    case .reiwa: 1...99
    }
  }

  /// The Gregorian year; `nil` for one that the era did not have.
  func gregorian(_ year: Int) -> Int? { years.contains(year) ? yearBefore + year : nil }

  /// Takes an era off the beginning of a text, where a number or 元 follows; `nil` where there is none.
  static func take(from text: inout Substring) -> JapaneseEra? {
    for era in allCases {
      for name in era.names where text.lowercased().hasPrefix(name) {
        let rest = text.dropFirst(name.count).drop { $0 == " " }
        guard let next = rest.first, next == "元" || next.isASCII && next.isNumber else { continue }
        text = rest
        return era
      }
    }
    return nil
  }
}
