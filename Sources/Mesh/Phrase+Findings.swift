import Foundation

// Rows of the table of words: what the inputs of a run turned out to be when they were read.

extension Phrase {
  // MARK: Rain
  package static let noteRain = Phrase("Rain: {0}.", "雨量: {0}。")
  package static let irregularity = Phrase("{0}: {1}, as {2} in {3}", "{0}: {1}件（例: {3} の {2}）")
  package static let rainDuplicate = Phrase(
    "hours given twice alike", "同じ値の重複時刻")
  package static let rainConflict = Phrase(
    "hours given twice with other values (the first kept)", "値の異なる重複時刻（先のものを採用）")
  package static let rainOutOfOrder = Phrase(
    "hours out of order", "時刻の順序の乱れ")
  package static let rainShifted = Phrase(
    "times not on the hour (left out)", "正時でない時刻（不使用）")
  package static let rainUntimely = Phrase(
    "times before 1872 or after 2199 (left out)", "1872年より前または2199年より後の時刻（不使用）")
  package static let rainNegative = Phrase(
    "rain below zero (taken as missing)", "負の雨量（欠測扱い）")
  package static let rainImplausible = Phrase(
    "rain beyond what can fall (taken as missing)", "あり得ない雨量（欠測扱い）")
  package static let rainUncovered = Phrase(
    "hours without a value in some cells", "一部のメッシュに値のない時間")
  /// What a finding of rain is about, as it is stored.
  package static let uncoveredDay = Phrase("{0}, up to {1} of {2} cells", "{0}、最大{2}メッシュ中{1}")
  package static let constantDay = Phrase("{0}, {1} mm in every hour and cell", "{0}、全時刻・全メッシュで{1} mm")
  package static let recordDay = Phrase(
    "{0}, {1} mm in the day; Japan's record is {2} mm", "{0}、日雨量{1} mm（日本の記録は{2} mm）")
  package static let rainDamaged = Phrase(
    "files that cannot be read (left out)", "読めないファイル（不使用）")
  package static let rainRunningTotals = Phrase(
    "days that look like running totals (name accumulation: in the catalogue)", "積算値とみられる日（カタログで accumulation: を指定）")
  package static let rainConstant = Phrase(
    "days of one value everywhere", "全域が同じ値の日")
  package static let rainUnit = Phrase(
    "amounts that hint at another unit (name units: in the catalogue)", "単位の違いが疑われる値（カタログで units: を指定）")
  package static let rainUnknownStation = Phrase(
    "stations missing in the station table (left out)", "観測所表にない観測所（不使用）")
  package static let rainSilent = Phrase(
    "gauges without rain among wet ones", "周囲が降雨のなか無降水の観測所")
  package static let rainMoved = Phrase(
    "hours moved against those imported before", "前回の取り込みから時刻がずれた時間")
  package static let rainWithdrawn = Phrase(
    "days in the archive that the source no longer holds (kept)", "入力から消えた日（保存済みを維持）")
  package static let rainNotATotal = Phrase(
    "fields that are no hourly totals (left out)", "1時間積算でない要素（不使用）")

  // MARK: Ground
  package static let elevation = Phrase("Elevation", "標高")
  package static let soil = Phrase("Soil", "土壌")
  package static let vegetation = Phrase("Vegetation", "植生")
  package static let noteGroundThin = Phrase(
    "{0} known in only {1} of {2} cells: check its place, reference system and codes (lsmap align).",
    "{0}が分かるのは{2}メッシュ中{1}のみ: 位置・測地系・コードを確認（lsmap align）。")
  package static let noteUnknownCodes = Phrase(
    "{0}: {1} of the area has codes that no legend explains: {2}.", "{0}: 対象地域の{1}は凡例にないコード: {2}。")
  package static let noteFeet = Phrase(
    "Elevation: a cell's mean is {0} m, above Mount Fuji (3776 m): are the heights in feet?",
    "標高: メッシュ平均が{0} mで富士山（3776 m）を超える。単位がフィートの可能性。")
}

extension Language {
  /// The name of a layer of the ground, as reports of alignment have it.
  package func ground(_ layer: String) -> String { retell(layer.capitalized, as: [.elevation, .soil, .vegetation]) }
}
