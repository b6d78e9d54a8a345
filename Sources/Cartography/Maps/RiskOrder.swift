/// Orders cells by what they may do: sheet, tables and report name the same cell as the worst.
///
/// By level, then probability; where the probability is capped many cells share it, and of these the furthest past its own
/// record is worse, then the wettest. What is unknown (`NaN`) is least. A cell whose past is unknown counts as the worst for
/// want of it: of its level it is named last.
package struct RiskOrder: Comparable, Sendable {
  package let level: UInt8
  /// Whether its past is known.
  package let isCompared: Bool
  package let probability: Float
  /// Historical rank of the soil water index; past the record it still grows.
  package let pastRecord: Float
  /// Soil water index, mm.
  package let soilWater: Float

  package init(
    level: UInt8, isCompared: Bool = true, probability: Float, pastRecord: Float, soilWater: Float
  ) {
    func known(_ value: Float) -> Float { value.isNaN ? -.infinity : value }
    self.level = level
    self.isCompared = isCompared
    self.probability = known(probability)
    self.pastRecord = known(pastRecord)
    self.soilWater = known(soilWater)
  }

  /// Whether two cells differ in neither level nor probability, and their pasts are known alike.
  package func hasSameRisk(as other: RiskOrder) -> Bool {
    (level, isCompared, probability) == (other.level, other.isCompared, other.probability)
  }

  package static func < (a: RiskOrder, b: RiskOrder) -> Bool {
    if (a.level, a.isCompared) != (b.level, b.isCompared) {
      return a.level != b.level ? a.level < b.level : b.isCompared
    }
    return (a.probability, a.pastRecord, a.soilWater) < (b.probability, b.pastRecord, b.soilWater)
  }
}
