import Mesh
import SoilWater
import Statistics
import Testing

/// Storms with gaps: `missing` is the chance of an hour to be missing.
private func randomRain(days: Int, cells: Int, missing: Double, seed: UInt64 = 7) -> [[Float]] {
  var stream = RandomStream(seed: seed, "rain")
  return (0..<days).map { _ in
    (0..<24 * cells).map { _ in
      if stream.uniform() < missing { return .nan }
      return stream.uniform() < 0.2 ? Float(stream.uniform(0...30)) : 0
    }
  }
}

private let firstDay = JSTDay(daysSince1970: 19_500)

private func run(
  _ rain: [[Float]], cells: Int, spinUpDays: Int = 0, threads: Int = 1
) -> (days: [SoilWaterDay], state: SoilWaterState) {
  let field = TankField(spinUpDays: spinUpDays, threads: threads)
  var state = SoilWaterState(cells: cells)
  let days = rain.enumerated().map { place, hours in
    field.advance(&state, rain: hours, on: firstDay.advanced(by: place), keepingHours: true)
  }
  return (days, state)
}

@Test func `many cells follow the formula of one cell`() {
  let cells = 3
  let rain = randomRain(days: 4, cells: cells, missing: 0)
  let (days, state) = run(rain, cells: cells)
  for cell in 0..<cells {
    var storage = TankStorage<Float>.empty
    for (day, hours) in zip(days, rain) {
      var highest: Float = -1
      for hour in 0..<24 {
        storage = advanceHour(storage, rain: hours[hour * cells + cell], by: .nationwide)
        highest = max(highest, storage.total)
        #expect(day.hourlyIndex[hour * cells + cell] == storage.total)
      }
      #expect(day.maximum[cell] == highest && day.atMidnight[cell] == storage.total)
      let hour = Int(day.hourOfMaximum[cell]) - 1
      #expect(day.hourlyIndex[hour * cells + cell] == highest)
      #expect(day.rainAtMaximum[cell] == hours[hour * cells + cell])
      #expect(day.flags[cell] == SoilWaterFlag.complete.rawValue)
    }
    #expect(state.surface[cell] == storage.surface && state.deep[cell] == storage.deep)
  }
}

@Test func `Float stays within a hundredth of a millimetre of Double over a year`() {
  let rain = randomRain(days: 365, cells: 1, missing: 0)
  let field = TankField(spinUpDays: 0)
  var state = SoilWaterState(cells: 1)
  var exact = TankStorage<Double>.empty
  var worst = 0.0
  for (place, hours) in rain.enumerated() {
    let day = field.advance(&state, rain: hours, on: firstDay.advanced(by: place), keepingHours: true)
    for hour in 0..<24 {
      exact = advanceHour(exact, rain: Double(hours[hour]), by: .nationwide)
      worst = max(worst, abs(Double(day.hourlyIndex[hour]) - exact.total))
    }
  }
  #expect(worst < 0.01)
}

@Test(arguments: [0, 0.1, 0.5], [2, 5])
func `threads and strips change no bit`(missing: Double, threads: Int) {
  let cells = 2_500
  let rain = randomRain(days: 2, cells: cells, missing: missing)
  let (days, state) = run(rain, cells: cells)
  let (others, otherState) = run(rain, cells: cells, threads: threads)
  #expect(days == others)
  #expect(state == otherState)
  // Each cell alone gives what it gives among others.
  for cell in [0, 1_023, 1_024, 2_499] {
    let alone = rain.map { day in (0..<24).map { day[$0 * cells + cell] } }
    let single = run(alone, cells: 1).days
    for (day, other) in zip(days, single) {
      #expect(day.maximum[cell] == other.maximum[0] || day.maximum[cell].isNaN && other.maximum[0].isNaN)
      #expect(day.flags[cell] == other.flags[0])
    }
  }
}

/// METHOD 1.3 by the plainest means: the whole series of one cell known, the gap rules applied, one formula.
private func reference(_ rain: [Float]) -> [Float] {
  var filled = rain
  for hour in rain.indices where rain[hour].isNaN {
    let isSingle = hour > 0 && hour + 1 < rain.count && !rain[hour - 1].isNaN && !rain[hour + 1].isNaN
    filled[hour] = isSingle ? (rain[hour - 1] + rain[hour + 1]) / 2 : 0
  }
  guard let start = rain.firstIndex(where: { !$0.isNaN }) else { return rain }
  var storage = TankStorage<Float>.empty
  return filled.enumerated().map { hour, amount in
    guard hour >= start else { return .nan }
    storage = advanceHour(storage, rain: amount, by: .nationwide)
    return storage.total
  }
}

