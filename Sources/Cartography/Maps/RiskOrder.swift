/// Orders cells by what they may do: sheet, tables and report name the same cell as the worst.
///
/// By level, then probability; where the probability is capped many cells share it, and of these the furthest past its own
/// record is worse, then the wettest. What is unknown (`NaN`) is least.
package struct RiskOrder: Comparable, Sendable {
  package let level: UInt8
  package let probability: Float
  /// Historical rank of the soil water index; past the record it still grows.
  package let pastRecord: Float
  /// Soil water index, mm.
  package let soilWater: Float

  package init(level: UInt8, probability: Float, pastRecord: Float, soilWater: Float) {
    func known(_ value: Float) -> Float { value.isNaN ? -.infinity : value }
    self.level = level
    self.probability = known(probability)
    self.pastRecord = known(pastRecord)
    self.soilWater = known(soilWater)
  }

  /// Whether two cells differ in neither level nor probability.
  package func hasSameRisk(as other: RiskOrder) -> Bool { (level, probability) == (other.level, other.probability) }

  package static func < (a: RiskOrder, b: RiskOrder) -> Bool {
    (a.level, a.probability, a.pastRecord, a.soilWater) < (b.level, b.probability, b.pastRecord, b.soilWater)
  }
}
