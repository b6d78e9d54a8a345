import Foundation
import Mesh
import SoilWater
import Statistics
import TestSupport
import Testing

private let firstDay = JSTDay(daysSince1970: 19_500)

/// Showers of a few hours with dry spells of hours to days between, and traces that wet nothing.
private func showers(days: Int, cells: Int, missing: Double = 0) -> [[Float]] {
  var stream = RandomStream(seed: 21, "showers")
  return (0..<days).map { _ in
    let isWet = stream.uniform() < 0.35
    return (0..<24 * cells).map { _ in
      if stream.uniform() < missing { return .nan }
      return isWet && stream.uniform() < 0.2 ? Float(stream.index(below: 150)) / 10 : 0.05
    }
  }
}

private func run(
  _ rain: [[Float]], cells: Int, _ state: inout SoilWaterState, _ record: inout SurvivedRecord, threads: Int = 1
) -> (days: [SoilWaterDay], memories: [MemoryDay]) {
  let field = TankField(spinUpDays: 0)
  var found: ([SoilWaterDay], [MemoryDay]) = ([], [])
  for hours in rain {
    let day = field.advance(
      &state, rain: hours, on: state.day?.advanced(by: 1) ?? firstDay, keepingHours: true)
    found.0.append(day)
    found.1.append(record.advance(by: day, rain: hours, threads: threads))
  }
  return found
}

/// The events of one cell by a look over its whole past: the peak of each by one measure, and its day.
private func plainEvents(values: [Float], rain: [Float], before end: Int) -> [EventPeaks.Event] {
  let wet = (0..<end).filter { rain[$0] >= 0.1 }
  let begins = [0] + wet.filter { hour in !(max(0, hour - 24)..<hour).contains { rain[$0] >= 0.1 } && hour >= 24 }
  let firstWet = wet.first.map { $0 < 24 ? [$0] : [] } ?? []
  let starts = Set(begins + firstWet).sorted()
  return starts.enumerated().compactMap { place, start in
    let hours = start..<(place + 1 < starts.count ? starts[place + 1] : end)
    guard let best = hours.max(by: { values[$0] < values[$1] || values[$0] == values[$1] && $0 > $1 }), values[best] > 0
    else { return nil }
    return EventPeaks.Event(peak: values[best], day: firstDay.advanced(by: best / 24))
  }
}

/// Every hour of one cell by one measure, by the plain words of METHOD 2.7.
private func plainHours(_ index: MemoryIndex, of cell: Int, in cells: Int, _ soil: [SoilWaterDay], _ rain: [[Float]])
  -> [Float]
{
  func hours(_ rows: (Int) -> [Float]) -> [Float] {
    soil.indices.flatMap { day in (0..<24).map { rows(day)[$0 * cells + cell] } }
  }
  let fall = hours { rain[$0] }.map { $0.isNaN ? 0 : $0 }
  func sums(of length: Int) -> [Float] {
    fall.indices.map { end in Float(fall[max(0, end - length + 1)...end].reduce(0.0) { $0 + Double($1) }) }
  }
  func effective(_ halfLife: Double) -> [Float] {
    var value: Float = 0
    return fall.map { amount in
      value = value * Float(exp2(-1 / halfLife)) + amount
      return value
    }
  }
  return switch index {
  case .soilWater: hours { soil[$0].hourlyIndex }
  case .middleTank: hours { soil[$0].hourlyMiddle }
  case .deepTank: hours { soil[$0].hourlyDeep }
  case .lowerTanks: zip(hours { soil[$0].hourlyMiddle }, hours { soil[$0].hourlyDeep }).map { $0 + $1 }
  case .rain24: sums(of: 24)
  case .rain72: sums(of: 72)
  case .effectiveRain72: effective(72)
  case .effectiveRain144: effective(144)
  }
}

