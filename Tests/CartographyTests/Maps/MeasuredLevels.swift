import Mesh

extension LayerDescription {
  /// The layer of levels as a model with measured recalls describes it.
  static let level = LayerDescription(
    name: levelName, title: "Risk level", unit: "", storage: .byte, validRange: 1...5,
    words: ClassWords(said: [
      "level 1: below the threshold that catches 95 % of known slides", "level 2: catches 95 % of known slides",
      "level 3: catches 90 % of known slides", "level 4: catches 80 % of known slides",
      "level 5: catches 50 % of known slides",
    ]))
}
