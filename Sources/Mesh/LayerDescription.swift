/// What is known about a layer: written into files, styles, reports and read by tests, from this one place.
package struct LayerDescription: Hashable, Sendable {
  /// How the values are stored on disk.
  package enum Storage: Hashable, Sendable {
    /// 32-bit, nodata `NaN`-safe value given.
    case float32(nodata: Float)
    /// Classes; 0 is nodata.
    case byte

    /// Stands for a missing value.
    package var nodata: Float { if case .float32(let nodata) = self { nodata } else { 0 } }
  }

  /// File name without extension, and key in reports: `swi`.
  package let name: String
  /// What a reader of the map calls it.
  package let title: String
  /// The title in Japanese.
  package let japanese: String
  /// `mm`, `m`, `deg`, `1` for a share or probability, empty for classes.
  package let unit: String
  package let storage: Storage
  /// Values outside are wrong.
  package let validRange: ClosedRange<Float>
  /// What its classes are called; `nil` for a quantity.
  package let words: ClassWords?
  /// Names of the classes, rising by one from `firstClass`; empty for a quantity.
  package var classes: [String] { words?.english ?? [] }
  /// Value of the first class: 1 where 0 is nodata.
  package var firstClass: Int { words?.first ?? 1 }

  /// The Japanese title is the title itself where `nil`: layers that no reader of a map meets.
  package init(
    name: String, title: String, japanese: String? = nil, unit: String, storage: Storage = .float32(nodata: -9999),
    validRange: ClosedRange<Float>, words: ClassWords? = nil
  ) {
    self.name = name
    self.title = title
    self.japanese = japanese ?? title
    self.unit = unit
    self.storage = storage
    self.validRange = validRange
    self.words = words
  }
}

extension LayerDescription {
  // The run folder.
  package static let risk = LayerDescription(
    name: "risk", title: "Landslide risk (probability on a rainy day)", japanese: "土砂災害リスク（雨の日の確率）", unit: "1",
    validRange: 0...1)
  /// Half of 0 ... 1 is the most that values there can deviate.
  package static let uncertainty = LayerDescription(
    name: "uncertainty", title: "Uncertainty of the risk: deviation between the models of the ensemble",
    japanese: "リスクの不確実性（アンサンブルのモデル間の標準偏差）", unit: "1", validRange: 0...0.5)
  /// The layer of risk levels; its classes are told by the levels of the model.
  package static let levelName = "level"
  package static let soilWaterIndex = LayerDescription(
    name: "swi", title: "Soil water index, daily maximum", japanese: "土壌雨量指数（日最大）", unit: "mm", validRange: 0...2_000)
  package static let anomaly = LayerDescription(
    name: "anomaly", title: "Soil water anomaly q", japanese: "土壌雨量異常度 q", unit: "1", validRange: 0...1)

  /// 1 at the record.
  package static let pastRecord = LayerDescription(
    name: "record", title: "Soil water index, times the highest survived", japanese: "土壌雨量指数の既往最大比", unit: "1",
    validRange: 0...1_000)

  /// The first of the layers of return values.
  package static let returnValuesName = "return_values"

  /// The first ten, then all others.
  package static let eventRank = LayerDescription(
    name: "event_rank", title: "Rank of the soil water index among the cell's own earlier rain events",
    japanese: "土壌雨量指数の自セルの既往降雨事例に対する順位", unit: "", storage: .byte, validRange: 1...11,
    words: .eventRank)

  // The static stack.
  package static let elevation = LayerDescription(
    name: "elevation", title: "Mean elevation", japanese: "平均標高", unit: "m", validRange: -500...9_000)
  package static let slope = LayerDescription(
    name: "slope", title: "Mean slope", japanese: "平均傾斜", unit: "deg", validRange: 0...90)
  package static let aspect = LayerDescription(
    name: "aspect", title: "Aspect", japanese: "斜面方位", unit: "", storage: .byte, validRange: 1...8,
    words: .aspect)
  package static let soil = LayerDescription(
    name: "soil", title: "Soil group (majority)", japanese: "土壌（最多）", unit: "", storage: .byte, validRange: 1...10,
    words: .soil)
  package static let vegetation = LayerDescription(
    name: "vegetation", title: "Vegetation naturalness (majority)", japanese: "植生自然度（最多）", unit: "", storage: .byte,
    validRange: 1...11, words: .vegetation)
  package static let landShare = LayerDescription(
    name: "land", title: "Share of land", japanese: "陸地の割合", unit: "1", validRange: 0...1)

  // Rain.
  package static let hourlyRain = LayerDescription(
    name: "rain", title: "Rain of the hour", japanese: "時間雨量", unit: "mm", validRange: 0...500)
}

extension LayerDescription {
  /// The same with title and classes in a language; English is what the description itself has.
  package func inLanguage(_ language: Language) -> LayerDescription {
    guard language == .japanese else { return self }
    return LayerDescription(
      name: name, title: japanese, unit: unit, storage: storage, validRange: validRange,
      words: words.map { ClassWords(first: $0.first, english: $0.japanese, japanese: $0.japanese) })
  }

  /// The same with other words for its classes, as many as it has.
  package func calling(_ words: ClassWords) -> LayerDescription {
    precondition(words.english.count == classes.count, "\(words.english.count) words, \(classes.count) classes")
    return LayerDescription(
      name: name, title: title, japanese: japanese, unit: unit, storage: storage, validRange: validRange, words: words)
  }
}
