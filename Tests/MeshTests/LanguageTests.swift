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
