import Mesh
import Rasters
import Testing

@testable import Pipeline

@Test func `what a finding of rain is about is told in the reader's language`() {
  let subject = Language.english.say(.uncoveredDay, "2023-07-13", "20", "36")
  let found = RainIrregularity(.uncovered, file: "a.csv", subject: subject, count: 3)
  #expect(found.sentence == "hours without a value in some cells: 3, as 2023-07-13, up to 20 of 36 cells in a.csv")
  #expect(found.sentence(in: .japanese) == "一部のメッシュに値のない時間: 3件（例: a.csv の 2023-07-13、最大36メッシュ中20）")
  // Other words are the source's own.
  let own = RainIrregularity(.damaged, file: "a.csv", subject: "line 3", count: 1)
  #expect(own.sentence(in: .japanese).contains("a.csv の line 3"))
}

@Test(arguments: [("134,35.4,134.5,35.9", "範囲 134,35.4,134.5,35.9"), ("5334,533544", "メッシュ 5334, 533544")])
func `a box and meshes have a Japanese title`(text: String, title: String) throws {
  let area = try Area.named(text, in: nil)
  #expect(area.title(in: .japanese) == title && area.name(in: .japanese) == title)
  #expect(area.title(in: .english) == area.name && !area.name.contains("範囲"))
}