struct EventPeaksTests {
  @Test(arguments: MemoryIndex.allCases)
  func `a day's standing is that of a look over all events of the past`(index: MemoryIndex) throws {
    let (days, cells) = (160, 3)
    let rain = showers(days: days, cells: cells)
    var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    let (soil, memories) = run(rain, cells: cells, &state, &record)
    var ranks: Set<UInt8> = []
    for cell in 0..<cells {
      let values = plainHours(index, of: cell, in: cells, soil, rain)
      let fall = rain.flatMap { day in (0..<24).map { day[$0 * cells + cell] } }
      for day in 1..<days {
        let events = plainEvents(values: values, rain: fall, before: 24 * day)
        let value = try #require(values[24 * day..<24 * (day + 1)].max())
        #expect(value == memories[day].highest[index.rawValue * cells + cell])
        let above = events.filter { $0.peak >= value }.sorted { $0.peak < $1.peak }
        guard let standing = memories[day].event(index, of: cell) else {
          #expect(events.isEmpty)
          continue
        }
        ranks.insert(standing.rank)
        #expect(Int(standing.rank) == min(above.count, 10) + 1)
        let next = try #require(above.first ?? events.max { $0.peak < $1.peak })
        if above.count <= 10 { #expect(standing.peak == next.peak && standing.after == next.day) }
        // The record is the first of the events.
        #expect((standing.rank == 1) == (value > memories[day].survived[index.rawValue * cells + cell]))
      }
      #expect(memories[0].event(index, of: cell) == nil)
      let events = plainEvents(values: values, rain: fall, before: 24 * days)
      let greatest = events.enumerated().sorted { ($1.element.peak, $0.offset) < ($0.element.peak, $1.offset) }
      #expect(record.events.highest(by: index, at: cell) == greatest.prefix(10).map(\.element))
    }
    #expect(ranks.count > 5)
  }

  @Test func `two showers are one event unless 24 dry hours lie between`() throws {
    for (gap, count) in [(23, 1), (24, 2)] {
      var rain = [[Float]](repeating: [Float](repeating: 0, count: 24), count: 4)
      for hour in [5, 5 + gap + 1] { rain[hour / 24][hour % 24] = 20 }
      var (state, record) = (SoilWaterState(cells: 1), SurvivedRecord(cells: 1))
      _ = run(rain, cells: 1, &state, &record)
      for index in MemoryIndex.allCases {
        #expect(record.events.highest(by: index, at: 0).count == count, "\(gap) dry hours, \(index.name)")
      }
    }
  }

  @Test func `more dry hours than a run counts are as many as end an event`() {
    var storm = [Float](repeating: 0, count: 24)
    storm[5] = 20
    var (state, record) = (SoilWaterState(cells: 1), SurvivedRecord(cells: 1))
    _ = run([storm], cells: 1, &state, &record)
    for dryHours: UInt16 in [24, .max] {
      var (later, resumed) = (
        state,
        SurvivedRecord(
          day: record.day, highest: record.highest, days: record.days, counts: record.counts, events: record.events,
          dryHours: [dryHours], effectiveRain: record.effectiveRain, recentRain: record.recentRain)
      )
      _ = run([[Float](repeating: 0, count: 24), storm], cells: 1, &later, &resumed)
      #expect(resumed.events.highest(by: .soilWater, at: 0).count == 2 && resumed.dryHours == [18])
    }
  }

  @Test func `neither threads nor a stop on the way change a bit`() {
    let (days, cells) = (30, 1_100)
    let rain = showers(days: days, cells: cells, missing: 0.02)
    var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    let whole = run(rain, cells: cells, &state, &record).memories
    for cut in [1, 13] {
      var (half, kept) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
      _ = run(Array(rain[..<cut]), cells: cells, &half, &kept)
      var resumed = SurvivedRecord(
        day: kept.day, highest: kept.highest, days: kept.days, counts: kept.counts,
        events: EventPeaks(
          cells: cells, firstDay: kept.events.firstDay, peaks: kept.events.peaks, days: kept.events.days,
          openPeaks: kept.events.openPeaks, openDays: kept.events.openDays),
        dryHours: kept.dryHours, effectiveRain: kept.effectiveRain, recentRain: kept.recentRain)
      let rest = run(Array(rain[cut...]), cells: cells, &half, &resumed, threads: 3).memories
      #expect(rest == Array(whole[cut...]) && resumed == record)
    }
  }
}
