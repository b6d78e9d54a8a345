import Foundation

/// How many days of a cell were how wet: counts by the highest hourly value of the day, for the rank of a later day.
///
/// A cell keeps no days, only counts in classes a fourteenth wide, so that decades stream forward in a few hundred bytes.
/// Days inside a class count as spread evenly, the uppermost up to the record itself: within half a class of the rank
/// over the days, and exact beyond the record.
package struct DayCounts: Sendable, Equatable {
  /// The measures that are counted: that of the historical rank, and that which tells the most of landslides.
  package static let indices: [MemoryIndex] = [.soilWater, .lowerTanks]
  /// Classes: one up to `floor`, then ten an octave, the last open.
  package static let classes = 71
  /// Upper end of the first class, mm: what is drier is told apart by none.
  static let floor = 8.0
  private static let classesPerOctave = 10.0

  package let cells: Int
  /// Days, shape `(2, 71, cells)` in the order of `indices`.
  package private(set) var counts: [UInt16]

  /// Counts of nothing.
  package init(cells: Int) {
    self.init(cells: cells, counts: Array(repeating: 0, count: Self.indices.count * Self.classes * cells))
  }

  /// Counts that go on.
  package init(cells: Int, counts: [UInt16]) {
    precondition(counts.count == Self.indices.count * Self.classes * cells, "\(counts.count) counts of \(cells) cells")
    (self.cells, self.counts) = (cells, counts)
  }

  /// Counts a day of a cell.
  ///
  /// - Parameters:
  ///   - highest: Highest hourly value of the day, mm, no `NaN`.
  ///   - index: Place in `indices`.
  ///   - cell: Whose.
  mutating func add(_ highest: Float, by index: Int, at cell: Int) {
    let place = place(index, Self.class(of: highest), cell)
    if counts[place] < .max { counts[place] += 1 }
  }

  /// The rank of a day among those counted, `k = #(earlier < x)/(n + 1)`, above the record `m` `k = 1 − (m/x)³/(n + 1)`.
  ///
  /// - Parameters:
  ///   - highest: `x`, mm.
  ///   - index: Place in `indices`.
  ///   - cell: Whose.
  ///   - record: `m`, the highest of the days, mm.
  ///   - days: `n`.
  /// - Returns: 0 ..< 1; `NaN` for a `NaN` or without days.
  /// - Source: METHOD.md 2.3.
  func rank(of highest: Float, by index: Int, at cell: Int, record: Float, days: Int) -> Float {
    guard days > 0, !highest.isNaN else { return .nan }
    guard highest <= record else { return HistoricalRank.beyondRecord(highest, record: record, days: days) }
    let own = Self.class(of: highest)
    var below = 0
    for lower in 0..<own { below += Int(counts[place(index, lower, cell)]) }
    let (low, high) = (Self.lowerEnd(of: own), min(Self.lowerEnd(of: own + 1), Double(record)))
    let share = high > low ? (Double(highest) - low) / (high - low) : 0
    return Float((Double(below) + share * Double(counts[place(index, own, cell)])) / Double(days + 1))
  }

  private func place(_ index: Int, _ class: Int, _ cell: Int) -> Int { (index * Self.classes + `class`) * cells + cell }

  static func `class`(of highest: Float) -> Int {
    guard Double(highest) >= floor else { return 0 }
    return min(1 + Int(log2(Double(highest) / floor) * classesPerOctave), classes - 1)
  }

  private static func lowerEnd(of class: Int) -> Double {
    switch `class` {
    case 0: 0
    case classes: .infinity
    default: floor * exp2(Double(`class` - 1) / classesPerOctave)
    }
  }
}
