// Made by scripts/styles from styles/classes.csv: change that table, not this file.

extension ClassWords {
  package static let aspect = ClassWords(
    first: 1,
    english: [
      "N",
      "NE",
      "E",
      "SE",
      "S",
      "SW",
      "W",
      "NW",
    ],
    japanese: [
      "北",
      "北東",
      "東",
      "南東",
      "南",
      "南西",
      "西",
      "北西",
    ])
  package static let soil = ClassWords(
    first: 1,
    english: [
      "artificial",
      "organic",
      "podzol",
      "andosol",
      "dark red",
      "lowland",
      "red-yellow",
      "stagnic",
      "brown forest",
      "regosol",
    ],
    japanese: [
      "人工改変地",
      "有機質土",
      "ポドゾル",
      "黒ボク土",
      "暗赤色土",
      "低地土",
      "赤黄色土",
      "停滞水成土",
      "褐色森林土",
      "未熟土",
    ])
  package static let vegetation = ClassWords(
    first: 1,
    english: [
      "built-up",
      "fields and paddy",
      "orchards",
      "short grassland",
      "tall grassland",
      "plantation forest",
      "secondary forest",
      "secondary forest, near natural",
      "natural forest",
      "natural grassland",
      "bare, water, unclassified",
    ],
    japanese: [
      "市街地等",
      "農耕地（水田・畑）",
      "農耕地（樹園地）",
      "二次草原（低茎）",
      "二次草原（高茎）",
      "植林地",
      "二次林",
      "二次林（自然林に近い）",
      "自然林",
      "自然草原",
      "裸地・水域・その他",
    ])
  package static let drivers = ClassWords(
    first: 1,
    english: [
      "soil water",
      "rain of the last days",
      "ground",
      "nothing",
    ],
    japanese: [
      "土壌雨量",
      "直近の雨",
      "地形・地質",
      "なし",
    ])
  package static let quality = ClassWords(
    first: 0,
    english: [
      "observed",
      "single hours filled",
      "hours missing, taken as dry",
      "not valid: too many hours missing, or spin-up",
      "no rain cover",
    ],
    japanese: [
      "観測",
      "一部補完",
      "欠測あり（無降水とみなす）",
      "無効（欠測過多または助走中）",
      "雨量なし",
    ])
  package static let eventRank = ClassWords(
    first: 1,
    english: [
      "highest",
      "2nd",
      "3rd",
      "4th",
      "5th",
      "6th",
      "7th",
      "8th",
      "9th",
      "10th",
      "below ten",
    ],
    japanese: [
      "1位",
      "2位",
      "3位",
      "4位",
      "5位",
      "6位",
      "7位",
      "8位",
      "9位",
      "10位",
      "11位以下",
    ])
  /// By the name of the layer.
  package static let ofLayers = [
    "aspect": aspect,
    "soil": soil,
    "vegetation": vegetation,
    "drivers": drivers,
    "quality": quality,
    "event_rank": eventRank,
  ]
}