@Test(arguments: 0..<20 as Range<UInt64>)
func `a day at a time gives what the whole series gives, gaps across midnight too`(seed: UInt64) {
  let rain = randomRain(days: 6, cells: 1, missing: 0.25, seed: seed)
  let (days, _) = run(rain, cells: 1)
  let expected = reference(rain.flatMap { $0 })
  let series = rain.flatMap { $0 }
  for (place, day) in days.enumerated() {
    // The last hour of a day is provisional when it is missing.
    let hours = series[24 * place + 23].isNaN ? 23 : 24
    for hour in 0..<hours {
      let (is_, should) = (day.hourlyIndex[hour], expected[24 * place + hour])
      #expect(is_ == should || is_.isNaN && should.isNaN, "day \(place) hour \(hour + 1)")
    }
  }
}

@Test(arguments: [
  (hours: [5...5], filled: 1, flag: SoilWaterFlag.filled),
  (hours: [5...5, 7...7], filled: 2, flag: .filled),
  (hours: [5...6], filled: 0, flag: .degraded),
  (hours: [5...7, 20...20], filled: 1, flag: .degraded),
  (hours: [4...10], filled: 0, flag: .degraded),
  (hours: [24...24], filled: 0, flag: .degraded),
  (hours: [], filled: 0, flag: .complete),
])
func `missing hours are filled or taken as 0 and flagged`(
  gap: (hours: [ClosedRange<Int>], filled: Int, flag: SoilWaterFlag)
) {
  var rain = (1...24).map(Float.init)
  for range in gap.hours { for hour in range { rain[hour - 1] = .nan } }
  let days = run([(0..<24).map { _ in 1 }, rain], cells: 1).days
  #expect(days[1].flags[0] == gap.flag.rawValue)
  #expect(Int(days[1].filledHours[0]) == gap.filled)
  #expect(Int(days[1].missingHours[0]) == gap.hours.reduce(0) { $0 + $1.count })
  for hour in 1...24 where rain[hour - 1].isNaN {
    let expected: Float = gap.hours.contains(hour...hour) && hour < 24 ? Float(hour) : 0
    #expect(days[1].hourlyRain[hour - 1] == expected)
  }
}

@Test func `more than 24 hours missing in 240 make the values invalid until they have passed`() {
  let wet = [Float](repeating: 1, count: 24)
  var partly = wet
  partly[3] = .nan
  let silent = [Float](repeating: .nan, count: 24)
  let days = run([wet, silent, partly] + Array(repeating: wet, count: 12), cells: 1).days
  #expect(days[1].flags[0] == SoilWaterFlag.degraded.rawValue)  // 24 of 240: not more than 24
  #expect(days[2].flags[0] == SoilWaterFlag.invalid.rawValue && days[2].missingHours[0] == 25)
  #expect(days[10].missingHours[0] == 25)
  // Day 11: its first hour drops the first missing hour from the window.
  #expect(days[11].flags[0] == SoilWaterFlag.complete.rawValue && days[11].missingHours[0] == 1)
  #expect(days[13].missingHours[0] == 0)
}

@Test func `values count as valid after the days of spin-up`() {
  let wet = [Float](repeating: 1, count: 24)
  let days = run(Array(repeating: wet, count: 5), cells: 1, spinUpDays: 3).days
  #expect(days.map { $0.flags[0] } == [3, 3, 3, 0, 0])
}

@Test func `a cell without any observation has no value, and starts with its first one`() {
  let cells = 2
  var first = [Float](repeating: 2, count: 24 * cells)
  for hour in 0..<24 { first[hour * cells + 1] = .nan }
  var second = first
  for hour in 10..<24 { second[hour * cells + 1] = 2 }
  let (days, state) = run([first, second], cells: cells)
  #expect(days[0].maximum[1].isNaN && days[0].flags[1] == SoilWaterFlag.uncovered.rawValue)
  #expect(days[0].flags[0] == 0)
  #expect(days[1].hourlyIndex[9 * cells + 1].isNaN && !days[1].hourlyIndex[10 * cells + 1].isNaN)
  #expect(days[1].hourlyIndex[10 * cells + 1] == advanceHour(.empty, rain: Float(2), by: .nationwide).total)
  #expect(state.hoursRun == [48, 14])
}

@Test func `a warm start counts as spun up and goes on from its tanks`() {
  let field = TankField(spinUpDays: 30)
  var state = SoilWaterState(surface: [90, .nan], middle: [20, .nan], deep: [40, .nan], at: firstDay)
  let dry = [Float](repeating: 0, count: 48)
  let day = field.advance(&state, rain: dry, on: firstDay.advanced(by: 1), keepingHours: true)
  #expect(day.flags == [SoilWaterFlag.complete.rawValue, SoilWaterFlag.invalid.rawValue])
  let start = TankStorage<Float>(surface: 90, middle: 20, deep: 40)
  #expect(abs(day.hourlyIndex[0] - advanceHour(start, rain: 0, by: .nationwide).total) < 1e-6)
}
