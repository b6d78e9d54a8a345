package import Mesh

/// What maps and files say of levels, from the recalls themselves: no legend can promise another one.
extension Levels {
  /// The layer of the levels with a name for each of its classes, neutral in words: this is no official warning (METHOD 7.3).
  package var layer: LayerDescription {
    LayerDescription(
      name: LayerDescription.levelName, title: isMeasured ? "Risk level" : "Risk level (no recall measured)", unit: "",
      storage: .byte, validRange: 1...Float(recalls.count + 1), classes: classes)
  }

  /// What the line around the cells of level 4 and above is: the recall it stands for where that was measured.
  package var line: String { isMeasured ? "\(Self.percent(recalls[2]))-recall line" : "Line of level 4" }

  private var classes: [String] {
    guard isMeasured else {
      return (0...recalls.count).map { "level \($0 + 1): class of the model, recall not measured" }
    }
    return ["level 1: below the threshold that catches \(Self.percent(recalls[0])) of known slides"]
      + recalls.enumerated().map { "level \($0 + 2): catches \(Self.percent($1)) of known slides" }
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
