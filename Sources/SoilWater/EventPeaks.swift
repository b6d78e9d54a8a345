package import Mesh
import Statistics

/// The greatest rain events that each cell has lived through: peaks of the soil water index with their days.
///
/// An event begins with a wet hour after 24 dry ones and lasts until the next begins: without rain the index only falls. So
/// every hour belongs to an event, the first to one that began before the record, and the highest peak is the record itself.
/// It streams forward with the tanks; day by day gives the same bits as one go.
/// - Source: METHOD.md 2.7; the historical rank of the soil water index of Japan's forecasters.
package struct EventPeaks: Sendable, Equatable {
  /// Peaks kept of each cell.
  package static let kept = 10
  /// Dry hours that end an event: those of the critical line's usual settings, whatever a catalogue sets.
  static let dryHours = UInt16(ClimatologySettings().dryHours)
  /// Rain from which an hour is wet, mm.
  static let wetHour = ClimatologySettings().wetHour

  package let cells: Int
  /// Peaks of ended events, mm, greatest first, of equals the earlier; shape `(cells, 10)`, 0 where there are fewer.
  package private(set) var peaks: [Float]
  /// Their days since 1970-01-01.
  package private(set) var days: [Int32]
  /// Highest index of the event that goes on, mm; 0 before the first hour.
  package private(set) var openPeaks: [Float]
  /// Its day since 1970-01-01.
  package private(set) var openDays: [Int32]
  /// Dry hours since the last wet one, 24 at most.
  package private(set) var dryHours: [UInt16]

  /// Events of nothing.
  package init(cells: Int) {
    self.cells = cells
    peaks = Array(repeating: 0, count: Self.kept * cells)
    days = Array(repeating: 0, count: Self.kept * cells)
    openPeaks = Array(repeating: 0, count: cells)
    openDays = Array(repeating: 0, count: cells)
    dryHours = Array(repeating: Self.dryHours, count: cells)
  }

  /// Events that go on.
  package init(peaks: [Float], days: [Int32], openPeaks: [Float], openDays: [Int32], dryHours: [UInt16]) {
    cells = openPeaks.count
    precondition(
      peaks.count == Self.kept * cells && days.count == peaks.count && openDays.count == cells
        && dryHours.count == cells, "events of other than \(cells) cells")
    (self.peaks, self.days) = (peaks, days)
    (self.openPeaks, self.openDays, self.dryHours) = (openPeaks, openDays, dryHours)
  }

  /// Where a value stands among the peaks so far, that of the event that goes on among them.
  ///
  /// - Parameters:
  ///   - value: mm.
  ///   - cell: Whose.
  /// - Returns: The standing; `nil` for `NaN` and where there was no event.
  package func standing(of value: Float, at cell: Int) -> EventStanding? {
    guard !value.isNaN else { return nil }
    var above = 0
    // Of the peaks that the value does not pass the lowest; the highest of all.
    var (next, highest): ((peak: Float, day: Int32), (peak: Float, day: Int32)) = ((.infinity, 0), (0, 0))
    func look(_ peak: Float, _ day: Int32) {
      if peak >= value, peak > 0 {
        above += 1
        if peak < next.peak { next = (peak, day) }
      }
      if peak > highest.peak { highest = (peak, day) }
    }
    for place in cell * Self.kept..<(cell + 1) * Self.kept { look(peaks[place], days[place]) }
    look(openPeaks[cell], openDays[cell])
    guard highest.peak > 0 else { return nil }
    let event = above > 0 ? next : highest
    return EventStanding(
      rank: UInt8(min(above, Self.kept) + 1), after: JSTDay(daysSince1970: Int(event.day)), peak: event.peak)
  }

  /// Takes in the hours of a day.
  ///
  /// - Parameters:
  ///   - day: Later than all before.
  ///   - index: Soil water index at the end of each hour, mm, shape `(24, cells)`; `NaN` counts for nothing.
  ///   - rain: Rain of each hour as observed, mm, shape `(24, cells)`; missing hours are dry.
  ///   - threads: Change no bit.
  mutating func advance(on day: JSTDay, index: [Float], rain: [Float], threads: Int) {
    let cells = cells
    precondition(index.count == 24 * cells && rain.count == 24 * cells, "a day without hours, or of other cells")
    let today = Int32(day.daysSince1970)
    peaks.withUnsafeMutableBufferPointer { peaks in
      days.withUnsafeMutableBufferPointer { days in
        openPeaks.withUnsafeMutableBufferPointer { openPeaks in
          openDays.withUnsafeMutableBufferPointer { openDays in
            dryHours.withUnsafeMutableBufferPointer { dryHours in
              let strip = EventStrip(
                cells: cells, peaks: peaks, days: days, openPeaks: openPeaks, openDays: openDays, dryHours: dryHours)
              index.withUnsafeBufferPointer { index in
                rain.withUnsafeBufferPointer { rain in
                  let strips = (cells + TankField.stripCells - 1) / TankField.stripCells
                  inParallel(strips, threads: threads) { number in
                    let first = number * TankField.stripCells
                    strip.advance(first..<min(cells, first + TankField.stripCells), on: today, index, rain)
                  }
                }
              }
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
  let days: UnsafeMutableBufferPointer<Int32>
  let openPeaks: UnsafeMutableBufferPointer<Float>
  let openDays: UnsafeMutableBufferPointer<Int32>
  let dryHours: UnsafeMutableBufferPointer<UInt16>

  func advance(
    _ range: Range<Int>, on day: Int32, _ index: UnsafeBufferPointer<Float>, _ rain: UnsafeBufferPointer<Float>
  ) {
    for hour in 0..<24 {
      for cell in range {
        let place = hour * cells + cell
        if rain[place] >= EventPeaks.wetHour {
          if dryHours[cell] >= EventPeaks.dryHours { end(cell) }
          dryHours[cell] = 0
        } else if dryHours[cell] < EventPeaks.dryHours {
          // Compared first: a number of a file may be the greatest of its type.
          dryHours[cell] += 1
        }
        if index[place] > openPeaks[cell] { (openPeaks[cell], openDays[cell]) = (index[place], day) }
      }
    }
  }

  /// Puts the event that went on among the ended ones.
  private func end(_ cell: Int) {
    let (peak, day) = (openPeaks[cell], openDays[cell])
    let (first, last) = (cell * EventPeaks.kept, (cell + 1) * EventPeaks.kept - 1)
    (openPeaks[cell], openDays[cell]) = (0, 0)
    guard peak > peaks[last] else { return }
    var place = last
    while place > first, peaks[place - 1] < peak {
      (peaks[place], days[place]) = (peaks[place - 1], days[place - 1])
      place -= 1
    }
    (peaks[place], days[place]) = (peak, day)
  }
}
