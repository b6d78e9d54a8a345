/// A node of the (soil water, rain) plane, the nearest to a state.
///
/// Nodes are as far apart as the settings say and as many as states need: what a cell has seen never moves them, so that
/// the past of one cell is the same whoever asks for it, and a new record takes nothing back.
/// - Source: METHOD.md 2.2, step 4.
package struct StateNode: Hashable, Sendable {
  package let soilWater: UInt16
  package let rain: UInt16

  /// The last node of each axis; states beyond count there (with the usual settings 8,900 mm and 666 mm/h).
  static let last = StateNode(soilWater: 2_047, rain: 511)

  package init(soilWater: UInt16, rain: UInt16) { (self.soilWater, self.rain) = (soilWater, rain) }

  /// Place of the node when those of one soil water follow each other.
  var place: Int { Int(soilWater) * (Int(Self.last.rain) + 1) + Int(rain) }

  init(place: Int) {
    let across = Int(Self.last.rain) + 1
    self.init(soilWater: UInt16(place / across), rain: UInt16(place % across))
  }
}

/// From a state to its nearest node.
struct NodeScale: Sendable {
  private let perSoilWater: Float
  private let perRain: Float

  init(_ settings: ClimatologySettings) {
    perSoilWater = Float(settings.nodes - 1) / settings.soilWaterAxis
    perRain = Float(settings.nodes - 1) / settings.rainAxis
  }

  func node(soilWater: Float, rain: Float) -> StateNode {
    StateNode(
      soilWater: UInt16(
        min(Int(StateNode.last.soilWater), max(0, Int(saturating: (soilWater * perSoilWater).rounded())))),
      rain: UInt16(min(Int(StateNode.last.rain), max(0, Int(saturating: (rain * perRain).rounded())))))
  }
}
