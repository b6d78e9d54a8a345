package import Mesh

/// What each cell has lived through: the highest value of every memory index on all days so far, and how many days were how
/// wet.
///
/// It streams forward with the tanks, so that a daily run reads no past; day by day gives the same bits as one go. Spin-up
/// counts: storages that are still too low set no record. A missing hour of rain counts as dry in the sums of rain; of the
/// tanks, what METHOD.md 1.3 makes of it counts.
package struct SurvivedRecord: Sendable, Equatable {
  package let cells: Int
  /// The last day taken in; `nil` before the first.
  package internal(set) var day: JSTDay?
  /// Highest hourly value so far, mm, shape `(8, cells)` in the order of `MemoryIndex`; 0 before the first day.
  package internal(set) var highest: [Float]
  /// Days with soil water taken in, a cell: the length of the record.
  package internal(set) var days: [Int32]
  /// Those days by their highest values.
  package internal(set) var counts: DayCounts
  /// The greatest rain events so far.
  package internal(set) var events: EventPeaks
  /// Dry hours since the last wet one, 24 at most, a cell: where the next event begins.
  package internal(set) var dryHours: [UInt16]
  /// The two effective rains at 24:00, mm, shape `(2, cells)` in the order of `EffectiveRain.halfLives`.
  package internal(set) var effectiveRain: [Float]
  /// Rain of the last 72 hours, mm, shape `(72, cells)`, oldest first: 0 for missing ones.
  package internal(set) var recentRain: [Float]

  /// Hours of rain that the sums reach back.
  package static let rainHours = 72

  /// A record of nothing.
  package init(cells: Int) {
    self.cells = cells
    highest = Array(repeating: 0, count: MemoryIndex.count * cells)
    days = Array(repeating: 0, count: cells)
    counts = DayCounts(cells: cells)
    events = EventPeaks(cells: cells)
    dryHours = Array(repeating: EventCut.dryHours, count: cells)
    effectiveRain = Array(repeating: 0, count: EffectiveRain.halfLives.count * cells)
    recentRain = Array(repeating: 0, count: Self.rainHours * cells)
  }

  /// A record that goes on after a day.
  ///
  /// - Parameters:
  ///   - day: Its last.
  ///   - highest: As in `highest`.
  ///   - days: As in `days`.
  ///   - counts: As in `counts`.
  ///   - events: As in `events`.
  ///   - dryHours: As in `dryHours`.
  ///   - effectiveRain: As in `effectiveRain`.
  ///   - recentRain: Rain of the three days that end with `day`, shape `(72, cells)`; `NaN` for missing.
  package init(
    day: JSTDay?, highest: [Float], days: [Int32], counts: DayCounts, events: EventPeaks, dryHours: [UInt16],
    effectiveRain: [Float], recentRain: [Float]
  ) {
    cells = days.count
    precondition(
      highest.count == MemoryIndex.count * cells && effectiveRain.count == EffectiveRain.halfLives.count * cells
        && recentRain.count == Self.rainHours * cells && counts.cells == cells && events.cells == cells
        && dryHours.count == cells,
      "a record of other than \(cells) cells")
    (self.day, self.highest, self.days, self.counts) = (day, highest, days, counts)
    (self.events, self.dryHours) = (events, dryHours)
    self.effectiveRain = effectiveRain
    self.recentRain = recentRain.map { $0.isNaN ? 0 : $0 }
  }
}

/// A day of each cell beside what the cell had survived before it: strictly earlier days, never the day itself.
package struct MemoryDay: Sendable, Equatable {
  package let day: JSTDay?
  package let cells: Int
  /// Highest hourly value of the day, mm, shape `(8, cells)` in the order of `MemoryIndex`; `NaN` without soil water.
  package let highest: [Float]
  /// Highest of all earlier days, mm, shape `(8, cells)`.
  package let survived: [Float]
  /// Rank of the day among the earlier ones, 0 ..< 1, shape `(2, cells)` in the order of `DayCounts.indices`; `NaN` without
  /// soil water or earlier days.
  package let ranks: [Float]
  /// Earlier days with soil water, a cell.
  package let recordDays: [Int32]
  /// The rain events before the day, what the one that goes on had reached before it among them.
  let events: EventPeaks

  package init(
    day: JSTDay?, cells: Int, highest: [Float], survived: [Float], ranks: [Float], recordDays: [Int32],
    events: EventPeaks
  ) {
    (self.day, self.cells, self.highest, self.survived) = (day, cells, highest, survived)
    (self.ranks, self.recordDays, self.events) = (ranks, recordDays, events)
  }

  /// How far a cell is beyond its record, an index each; `NaN` without soil water.
  package func excess(of cell: Int) -> SIMD8<Float> {
    var result = SIMD8<Float>()
    for index in MemoryIndex.allCases { result[index.rawValue] = excess(index, of: cell) }
    return result
  }

  /// How far a cell is beyond its record by one index; `NaN` without soil water.
  package func excess(_ index: MemoryIndex, of cell: Int) -> Float {
    let place = index.rawValue * cells + cell
    return index.excess(highest[place], over: survived[place])
  }

  /// Where a cell's highest value of the day stands among its earlier rain events by one index; `nil` without soil water or
  /// events.
  package func event(_ index: MemoryIndex, of cell: Int) -> EventStanding? {
    events.standing(of: highest[index.rawValue * cells + cell], by: index, at: cell)
  }

  /// The day's highest value in parts of the highest of all earlier days: 1 at the record; `NaN` without soil water or
  /// record.
  package func ratio(_ index: MemoryIndex) -> [Float] {
    (0..<cells).map { cell in
      let place = index.rawValue * cells + cell
      return survived[place] > 0 ? highest[place] / survived[place] : .nan
    }
  }

  /// Equal to the bit; `NaN` equals `NaN`.
  package static func == (a: MemoryDay, b: MemoryDay) -> Bool {
    func same(_ x: [Float], _ y: [Float]) -> Bool {
      x.count == y.count && zip(x, y).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }
    return a.day == b.day && a.cells == b.cells && a.survived == b.survived && a.recordDays == b.recordDays
      && a.events == b.events
      && same(a.highest, b.highest) && same(a.ranks, b.ranks)
  }
}
