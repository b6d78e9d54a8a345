package import SoilWater

/// What one cell and day is to what the cell has survived on all earlier days, and how much past that is said from.
package struct MemoryInput: Hashable, Sendable {
  /// `n` of each memory index, −3 ... 8, in the order of `MemoryIndex`: 0 at the record of all earlier days, positive beyond.
  package var excess: SIMD8<Float>
  /// Rank of the day's highest soil water index among earlier days, 0 ..< 1.
  package var soilWaterRank: Float
  /// The same by the storages of the second and third tanks.
  package var lowerTanksRank: Float
  /// Earlier days in the record.
  package var recordDays: Int

  package init(excess: SIMD8<Float>, soilWaterRank: Float, lowerTanksRank: Float, recordDays: Int) {
    self.excess = excess
    self.soilWaterRank = soilWaterRank
    self.lowerTanksRank = lowerTanksRank
    self.recordDays = recordDays
  }

  /// The memory of a cell of a day; no number where the cell has no soil water or no earlier day.
  package init(_ day: MemoryDay, at cell: Int) {
    self.init(
      excess: day.excess(of: cell), soilWaterRank: day.ranks[cell], lowerTanksRank: day.ranks[day.cells + cell],
      recordDays: Int(day.recordDays[cell]))
  }

  /// A day like the record of a cell of which nothing is known.
  package static let none = MemoryInput(
    excess: SIMD8(repeating: 0), soilWaterRank: 0, lowerTanksRank: 0, recordDays: 0)

  /// A cell without soil water.
  package static let unknown = MemoryInput(
    excess: SIMD8(repeating: .nan), soilWaterRank: .nan, lowerTanksRank: .nan, recordDays: 0)

  /// A day far below all that the cell has survived.
  package static let quiet = MemoryInput(
    excess: SIMD8(repeating: MemoryIndex.range.lowerBound), soilWaterRank: 0, lowerTanksRank: 0, recordDays: 0)

  package subscript(index: MemoryIndex) -> Float { excess[index.rawValue] }

  package var isComplete: Bool { (excess.sum() + soilWaterRank + lowerTanksRank).isFinite && recordDays >= 0 }
}
