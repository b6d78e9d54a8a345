import Mesh
import SoilWater
import Statistics
import Testing

private let cells = 40
private let days = 16
private let first = JSTDay(daysSince1970: 19_500)

/// Rain of `24 * days` hours with gaps of all lengths; some cells are never observed. Hours that end a block at `end` or at
/// 24:00 are observed: a gap that is open there is settled by a later hour, and differently by each cut into days.
private func rain(endingBlocksAt end: Int) -> [Float] {
  var stream = RandomStream(seed: 5, "hours", .number(end))
  var values = (0..<24 * days * cells).map { _ -> Float in
    if stream.uniform() < 0.05 { return .nan }
    return stream.uniform() < 0.2 ? Float(stream.uniform(0...30)) : 0
  }
  for hour in 0..<24 * days {
    for cell in 0..<cells {
      // The first hours of all: nothing observed yet, so that blocks of any cut begin alike.
      if hour < end || cell == 7 { values[hour * cells + cell] = .nan; continue }
      if cell == 9, (200..<230).contains(hour) { values[hour * cells + cell] = .nan; continue }
      if [end, 24].contains(hour % 24 + 1), values[hour * cells + cell].isNaN { values[hour * cells + cell] = 2 }
    }
  }
  return values
}

@Test(arguments: [1, 9, 15, 23])
func `the 24 hours that end at any hour are a day cut there`(end: Int) throws {
  let values = rain(endingBlocksAt: end)
  let field = TankField(spinUpDays: 3)
  var hours = SoilWaterHours(cells: cells, spinUpDays: 3)
  var state = SoilWaterState(cells: cells)
  for day in 0..<days {
    let block = Array(values[24 * day * cells..<24 * (day + 1) * cells])
    let record = field.advance(&state, rain: block, on: first.advanced(by: day), keepingHours: true)
    hours.add(record, state) { _ in true }
  }
  var cut = SoilWaterState(cells: cells)
  var flags: Set<UInt8> = []
  for day in 0..<days - 1 {
    let start = (24 * day + end) * cells
    let expected = field.advance(
      &cut, rain: Array(values[start..<start + 24 * cells]), on: first.advanced(by: day), keepingHours: true)
    let got = hours.day(ending: JSTHour(ending: first.advanced(by: day + 1), end))
    #expect(got.endHour == end && got.day == first.advanced(by: day + 1))
    #expect(same(got.hourlyIndex, expected.hourlyIndex) && same(got.hourlyRain, expected.hourlyRain))
    #expect(same(got.maximum, expected.maximum) && same(got.atMidnight, expected.atMidnight))
    #expect(same(got.greatestRain, expected.greatestRain) && same(got.rainAtMaximum, expected.rainAtMaximum))
    #expect(got.filledHours == expected.filledHours)
    // Before its first observation a cell misses hours in one count and none in the other: for ten days they differ.
    if day > 10 { #expect(got.missingHours == expected.missingHours && got.flags == expected.flags) }
    let clock = expected.hourOfMaximum.map { $0 == 0 ? 0 : UInt8((Int($0) + end - 1) % 24 + 1) }
    #expect(got.hourOfMaximum == clock)
    flags.formUnion(got.flags)
  }
  #expect(flags == [0, 1, 2, 3, 4])
}

@Test func `the calendar day so far holds no hour of the day before`() throws {
  let values = rain(endingBlocksAt: 24)
  let field = TankField(spinUpDays: 3)
  var hours = SoilWaterHours(cells: cells, spinUpDays: 3)
  var state = SoilWaterState(cells: cells)
  for day in 0..<3 {
    let block = Array(values[24 * day * cells..<24 * (day + 1) * cells])
    let record = field.advance(&state, rain: block, on: first.advanced(by: day), keepingHours: true)
    hours.add(record, state) { _ in true }
    guard day == 2 else { continue }
    let soFar = hours.day(ending: JSTHour(ending: first.advanced(by: day), 5), calendarDay: true)
    for cell in 0..<cells where !record.hourlyIndex[cell].isNaN {
      #expect(soFar.maximum[cell] == (0..<5).map { record.hourlyIndex[$0 * cells + cell] }.max())
      #expect(soFar.deepMaximum[cell] == (0..<5).map { record.hourlyDeep[$0 * cells + cell] }.max())
    }
  }
}

@Test func `at 24 hours the record is the day's own`() throws {
  let values = rain(endingBlocksAt: 24)
  let field = TankField(spinUpDays: 3)
  var hours = SoilWaterHours(cells: cells, spinUpDays: 3)
  var state = SoilWaterState(cells: cells)
  for day in 0..<days {
    let record = field.advance(
      &state, rain: Array(values[24 * day * cells..<24 * (day + 1) * cells]), on: first.advanced(by: day),
      keepingHours: true)
    hours.add(record, state) { _ in true }
    if day > 0 { #expect(hours.day(ending: JSTHour(ending: first.advanced(by: day), 24)) == record) }
  }
}

private func same(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
