/// A day of the tank model over a strip of cells, on buffers that all strips share but none overlaps in.
struct TankStrip {
  let field: TankField
  let cells: Int
  /// Shape `(24, cells)`.
  let rain: UnsafeBufferPointer<Float>
  let history: [[UInt32]]
  let storages: UnsafeMutableBufferPointer<Float>
  let lastRain: UnsafeMutableBufferPointer<Float>
  let beforeGap: UnsafeMutableBufferPointer<Float>
  let hoursRun: UnsafeMutableBufferPointer<Int32>
  let today: UnsafeMutableBufferPointer<UInt32>
  /// Maximum, rain at the maximum, index at 24:00, greatest rain, maxima of the second tank, of the third and of both
  /// together: shape `(7, cells)`.
  let quantities: UnsafeMutableBufferPointer<Float>
  /// Hour of the maximum, flag, missing hours of 240, filled hours: shape `(4, cells)`.
  let marks: UnsafeMutableBufferPointer<UInt8>
  /// Index, rain as taken, second and third tank, shape `(24, cells)` each, or empty.
  let hourlyIndex: UnsafeMutableBufferPointer<Float>
  let hourlyRain: UnsafeMutableBufferPointer<Float>
  let hourlyMiddle: UnsafeMutableBufferPointer<Float>
  let hourlyDeep: UnsafeMutableBufferPointer<Float>

  static let quantityRows = 7

