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
  /// Maximum, rain at the maximum, index at 24:00, greatest rain: shape `(4, cells)`.
  let quantities: UnsafeMutableBufferPointer<Float>
  /// Hour of the maximum, flag, missing hours of 240, filled hours: shape `(4, cells)`.
  let marks: UnsafeMutableBufferPointer<UInt8>
  /// Index, then rain: shape `(2, 24, cells)`, or empty.
  let hourly: UnsafeMutableBufferPointer<Float>

  func advance(_ range: Range<Int>) {
    let count = range.count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 24 * count) { water in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * count) { tanks in
        let gaps = prepare(range, water)
        for tank in 0..<3 {
          for i in 0..<count { tanks[tank * count + i] = storages[tank * cells + range.lowerBound + i] }
        }
        runHours(range, water, tanks, openGaps: gaps.filter(\.missing.isOpen).map { $0.cell - range.lowerBound })
        for tank in 0..<3 {
          for i in 0..<count { storages[tank * cells + range.lowerBound + i] = tanks[tank * count + i] }
        }
        finish(range, water, gaps)
      }
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
      let source = UnsafeBufferPointer(rebasing: rain[start..<start + count])
      let target = UnsafeMutableBufferPointer(rebasing: water[hour * count..<(hour + 1) * count])
      let bit = UInt32(1) << UInt32(hour)
      for i in 0..<count {
        target[i] = source[i]
        missing[i] |= source[i].isNaN ? bit : 0
      }
    }
    var gaps: [Gap] = []
    for cell in range {
      let i = cell - range.lowerBound
      let wasObserved = hoursRun[cell] >= 0
      if wasObserved, !beforeGap[cell].isNaN, today[cell] & 1 == 0 { fillOpenGap(cell, nextRain: water[i]) }
      guard today[cell] != 0 || !wasObserved else { continue }
      let kinds = MissingRain(missing: today[cell], yesterday: history[0][cell], wasObserved: wasObserved)
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

  /// Runs the 24 hours: `water` of shape `(24, count)`, `tanks` of shape `(3, count)`.
  private func runHours(
    _ range: Range<Int>, _ water: UnsafeMutableBufferPointer<Float>, _ tanks: UnsafeMutableBufferPointer<Float>,
    openGaps: [Int]
  ) {
    let (count, first) = (range.count, range.lowerBound)
    let coefficients = TankCoefficients<Float>(field.parameters)
    let step = Float(field.parameters.stepHours)
    let maximum = UnsafeMutableBufferPointer(rebasing: quantities[range])
    let rainAtMaximum = UnsafeMutableBufferPointer(rebasing: quantities[cells + first..<cells + first + count])
    let midnight = UnsafeMutableBufferPointer(rebasing: quantities[2 * cells + first..<2 * cells + first + count])
    let hourOfMaximum = UnsafeMutableBufferPointer(rebasing: marks[range])
    let greatestRain = UnsafeMutableBufferPointer(rebasing: quantities[3 * cells + first..<3 * cells + first + count])
    for i in 0..<count {
      maximum[i] = -1
      greatestRain[i] = 0
    }
    for cell in range { for tank in 0..<3 { beforeGap[tank * cells + cell] = .nan } }
    for hour in 0..<24 {
      if hour == 23 {
        for i in openGaps { for tank in 0..<3 { beforeGap[tank * cells + first + i] = tanks[tank * count + i] } }
      }
      let rainOfHour = UnsafeBufferPointer(rebasing: water[hour * count..<(hour + 1) * count])
      for _ in 0..<field.parameters.stepsPerHour {
        advanceCells(tanks, rainOfHour: rainOfHour, hours: step, by: coefficients)
      }
      let mark = UInt8(hour + 1)
      for i in 0..<count {
        let index = tanks[i] + tanks[count + i] + tanks[2 * count + i]
        let isHigher = index > maximum[i]
        midnight[i] = index
        greatestRain[i] = max(greatestRain[i], rainOfHour[i])
        maximum[i] = isHigher ? index : maximum[i]
        rainAtMaximum[i] = isHigher ? rainOfHour[i] : rainAtMaximum[i]
        hourOfMaximum[i] = isHigher ? mark : hourOfMaximum[i]
      }
      guard !hourly.isEmpty else { continue }
      for i in 0..<count {
        hourly[hour * cells + first + i] = midnight[i]
        hourly[(24 + hour) * cells + first + i] = rainOfHour[i]
      }
    }
  }

  /// Advances every cell of the strip by one step; the hour's rain falls evenly on its steps.
  @inline(__always)
  private func advanceCells(
    _ tanks: UnsafeMutableBufferPointer<Float>, rainOfHour: UnsafeBufferPointer<Float>, hours step: Float,
    by coefficients: TankCoefficients<Float>
  ) {
    let count = rainOfHour.count
    for i in 0..<count {
      let now = TankStorage(surface: tanks[i], middle: tanks[count + i], deep: tanks[2 * count + i])
      let next = SoilWater.advance(now, rain: rainOfHour[i] * step, hours: step, by: coefficients)
      tanks[i] = next.surface
      tanks[count + i] = next.middle
      tanks[2 * count + i] = next.deep
    }
  }

  /// Flags, missing hours, last rain, and `NaN` where nothing was observed yet.
  private func finish(_ range: Range<Int>, _ water: UnsafeMutableBufferPointer<Float>, _ gaps: [Gap]) {
    let (count, first) = (range.count, range.lowerBound)
    let neededHours = Int32(24 * field.spinUpDays)
    for cell in range {
      let mask = today[cell]
      // The hour of 24:00 if observed, else the one before.
      let source = mask & MissingRain.lastHour == 0 ? 23 : 22
      lastRain[cell] = rain[source * cells + cell]
      var flag = max(hoursRun[cell], 0) < neededHours ? SoilWaterFlag.invalid : .complete
      var missing = 0
      for day in history.indices { missing += history[day][cell].nonzeroBitCount }
      let oldest = history[history.count - 1][cell].nonzeroBitCount
      if flag == .complete, missing + mask.nonzeroBitCount > 24,
        MissingRain.mostMissing(today: mask, history: history.map { $0[cell] }) > 24
      {
        flag = .invalid
      }
      marks[cells + cell] = flag.rawValue
      marks[2 * cells + cell] = UInt8(missing - oldest + mask.nonzeroBitCount)
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

  /// Takes back the values of hours before the first observation.
  private func markStart(
    _ cell: Int, _ kinds: MissingRain, strip: (first: Int, count: Int), _ water: UnsafeMutableBufferPointer<Float>
  ) {
    let silent = kinds.before.nonzeroBitCount
    if !hourly.isEmpty {
      for hour in 0..<silent {
        hourly[hour * cells + cell] = .nan
        hourly[(24 + hour) * cells + cell] = .nan
      }
    }
    guard silent < 24 else {
      for field in 0..<4 { quantities[field * cells + cell] = .nan }
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
