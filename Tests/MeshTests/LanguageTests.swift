import Mesh
import Testing

@Test func `a phrase says its values in every language`() {
  #expect(Language.english.say(.summaryCells, "3", "40") == "3 of 40 cells are at level 4 or 5.")
  #expect(Language.japanese.say(.summaryCells, "3", "40") == "40メッシュ中3がレベル4以上です。")
}

@Test func `a layer in Japanese differs in its words only`() {
  let (english, japanese) = (LayerDescription.vegetation, LayerDescription.vegetation.inLanguage(.japanese))
  #expect(japanese.name == english.name && japanese.validRange == english.validRange)
  #expect(japanese.classes.count == english.classes.count && Set(japanese.classes).isDisjoint(with: english.classes))
  #expect(english.inLanguage(.english) == english)
}

@Test func `the hours of a run are said in both languages`() throws {
  let day = try #require(JSTDay("2023-08-15"))
  let observed = RainHorizon(day: day)
  #expect(observed.words == "24 h to 24:00 JST" && observed.words(in: .japanese) == "24:00（日本時間）までの24時間")
  let nine = JSTHour(ending: day, 9)
  let horizon = RainHorizon(
    asOf: nine, end: nine.advanced(by: 2), forecastHours: [(nine.advanced(by: 1), nil), (nine.advanced(by: 2), nil)])
  #expect(horizon.words(in: .japanese) == "解析 2023-08-15 09:00（日本時間）まで、予報 10:00-11:00（発表時刻不明）")
}

@Test(
  arguments: [
    ("start state, not trained: the physical model alone", "初期状態（未学習、物理モデルのみ）"),
    ("My slides (trained)", "My slides（学習済み）"),
    ("Synthetic benchmark (synthetic)", "Synthetic benchmark（人工データで学習）"), ("Kumamoto 2016", "Kumamoto 2016"),
  ]) func `the title of a model is said in Japanese, a user's own words as they are written`(
    title: String, said: String
  )
{
  #expect(Language.japanese.model(title) == said)
  #expect(Language.english.model(title) == title)
}

@Test func `where levels come from is said in Japanese, whatever its numbers`() {
  let start = Language.english.say(.levelsOfStart, "12", "5", "2", "0.6")
  #expect(Language.japanese.levelOrigin(start) == Language.japanese.say(.levelsOfStart, "12", "5", "2", "0.6"))
  #expect(
    Language.japanese.levelOrigin("inner validation: 120 samples, 9 landslides, blocks of 10 days")
      == "内部検証: 標本120件、土砂災害9件、10日ごとの区間")
  #expect(Language.japanese.levelOrigin("thresholds of my own") == "thresholds of my own")
}

@Test func `the rain of a run is said from its stored words as from the run itself`() throws {
  let nine = JSTHour(ending: try #require(JSTDay("2023-08-15")), 9)
  let ten = nine.advanced(by: 1)
  for hours in [[], [(ten, 1_692_057_600)], [(ten, nil), (ten.advanced(by: 1), 1_692_057_600)]] as [[(JSTHour, Int?)]] {
    let horizon = RainHorizon(
      asOf: nine, end: hours.last?.0 ?? nine, forecastHours: hours.map { (hour: $0.0, issuedAt: $0.1) })
    #expect(Language.japanese.rain(horizon.words) == horizon.words(in: .japanese))
    #expect(Language.english.rain(horizon.words) == horizon.words)
  }
}

@Test(arguments: ClassWords.ofLayers.keys.sorted()) func `classes of a layer have words of their own in both languages`(
  layer: String
) throws {
  let words = try #require(ClassWords.ofLayers[layer])
  #expect(Set(words.english).count == words.english.count && Set(words.japanese).count == words.english.count)
  #expect(Set(words.english).isDisjoint(with: words.japanese))
}
