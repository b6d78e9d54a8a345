package import Mesh

/// What maps and files say of levels, from the recalls themselves: no legend can promise another one.
extension Levels {
  /// The layer of the levels with a name for each of its classes, neutral in words: this is no official warning (METHOD 7.3).
  package func layer(in language: Language = .english) -> LayerDescription {
    Self.layer(isMeasured: isMeasured, intervals: recallIntervals, in: language)
  }

  package static func layer(
    isMeasured: Bool, intervals: [ConfidenceInterval]? = nil, in language: Language
  ) -> LayerDescription {
    LayerDescription(
      name: LayerDescription.levelName,
      title: language.say(isMeasured ? .levelTitle : .levelTitleNotMeasured), unit: "", storage: .byte,
      validRange: 1...Float(recalls.count + 1),
      words: ClassWords(
        said: meanings(isMeasured: isMeasured, intervals: intervals, in: language).enumerated().map { place, meaning in
          language.say(.levelNumber, "\(place + 1)") + ": " + meaning
        }))
  }

  /// What the line around the cells of level 4 and above is: the recall it stands for where that was measured.
  package func line(in language: Language = .english) -> String { Self.line(isMeasured: isMeasured, in: language) }

  package static func line(isMeasured: Bool, in language: Language) -> String {
    isMeasured ? language.say(.recallLine, percent(recalls[2])) : language.say(.levelLine)
  }

  /// What each of the levels 1 ... 5 means, with the intervals of its recall where they were measured.
  package static func meanings(
    isMeasured: Bool, intervals: [ConfidenceInterval]? = nil, in language: Language
  ) -> [String] {
    guard isMeasured else { return (0...recalls.count).map { _ in language.say(.levelNotMeasured) } }
    return [language.say(.levelBelow, percent(recalls[0]))]
      + recalls.enumerated().map { place, recall in
        guard let intervals else { return language.say(.levelCatches, percent(recall)) }
        return language.say(.levelCatchesBetween, percent(recall), intervals[place].perCent)
      }
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}

extension ConfidenceInterval {
  /// Of a share, `68-90 %`: whole per cent, the interval is no sharper.
  package var perCent: String { "\(Int((100 * low).rounded()))-\(Int((100 * high).rounded())) %" }
}
