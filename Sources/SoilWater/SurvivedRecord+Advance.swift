import Mesh
import Statistics

extension SurvivedRecord {
  /// Takes in a day.
  ///
  /// - Parameters:
  ///   - record: Soil water of the day, whole calendar day, with its hourly index.
  ///   - rain: Rain of the 24 hours as observed, mm, shape `(24, cells)`; `NaN` is missing.
  ///   - threads: Change no bit.
  /// - Returns: The day beside what the cells had survived before; the record then holds the day too.
  /// - Precondition: The record is fresh or stands at the day before.
  package mutating func advance(by record: SoilWaterDay, rain: [Float], threads: Int = 1) -> MemoryDay {
    precondition(record.cells == cells && rain.count == 24 * cells, "a day of \(record.cells) cells for \(cells)")
    if let last = day, let next = record.day {
      precondition(next == last.advanced(by: 1), "a record of \(last) cannot go on with \(next)")
    }
    let (today, cuts) = highestValues(of: record, rain: rain, threads: threads)
    let result = MemoryDay(
      day: record.day, cells: cells, highest: today, survived: highest, ranks: ranks(of: today), recordDays: days,
      events: events)
    for place in today.indices where today[place] > highest[place] { highest[place] = today[place] }
    for cell in 0..<cells where !record.maximum[cell].isNaN {
      days[cell] += 1
      for (place, index) in DayCounts.indices.enumerated() {
        counts.add(today[index.rawValue * cells + cell], by: place, at: cell)
      }
    }
    if let date = record.day { events.advance(on: date, highest: today, cuts: cuts, threads: threads) }
    day = record.day
    return result
  }

  private func ranks(of today: [Float]) -> [Float] {
    DayCounts.indices.enumerated().flatMap { place, index in
      (0..<cells).map { cell in
        let value = index.rawValue * cells + cell
        return counts.rank(of: today[value], by: place, at: cell, record: highest[value], days: Int(days[cell]))
      }
    }
  }

  /// The highest values of a day, shape `(8, cells)`, and the rain events that begin in it, a list a strip; advances the sums
  /// of rain.
  private mutating func highestValues(
    of record: SoilWaterDay, rain: [Float], threads: Int
  ) -> (highest: [Float], cuts: [[EventCut]]) {
    let cells = cells
    var today =
      record.maximum + record.middleMaximum + record.deepMaximum + record.lowerMaximum
      + [Float](repeating: 0, count: 4 * cells)
    recentRain.reserveCapacity((Self.rainHours + 24) * cells)
    for amount in rain { recentRain.append(amount.isNaN ? 0 : amount) }
    let hours = recentRain
    let strips = (cells + TankField.stripCells - 1) / TankField.stripCells
    var cuts = [[EventCut]](repeating: [], count: strips)
    effectiveRain.withUnsafeMutableBufferPointer { effective in
      dryHours.withUnsafeMutableBufferPointer { dryHours in
        today.withUnsafeMutableBufferPointer { today in
          hours.withUnsafeBufferPointer { hours in
            cuts.withUnsafeMutableBufferPointer { cuts in
              nonisolated(unsafe) let cuts = cuts
              let strip = MemoryStrip(
                cells: cells, record: record, hours: hours, effective: effective, dryHours: dryHours, highest: today)
              inParallel(strips, threads: threads) { index in
                let first = index * TankField.stripCells
                cuts[index] = strip.advance(first..<min(cells, first + TankField.stripCells))
              }
            }
          }
        }
      }
    }
    recentRain.removeFirst(24 * cells)
    for cell in 0..<cells where record.maximum[cell].isNaN {
      for index in MemoryIndex.allCases { today[index.rawValue * cells + cell] = .nan }
    }
    return (today, cuts)
  }
}