  func advance(_ range: Range<Int>) {
    let count = range.count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 28 * count) { memory in
      memory.initialize(repeating: 0)
      func part(_ place: Int, rows: Int = 1) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(rebasing: memory[place * count..<(place + rows) * count])
      }
      let water = part(0, rows: 24)
      let tanks = [part(24), part(25), part(26)]
      let gaps = prepare(range, water)
      for (tank, values) in tanks.enumerated() {
        for i in 0..<count { values[i] = storages[tank * cells + range.lowerBound + i] }
      }
      runHours(
        range, water, tanks, hourOfMaximum: part(27),
        openGaps: gaps.filter(\.missing.isOpen).map { $0.cell - range.lowerBound })
      for (tank, values) in tanks.enumerated() {
        for i in 0..<count { storages[tank * cells + range.lowerBound + i] = values[i] }
      }
      finish(range, water, gaps)
    }
  }

  private struct Gap {
    let cell: Int
    let missing: MissingRain
  }

  /// Copies the strip's rain, fills what is missing, and settles yesterday's open gaps.
  private func prepare(_ range: Range<Int>, _ water: UnsafeMutableBufferPointer<Float>) -> [Gap] {
    let count = range.count
    let missing = UnsafeMutableBufferPointer(rebasing: today[range])
    for hour in 0..<24 {
      let start = hour * cells + range.lowerBound
      copyHour(
        UnsafeBufferPointer(rebasing: rain[start..<start + count]), bit: 1 << UInt32(hour),
        to: UnsafeMutableBufferPointer(rebasing: water[hour * count..<(hour + 1) * count]), missing: missing)
    }
    var gaps: [Gap] = []
    for cell in range {
      let i = cell - range.lowerBound
      let wasObserved = hoursRun[cell] >= 0
      if wasObserved, !beforeGap[cell].isNaN, today[cell] & 1 == 0 { fillOpenGap(cell, nextRain: water[i]) }
      guard today[cell] != 0 || !wasObserved else { continue }
      let yesterday = missingHours(of: cell, daysAgo: 0)
      let kinds = MissingRain(missing: today[cell], yesterday: yesterday, wasObserved: wasObserved)
      for hour in 0..<24 where today[cell] >> UInt32(hour) & 1 == 1 {
        let isFilled = kinds.filled >> UInt32(hour) & 1 == 1
        let before = hour == 0 ? lastRain[cell] : water[(hour - 1) * count + i]
        water[hour * count + i] = isFilled ? (before + rain[(hour + 1) * cells + cell]) / 2 : 0
      }
      // A cell observed for the first time starts with empty tanks, which stay empty until the rain begins.
      if !wasObserved, kinds.before != MissingRain.allHours {
        for tank in 0..<3 { storages[tank * cells + cell] = 0 }
      }
      gaps.append(Gap(cell: cell, missing: kinds))
    }
    return gaps
  }

  /// Computes the last hour of yesterday again, now that its rain can be told from both sides.
  private func fillOpenGap(_ cell: Int, nextRain: Float) {
    let before = TankStorage(
      surface: beforeGap[cell], middle: beforeGap[cells + cell], deep: beforeGap[2 * cells + cell])
    let after = advanceHour(before, rain: (lastRain[cell] + nextRain) / 2, by: field.parameters)
    storages[cell] = after.surface
    storages[cells + cell] = after.middle
    storages[2 * cells + cell] = after.deep
  }

  /// Runs the 24 hours: `water` of shape `(24, count)`, `tanks` one buffer a tank.
  private func runHours(
    _ range: Range<Int>, _ water: UnsafeMutableBufferPointer<Float>, _ tanks: [UnsafeMutableBufferPointer<Float>],
    hourOfMaximum: UnsafeMutableBufferPointer<Float>, openGaps: [Int]
  ) {
    let (count, first) = (range.count, range.lowerBound)
    let coefficients = TankCoefficients<Float>(field.parameters)
    let step = Float(field.parameters.stepHours)
    func result(_ row: Int) -> UnsafeMutableBufferPointer<Float> {
      UnsafeMutableBufferPointer(rebasing: quantities[row * cells + first..<row * cells + first + count])
    }
    let (maximum, rainAtMaximum, midnight, greatestRain) = (result(0), result(1), result(2), result(3))
    let (surface, middle, deep) = (tanks[0], tanks[1], tanks[2])
    maximum.update(repeating: -1)
    let lowerTanks = (middle: result(4), deep: result(5), both: result(6))
    for greatest in [greatestRain, lowerTanks.middle, lowerTanks.deep, lowerTanks.both] {
      greatest.update(repeating: 0)
    }
    for tank in 0..<3 { for cell in range { beforeGap[tank * cells + cell] = .nan } }
    for hour in 0..<24 {
      if hour == 23 {
        for i in openGaps { for tank in 0..<3 { beforeGap[tank * cells + first + i] = tanks[tank][i] } }
      }
      let rainOfHour = UnsafeBufferPointer(rebasing: water[hour * count..<(hour + 1) * count])
      for _ in 0..<field.parameters.stepsPerHour {
        advanceCells(surface, middle, deep, rainOfHour: rainOfHour, hours: step, by: coefficients)
      }
      addTanks(surface, middle, deep, into: midnight)
      keepHighest(midnight, hour: Float(hour + 1), highest: maximum, hourOfHighest: hourOfMaximum)
      keepGreatest(rainOfHour, into: greatestRain)
      keepGreatest(UnsafeBufferPointer(middle), into: lowerTanks.middle)
      keepGreatest(UnsafeBufferPointer(deep), into: lowerTanks.deep)
      keepGreatestSum(middle, deep, into: lowerTanks.both)
      guard !hourlyIndex.isEmpty else { continue }
      for i in 0..<count { hourlyIndex[hour * cells + first + i] = midnight[i] }
      for i in 0..<count { hourlyRain[hour * cells + first + i] = rainOfHour[i] }
      for i in 0..<count { hourlyMiddle[hour * cells + first + i] = middle[i] }
      for i in 0..<count { hourlyDeep[hour * cells + first + i] = deep[i] }
    }
    for i in 0..<count {
      let hour = Int(hourOfMaximum[i])
      marks[first + i] = UInt8(hour)
      rainAtMaximum[i] = water[max(hour - 1, 0) * count + i]
    }
  }

  /// Flags, missing hours, last rain, and `NaN` where nothing was observed yet.
  private func finish(_ range: Range<Int>, _ water: UnsafeMutableBufferPointer<Float>, _ gaps: [Gap]) {
    let (count, first) = (range.count, range.lowerBound)
    let neededHours = Int32(24 * field.spinUpDays)
    let isHistoryComplete = history.allSatisfy(\.isEmpty)
    for cell in range {
      let mask = today[cell]
      // The hour of 24:00 if observed, else the one before.
      let source = mask & MissingRain.lastHour == 0 ? 23 : 22
      lastRain[cell] = rain[source * cells + cell]
      let flag = max(hoursRun[cell], 0) < neededHours ? SoilWaterFlag.invalid : .complete
      marks[cells + cell] = flag.rawValue
      marks[2 * cells + cell] = UInt8(mask.nonzeroBitCount)
      if !isHistoryComplete { countMissing(cell, mask) }
      if hoursRun[cell] >= 0 { hoursRun[cell] = min(hoursRun[cell], Int32.max - 24) + 24 }
    }
    for gap in gaps {
      let (cell, kinds) = (gap.cell, gap.missing)
      marks[3 * cells + cell] = UInt8(kinds.filled.nonzeroBitCount)
      let flag: SoilWaterFlag = kinds.zeroed != 0 ? .degraded : kinds.filled != 0 ? .filled : .complete
      marks[cells + cell] = max(marks[cells + cell], flag.rawValue)
      guard hoursRun[cell] < 0 else { continue }
      markStart(cell, kinds, strip: (first, count), water)
    }
  }

  /// The missing hours of an earlier day; 0 is yesterday.
  private func missingHours(of cell: Int, daysAgo: Int) -> UInt32 {
    history[daysAgo].isEmpty ? 0 : history[daysAgo][cell]
  }

  /// Counts the missing hours of 240 and flags the cell where they are too many.
  private func countMissing(_ cell: Int, _ mask: UInt32) {
    let before = history.indices.map { missingHours(of: cell, daysAgo: $0) }
    let all = before.reduce(mask.nonzeroBitCount) { $0 + $1.nonzeroBitCount }
    marks[2 * cells + cell] = UInt8(all - before[before.count - 1].nonzeroBitCount)
    guard all > 24, MissingRain.mostMissing(today: mask, history: before) > 24 else { return }
    marks[cells + cell] = SoilWaterFlag.invalid.rawValue
  }

  /// Takes back the values of hours before the first observation.
  private func markStart(
    _ cell: Int, _ kinds: MissingRain, strip: (first: Int, count: Int), _ water: UnsafeMutableBufferPointer<Float>
  ) {
    let silent = kinds.before.nonzeroBitCount
    if !hourlyIndex.isEmpty {
      for hour in 0..<silent {
        hourlyIndex[hour * cells + cell] = .nan
        hourlyRain[hour * cells + cell] = .nan
        hourlyMiddle[hour * cells + cell] = .nan
        hourlyDeep[hour * cells + cell] = .nan
      }
    }
    guard silent < 24 else {
      for field in 0..<Self.quantityRows { quantities[field * cells + cell] = .nan }
      marks[cell] = 0
      marks[cells + cell] = SoilWaterFlag.uncovered.rawValue
      return
    }
    hoursRun[cell] = Int32(24 - silent)
    // The empty tanks of hours before the start cannot hold the maximum unless no later hour beat 0.
    if Int(marks[cell]) <= silent {
      marks[cell] = UInt8(silent + 1)
      quantities[cells + cell] = water[silent * strip.count + cell - strip.first]
    }
  }
}
