import Foundation
import Mesh
import SoilWater
import Statistics
import TestSupport
import Testing

private let firstDay = JSTDay(daysSince1970: 19_500)

/// Storms of a few hours between dry spells.
private func storms(days: Int, cells: Int, missing: Double = 0, seed: UInt64 = 3) -> [[Float]] {
  var stream = RandomStream(seed: seed, "storms")
  return (0..<days).map { _ in
    let isWet = stream.uniform() < 0.3
    return (0..<24 * cells).map { _ in
      if stream.uniform() < missing { return .nan }
      return isWet && stream.uniform() < 0.4 ? Float(stream.index(below: 200)) / 10 : 0
    }
  }
}

private func run(_ rain: [[Float]], cells: Int, _ state: inout SoilWaterState, _ record: inout SurvivedRecord)
  -> [MemoryDay]
{
  let field = TankField(spinUpDays: 0)
  return rain.map { hours in
    let day = state.day?.advanced(by: 1) ?? firstDay
    return record.advance(by: field.advance(&state, rain: hours, on: day, keepingHours: true), rain: hours)
  }
}

struct SurvivedRecordTests {
  @Test func `the streaming record is that of a pass over all of the past`() {
    let (days, cells) = (60, 3)
    let rain = storms(days: days, cells: cells)
    var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    let found = run(rain, cells: cells, &state, &record)
    for cell in 0..<cells {
      let plain = plainMemory(of: rain.flatMap { day in (0..<24).map { Double(day[$0 * cells + cell]) } })
      for (day, expected) in zip(found, plain) {
        for index in MemoryIndex.allCases {
          let x = day.highest[index.rawValue * cells + cell]
          // Float storages against Double ones: within a hundredth of a millimetre (METHOD 1.2).
          #expect(abs(Double(x) - expected.highest[index.rawValue]) < 0.01, "\(index.name) of \(day.day as Any)")
          #expect(abs(Double(day.excess(index, of: cell)) - expected.excess[index.rawValue]) < 0.005)
        }
      }
      #expect(found.map { $0.recordDays[cell] } == (0..<Int32(days)).map { $0 })
    }
  }

  @Test func `ranks are the share of earlier days that were drier, to within a class of wetness`() {
    let (days, cells) = (120, 2)
    let rain = storms(days: days, cells: cells)
    var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    let found = run(rain, cells: cells, &state, &record)
    for (place, index) in DayCounts.indices.enumerated() {
      for cell in 0..<cells {
        let highest = found.map { $0.highest[index.rawValue * cells + cell] }
        for day in 1..<days {
          let (x, past) = (highest[day], highest[..<day])
          let rank = found[day].ranks[place * cells + cell]
          let record = past.max() ?? 0
          if x > record {
            #expect(abs(rank - (1 - pow(record / x, 3) / Float(day + 1))) < 1e-6 && rank < 1)
          } else {
            let exact = Float(past.count { $0 < x }) / Float(day + 1)
            // Days that a class of 7 % cannot tell from this one.
            let alike = past.count { max($0, x) < 8 || max($0, x) / min($0, x) < 1.072 }
            #expect(abs(rank - exact) <= Float(alike) / Float(day + 1), "\(index.name), day \(day)")
          }
        }
      }
    }
  }

  @Test func `threads change no bit`() {
    let cells = 2_100
    let rain = storms(days: 3, cells: cells, missing: 0.01)
    func record(threads: Int) -> (SurvivedRecord, [MemoryDay]) {
      let field = TankField(spinUpDays: 0, threads: threads)
      var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
      let days = rain.enumerated().map { place, hours in
        record.advance(
          by: field.advance(&state, rain: hours, on: firstDay.advanced(by: place), keepingHours: true), rain: hours,
          threads: threads)
      }
      return (record, days)
    }
    #expect(record(threads: 1) == record(threads: 3))
  }

  @Test(arguments: [1, 7, 30])
  func `going on from a kept record gives the bits of one go`(cut: Int) {
    let (days, cells) = (45, 4)
    let rain = storms(days: days, cells: cells, missing: 0.05)
    var (state, record) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    let whole = run(rain, cells: cells, &state, &record)

    var (half, kept) = (SoilWaterState(cells: cells), SurvivedRecord(cells: cells))
    _ = run(Array(rain[..<cut]), cells: cells, &half, &kept)
    // What a file keeps; the rain of the last three days is read again.
    let dry = [[Float]](repeating: [Float](repeating: 0, count: 24 * cells), count: 3)
    var resumed = SurvivedRecord(
      day: kept.day, highest: kept.highest, days: kept.days, counts: kept.counts, events: kept.events,
      dryHours: kept.dryHours, effectiveRain: kept.effectiveRain,
      recentRain: (dry + rain[..<cut]).suffix(3).flatMap { $0 })
    #expect(resumed == kept)
    #expect(run(Array(rain[cut...]), cells: cells, &half, &resumed) == Array(whole[cut...]))
    #expect(resumed == record)
  }

  @Test func `a cell without rain observations has no memory and its record does not grow`() {
    var rain = storms(days: 5, cells: 2)
    for day in 0..<3 { for hour in 0..<24 { rain[day][hour * 2 + 1] = .nan } }
    var (state, record) = (SoilWaterState(cells: 2), SurvivedRecord(cells: 2))
    let found = run(rain, cells: 2, &state, &record)
    #expect(found[2].excess(.soilWater, of: 1).isNaN && found[2].excess(.rain24, of: 1).isNaN)
    #expect(!found[3].excess(.soilWater, of: 1).isNaN)
    #expect(record.days == [5, 2])
  }

  @Test(arguments: MemoryIndex.allCases)
  func `beyond the record the excess grows without ties and at the record it is nought`(index: MemoryIndex) {
    #expect(index.excess(120, over: 120) == 0)
    let excesses = (0..<40).map { index.excess(120 + 20 * Float($0), over: 120) }
    #expect(zip(excesses, excesses.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(excesses[39] - log((900 + index.offset) / (120 + index.offset))) < 1e-5)
    #expect(index.excess(0, over: 10_000) == -3)
    #expect(index.excess(.nan, over: 1).isNaN)
  }

  @Test func `the maxima of the tanks are those of their hours`() {
    let cells = 5
    var state = SoilWaterState(cells: cells)
    for (place, hours) in storms(days: 12, cells: cells, missing: 0.02).enumerated() {
      let day = TankField(spinUpDays: 0).advance(
        &state, rain: hours, on: firstDay.advanced(by: place), keepingHours: true)
      for cell in 0..<cells {
        let (middle, deep) = (
          (0..<24).map { day.hourlyMiddle[$0 * cells + cell] }, (0..<24).map { day.hourlyDeep[$0 * cells + cell] }
        )
        #expect(day.middleMaximum[cell] == middle.max() && day.deepMaximum[cell] == deep.max())
        #expect(day.lowerMaximum[cell] == zip(middle, deep).map(+).max())
        #expect(state.middle[cell] == middle[23] && state.deep[cell] == deep[23])
      }
    }
  }
}
