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
    let today = highestValues(of: record, rain: rain, threads: threads)
    let ranks = ranks(of: today)
    let result = MemoryDay(
      day: record.day, cells: cells, highest: today, survived: highest, ranks: ranks, recordDays: days,
      events: (0..<cells).map { events.standing(of: record.maximum[$0], at: $0) })
    for place in today.indices where today[place] > highest[place] { highest[place] = today[place] }
    for cell in 0..<cells where !record.maximum[cell].isNaN {
      days[cell] += 1
      for (place, index) in DayCounts.indices.enumerated() {
        counts.add(today[index.rawValue * cells + cell], by: place, at: cell)
      }
    }
    if let date = record.day { events.advance(on: date, index: record.hourlyIndex, rain: rain, threads: threads) }
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

  /// The highest values of a day, shape `(8, cells)`; advances the sums of rain.
  private mutating func highestValues(of record: SoilWaterDay, rain: [Float], threads: Int) -> [Float] {
    let cells = cells
    var today =
      record.maximum + record.middleMaximum + record.deepMaximum + record.lowerMaximum
      + [Float](repeating: 0, count: 4 * cells)
    recentRain.reserveCapacity((Self.rainHours + 24) * cells)
    for amount in rain { recentRain.append(amount.isNaN ? 0 : amount) }
    let hours = recentRain
    effectiveRain.withUnsafeMutableBufferPointer { effective in
      today.withUnsafeMutableBufferPointer { today in
        hours.withUnsafeBufferPointer { hours in
          let strip = RainSumStrip(cells: cells, hours: hours, effective: effective, highest: today)
          let strips = (cells + TankField.stripCells - 1) / TankField.stripCells
          inParallel(strips, threads: threads) { index in
            let first = index * TankField.stripCells
            strip.advance(first..<min(cells, first + TankField.stripCells))
          }
        }
      }
    }
    recentRain.removeFirst(24 * cells)
    for cell in 0..<cells where record.maximum[cell].isNaN {
      for index in MemoryIndex.allCases { today[index.rawValue * cells + cell] = .nan }
    }
    return today
  }
}

/// The sums of rain of a strip of cells over a day, on buffers that all strips share but none overlaps in.
private struct RainSumStrip {
  let cells: Int
  /// Rain of the three days before and of the day, mm, shape `(96, cells)`, without `NaN`.
  let hours: UnsafeBufferPointer<Float>
  /// Effective rains, go on to 24:00, shape `(2, cells)`.
  let effective: UnsafeMutableBufferPointer<Float>
  /// Takes the highest values of the day, shape `(8, cells)`.
  let highest: UnsafeMutableBufferPointer<Float>

  func advance(_ range: Range<Int>) {
    keepHighestSum(of: 24, range, into: .rain24)
    keepHighestSum(of: 72, range, into: .rain72)
    for (place, index) in [MemoryIndex.effectiveRain72, .effectiveRain144].enumerated() {
      keepHighestEffective(place, range, into: index)
    }
  }

  /// Keeps the highest sum of the last `length` hours that ends within the day.
  ///
  /// The sum slides in `Double`, in which amounts of rain add and cancel exactly.
  private func keepHighestSum(of length: Int, _ range: Range<Int>, into index: MemoryIndex) {
    let before = SurvivedRecord.rainHours
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { sums in
      sums.initialize(repeating: 0)
      for hour in before - length..<before {
        for (i, cell) in range.enumerated() { sums[i] += Double(hours[hour * cells + cell]) }
      }
      for hour in before..<before + 24 {
        for (i, cell) in range.enumerated() {
          sums[i] += Double(hours[hour * cells + cell]) - Double(hours[(hour - length) * cells + cell])
          let place = index.rawValue * cells + cell
          highest[place] = max(highest[place], Float(sums[i]))
        }
      }
    }
  }

  private func keepHighestEffective(_ half: Int, _ range: Range<Int>, into index: MemoryIndex) {
    let process = EffectiveRain(halfLife: EffectiveRain.halfLives[half])
    for hour in SurvivedRecord.rainHours..<SurvivedRecord.rainHours + 24 {
      for cell in range {
        let (own, place) = (half * cells + cell, index.rawValue * cells + cell)
        effective[own] = process.next(effective[own], rain: hours[hour * cells + cell])
        highest[place] = max(highest[place], effective[own])
      }
    }
  }
}
