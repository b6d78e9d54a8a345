// Rows of the table of words that models and manifests keep in English: `Language.retell` says them in another language.

extension Phrase {
  // MARK: Titles of models
  package static let startState = Phrase(
    "start state, not trained: the physical model alone", "初期状態（未学習、物理モデルのみ）")
  package static let earlyWarning = Phrase(
    "soil-water early warning (critical line), no network", "土壌雨量指数と限界線による早期警戒（ネットワークなし）")
  package static let modelTrained = Phrase("{0} (trained)", "{0}（学習済み）")
  package static let modelSynthetic = Phrase("{0} (synthetic)", "{0}（人工データで学習）")
  /// What the title of a model may say; the title that a user gave her samples stays as it is written.
  package static let modelTitles = [startState, earlyWarning, modelTrained, modelSynthetic]

  // MARK: Where levels come from
  package static let levelsOfStart = Phrase(
    "not from a split: q of 0.5, 0.75, 0.9, 0.97, by rank about {0}, {1}, {2} and {3} days a year",
    "検証によらない: q = 0.5, 0.75, 0.9, 0.97（順位では年におよそ{0}・{1}・{2}・{3}日）")
  package static let levelsOfContours = Phrase(
    "not from a split: contours 0.1, 0.3, 0.5, 0.9 of the critical-line surface",
    "検証によらない: 限界線の曲面の等値線 0.1, 0.3, 0.5, 0.9")
  package static let levelsMeasured = Phrase(
    "{0}: {1} samples, {2} landslides, {3}", "{0}: 標本{1}件、土砂災害{2}件、{3}")
  package static let innerValidation = Phrase("inner validation", "内部検証")
  package static let outOfFolds = Phrase("validation out of folds", "分割外の検証")
  package static let blocksOfDays = Phrase("blocks of {0} days", "{0}日ごとの区間")
  package static let regionsApart = Phrase(
    "regions kept apart, for the landslides lie in one block of the calendar",
    "地域ごとに分離（土砂災害が暦の一区間に集中するため）")
  package static let levelOrigins = [
    levelsOfStart, levelsOfContours, levelsMeasured, innerValidation, outOfFolds, blocksOfDays, regionsApart,
  ]
  package static let rainHorizons = [allHours, analysisTo, noForecast, forecastIssued, forecastUnknownIssue]
}

extension Language {
  /// The title of a model, as its file has it.
  package func model(_ title: String) -> String { retell(title, as: Phrase.modelTitles) }

  /// Where the levels of a model come from, as its file has it.
  package func levelOrigin(_ words: String) -> String { retell(words, as: Phrase.levelOrigins) }

  /// Which rain a run knows, as its manifest has it.
  package func rain(_ words: String) -> String {
    guard self != .english else { return words }
    return words.split(separator: ", ").map { retell(String($0), as: Phrase.rainHorizons) }.joined(separator: "、")
  }
}
