package import Mesh
import Statistics

/// The greatest rain events that each cell has lived through: their peaks by every memory index, with their days.
///
/// An event begins with a wet hour after 24 dry ones and lasts until the next begins. So every hour belongs to an event, the
/// first to one that began before the record, and the highest peak is the record itself. What comes late, as water in the
/// third tank, peaks late in its event or in the next. It streams forward with the tanks; day by day gives the same bits as
/// one go.
/// - Source: METHOD.md 2.7; the historical rank of the soil water index of Japan's forecasters.
package struct EventPeaks: Sendable, Equatable {
  /// Peaks kept of each cell and index.
  package static let kept = 10
  /// The longest record whose days can be counted, those of a forecast left over: 177 years.
  package static let longestDays = Int(UInt16.max) - 500

  package let cells: Int
  /// The day from which days are counted: the first taken in; `nil` before.
  package private(set) var firstDay: JSTDay?
  /// Peaks of ended events, mm, greatest first, of equals the earlier; shape `(8, 10, cells)` with indices in the order of
  /// `MemoryIndex`, 0 where there are fewer.
  package private(set) var peaks: [Float]
  /// Their days, counted from `firstDay`.
  package private(set) var days: [UInt16]
  /// Highest values of the event that goes on, mm, shape `(8, cells)`; 0 before the first hour.
  package private(set) var openPeaks: [Float]
  /// Their days, counted from `firstDay`.
  package private(set) var openDays: [UInt16]

  /// Events of nothing.
  package init(cells: Int) {
    let rows = MemoryIndex.count * cells
    self.cells = cells
    peaks = Array(repeating: 0, count: Self.kept * rows)
    days = Array(repeating: 0, count: Self.kept * rows)
    openPeaks = Array(repeating: 0, count: rows)
    openDays = Array(repeating: 0, count: rows)
  }

  /// Events that go on.
  package init(cells: Int, firstDay: JSTDay?, peaks: [Float], days: [UInt16], openPeaks: [Float], openDays: [UInt16]) {
    precondition(
      openPeaks.count == MemoryIndex.count * cells && peaks.count == Self.kept * openPeaks.count
        && days.count == peaks.count && openDays.count == openPeaks.count, "events of other than \(cells) cells")
    (self.cells, self.firstDay) = (cells, firstDay)
    (self.peaks, self.days, self.openPeaks, self.openDays) = (peaks, days, openPeaks, openDays)
  }

  /// An event by one index.
  package struct Event: Hashable, Sendable {
    /// mm.
    package let peak: Float
    package let day: JSTDay

    package init(peak: Float, day: JSTDay) { (self.peak, self.day) = (peak, day) }
  }

  /// The highest events so far by an index, greatest first, of equals the earlier: at most ten, that which goes on among them.
  package func highest(by index: MemoryIndex, at cell: Int) -> [Event] {
    guard let firstDay else { return [] }
    let row = index.rawValue * cells + cell
    var found = places(index, cell).map { (peaks[$0], days[$0]) }
    let place = found.firstIndex { $0.0 < openPeaks[row] } ?? found.count
    found.insert((openPeaks[row], openDays[row]), at: place)
    return found.prefix(Self.kept).filter { $0.0 > 0 }.map {
      Event(peak: $0.0, day: firstDay.advanced(by: Int($0.1)))
    }
  }

  /// Where a value stands among the peaks so far, that of the event that goes on among them.
  ///
  /// - Parameters:
  ///   - value: mm.
  ///   - index: What was measured.
  ///   - cell: Whose.
  /// - Returns: The standing; `nil` for `NaN` and where there was no event.
  package func standing(of value: Float, by index: MemoryIndex, at cell: Int) -> EventStanding? {
    guard let firstDay, !value.isNaN else { return nil }
    let row = index.rawValue * cells + cell
    var above = 0
    // Of the peaks that the value does not pass the lowest; the highest of all.
    var (next, highest): ((peak: Float, day: UInt16), (peak: Float, day: UInt16)) = ((.infinity, 0), (0, 0))
    func look(_ peak: Float, _ day: UInt16) {
      if peak >= value, peak > 0 {
        above += 1
        if peak < next.peak { next = (peak, day) }
      }
      if peak > highest.peak { highest = (peak, day) }
    }
    for place in places(index, cell) { look(peaks[place], days[place]) }
    look(openPeaks[row], openDays[row])
    guard highest.peak > 0 else { return nil }
    let event = above > 0 ? next : highest
    return EventStanding(
      rank: UInt8(min(above, Self.kept) + 1), after: firstDay.advanced(by: Int(event.day)), peak: event.peak)
  }

  /// Where the peaks of a cell stand, greatest first.
  private func places(_ index: MemoryIndex, _ cell: Int) -> StrideTo<Int> {
    let first = index.rawValue * Self.kept * cells + cell
    return stride(from: first, to: first + Self.kept * cells, by: cells)
  }

  /// Takes in a day.
  ///
  /// - Parameters:
  ///   - day: Later than all before, `longestDays` and a forecast's days after the first at most.
  ///   - highest: Highest values of the day, mm, shape `(8, cells)`; `NaN` counts for nothing.
  ///   - cuts: Of each strip of `TankField.stripCells` the events that begin, ascending by cell.
  ///   - threads: Change no bit.
  mutating func advance(on day: JSTDay, highest: [Float], cuts: [[EventCut]], threads: Int) {
    let cells = cells
    let first = firstDay ?? day
    firstDay = first
    let today = UInt16(first.distance(to: day))
    peaks.withUnsafeMutableBufferPointer { peaks in
      days.withUnsafeMutableBufferPointer { days in
        openPeaks.withUnsafeMutableBufferPointer { openPeaks in
          openDays.withUnsafeMutableBufferPointer { openDays in
            let strip = EventStrip(
              cells: cells, peaks: peaks, days: days, openPeaks: openPeaks, openDays: openDays)
            inParallel(cuts.count, threads: threads) { number in
              let first = number * TankField.stripCells
              strip.advance(first..<min(cells, first + TankField.stripCells), on: today, highest, cuts[number])
            }
          }
        }
      }
    }
  }
}

