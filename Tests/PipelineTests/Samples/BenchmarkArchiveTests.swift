import Forecasting
import Foundation
import Mesh
import Pipeline
import Simulation
import SoilWater
import Testing

private let years = [0, 2, 10]
private let countries = years.map { makeBenchmark(size: .tiny, seed: 3, archiveYears: $0).country }

@Test func `an archive is seen by memory, ranks and q and by nothing else`() throws {
  let sets = try countries.map { try samples(of: $0) }
  // Without an archive the days of the first month have no past, and are no samples.
  let known = Set(sets[0].keys)
  for set in sets.dropFirst() {
    #expect(set.sites == sets[0].sites && set.frames == sets[0].frames && set.frameOfHour == sets[0].frameOfHour)
    let common = set.keys.indices.filter { known.contains(set.keys[$0]) }
    #expect(common.map { set.keys[$0] } == sets[0].keys && set.keys == sets[1].keys)
    let samples = common.map { set.samples[$0] }
    #expect(samples.map(\.label) == sets[0].samples.map(\.label))
    #expect(samples.map(\.physics) != sets[0].samples.map(\.physics))
    #expect(zip(samples, sets[0].samples).allSatisfy { $0.memory.recordDays > $1.memory.recordDays })
  }
}

@Test(arguments: years.indices)
func `what a cell has survived is what a plain pass over archive and record finds`(place: Int) throws {
  let country = countries[place]
  let set = try samples(of: country)
  for (number, region) in country.regions.enumerated() {
    let rain = region.pastTenths.map { Float($0) / 10 } + region.anchorRain.map(Float.init)
    let begin = region.firstHour.advanced(by: -region.pastTenths.count).day
    // Greatest rain of 24 hours that ends in an hour of each day.
    let highest = (0..<rain.count / 24).map { day in
      (24 * day..<24 * day + 24).map { rain[max(0, $0 - 23)...$0].reduce(0, +) }.max() ?? 0
    }
    for sample in set.samples where sample.site == number {
      let day = begin.distance(to: sample.day)
      #expect(sample.memory.recordDays == day)
      let survived = highest[..<day].max() ?? 0
      let excess = Float(log(Double(highest[day] + 2) / Double(survived + 2)))
      // Sums of tenths in Float: 1e-5 of some 300 mm.
      #expect(abs(sample.memory[.rain24] - min(max(excess, -3), 8)) < 1e-4, "\(sample.day)")
    }
  }
}

@Test func `the length of the record is told`() throws {
  let set = try samples(of: countries[2])
  #expect(set.title.contains("archive of 10 years"))
  #expect(set.notes.rules.contains { $0.contains("10 years") })
}
