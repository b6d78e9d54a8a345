import Testing

@testable import Cartography

@Test(
  arguments: [
    ("soil water of", ["soil ", "water ", "of"]),
    ("土壌、雨量。", ["土", "壌、", "雨", "量。"]),
    ("1位（これまで）。", ["1", "位", "（こ", "れ", "ま", "で）。"]),
    ("位（2023-09-14に次ぐ）", ["位", "（2023-09-14", "に", "次", "ぐ）"]),
    ("「（a b", ["「（a ", "b"]),
  ]) func `a line neither begins with a closing mark nor ends with an opening one`(text: String, pieces: [String])
{
  #expect(breakablePieces(of: text) == pieces)
}