/// Where a day stands among the rain events before it.
package struct EventStanding: Hashable, Sendable {
  /// 1 for higher than all, 10 for below nine; 11 for below ten or more.
  package let rank: UInt8
  /// Day of the event it comes after: the lowest of those that are as high or higher; of rank 1 the highest of all.
  package let after: JSTDay
  /// The peak of that event, mm.
  package let peak: Float
}

/// The events of a strip of cells over a day, on buffers that all strips share but none overlaps in.
private struct EventStrip {
  let cells: Int
  let peaks: UnsafeMutableBufferPointer<Float>
  let days: UnsafeMutableBufferPointer<UInt16>
  let openPeaks: UnsafeMutableBufferPointer<Float>
  let openDays: UnsafeMutableBufferPointer<UInt16>

  func advance(_ range: Range<Int>, on day: UInt16, _ highest: [Float], _ cuts: [EventCut]) {
    for index in 0..<MemoryIndex.count {
      var begun = cuts[...]
      for cell in range {
        let row = index * cells + cell
        if let cut = begun.first, cut.cell == cell {
          begun.removeFirst()
          raise(row, to: cut.before[index], on: day)
          end(row, first: index * EventPeaks.kept * cells + cell)
          raise(row, to: cut.after[index], on: day)
        } else {
          raise(row, to: highest[row], on: day)
        }
      }
    }
  }

  private func raise(_ row: Int, to value: Float, on day: UInt16) {
    if value > openPeaks[row] { (openPeaks[row], openDays[row]) = (value, day) }
  }

  /// Puts the event that went on among the ended ones, the first of which has its place.
  private func end(_ row: Int, first: Int) {
    let (peak, day) = (openPeaks[row], openDays[row])
    let last = first + (EventPeaks.kept - 1) * cells
    (openPeaks[row], openDays[row]) = (0, 0)
    guard peak > peaks[last] else { return }
    var place = last
    while place > first, peaks[place - cells] < peak {
      (peaks[place], days[place]) = (peaks[place - cells], days[place - cells])
      place -= cells
    }
    (peaks[place], days[place]) = (peak, day)
  }
}
