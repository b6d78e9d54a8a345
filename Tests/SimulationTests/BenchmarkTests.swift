import Foundation
import Mesh
import Rasters
import Simulation
import Statistics
import TestSupport
import Testing

/// Made once for all tests: some seconds.
private let full = makeBenchmark(size: .full, seed: 1)

@Test func `the date tells nothing: both years have about as many failures`() {
  let countries = [full] + [2, 3].map { makeBenchmark(size: .full, seed: $0, archiveYears: 0) }
  let years = countries.flatMap { country, _ in
    country.regions.map { region in
      let own = country.events.filter { $0.region == region.id }
      let first = own.reduce(0) { $0 + ($1.day.date.year == 2021 ? $1.count : 0) }
      return (first: first, second: own.reduce(0) { $0 + $1.count } - first)
    }
  }
  let difference = Double(years.reduce(0) { $0 + $1.first - $1.second })
  let scatter = years.reduce(0.0) { $0 + Double(($1.first - $1.second) * ($1.first - $1.second)) }.squareRoot()
  // Regions are independent and without a drift each difference is as likely the other way: beyond 3.3 deviations once in a
  // thousand. Slopes that began on the first day had four fifths of their failures in the first year: 8 deviations.
  #expect(abs(difference) < 3.3 * scatter, "\(difference) of \(scatter)")
  let share = Double(years.reduce(0) { $0 + $1.first }) / Double(3 * 253)
  #expect((0.35...0.65).contains(share), "\(share)")
}

@Test func `failures neither die out nor grow once the beginning is forgotten`() {
  let truth = full.truth
  #expect(truth.livedDays == 3_653)
  let days = truth.regions.flatMap { $0.failures.map(\.day) }
  // Lived years among themselves: the sampled ones have more, because regions that hardly failed in them are drawn anew.
  func failures(in years: Range<Int>) -> Int {
    days.count { (365 * years.lowerBound..<365 * years.upperBound).contains($0) }
  }
  let (earlier, later) = (failures(in: 2..<6), failures(in: 6..<10))
  // A wet year may have three times the failures of a dry one; without weathering the later four have next to none.
  #expect((0.5...2).contains(Double(later) / Double(earlier)), "\(earlier), \(later)")
  #expect((0.25...1).contains(Double(later) / 4 / (253 / 2)), "\(later)")
}

@Test func `the full country has the counts of the paper`() {
  let country = full.country
  #expect(country.regions.count == 22)
  #expect(country.events.reduce(0) { $0 + $1.count } == 253)
  #expect(country.samples.count == 3_567)
  for region in country.regions {
    #expect(country.events.reduce(0) { $0 + ($1.region == region.id ? $1.count : 0) } > 3, "\(region.name)")
    #expect(region.hours == (730 + Benchmark.spinUpDays) * 24)
  }
  // Several failures share a day (METHOD 0.2): 1 to 4 % of the samples are positive.
  #expect((0.01...0.04).contains(country.prevalence))
}

@Test(arguments: [(BenchmarkSize.tiny, UInt64(1)), (.tiny, 2), (.tiny, 3), (.small, 1)])
func `smaller countries have their counts whatever the seed`(size: BenchmarkSize, seed: UInt64) {
  let country = makeBenchmark(size: size, seed: seed).country
  #expect(country.regions.count == size.regions)
  #expect(country.events.reduce(0) { $0 + $1.count } == size.events)
  #expect(country.samples.count == size.samples)
  #expect(Set(country.events.map(\.region)).count == size.regions)
}

@Test func `samples are the wettest days and the days with events`() {
  let country = full.country
  let sampled = Dictionary(uniqueKeysWithValues: country.samples.map { (Key($0.region, $0.day), $0) })
  let events = Dictionary(uniqueKeysWithValues: country.events.map { (Key($0.region, $0.day), $0.count) })
  for region in country.regions {
    let rain = region.anchorRain
    for day in country.size.days {
      let first = region.firstHourIndex(of: day)
      let total = rain[first..<first + 24].reduce(0, +)
      let sample = sampled[Key(region.id, day)]
      #expect(sample?.events ?? 0 == events[Key(region.id, day)] ?? 0)
      // Days at the limit itself are taken until the number is reached.
      if total > country.rainyLimit + 0.05 { #expect(sample != nil, "\(region.name) \(day) \(total) mm") }
      if total < country.rainyLimit - 0.05, let sample {
        #expect(sample.isPositive, "\(region.name) \(day) \(total) mm")
      }
    }
  }
}

private struct Key: Hashable {
  let region: Int
  let day: JSTDay

  init(_ region: Int, _ day: JSTDay) { (self.region, self.day) = (region, day) }
}

@Test func `the ground is more than twice as wet on days with events as on rainy days`() {
  let scores = dailySoilWater(of: full.country)
  let wet = zip(scores, full.country.samples).filter { $1.isPositive }.map(\.0)
  let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
  #expect(mean(wet) > 2 * mean(scores))
}

@Test func `the soil water index tells of slides and shuffled labels do not`() {
  let scores = dailySoilWater(of: full.country).map { ($0 * 10).rounded() / 10 }
  var labels = full.country.samples.map(\.isPositive)
  let prevalence = full.country.prevalence
  #expect(plainAveragePrecision(scores: scores, labels: labels) > 4 * prevalence)
  var stream = RandomStream(seed: 5, "shuffle")
  var shuffled = 0.0
  for _ in 0..<4 {
    stream.shuffle(&labels)
    shuffled += plainAveragePrecision(scores: scores, labels: labels) / 4
  }
  // With 100 positives the average precision of noise scatters by about a fifth, of four means by a tenth.
  #expect((0.6 * prevalence...1.8 * prevalence).contains(shuffled))
}

/// The highest soil water index of each sample's day at its anchor, mm.
private func dailySoilWater(of country: Benchmark) -> [Double] {
  let indices = country.regions.map { plainSoilWaterIndex(of: $0.anchorRain) }
  return country.samples.map { sample in
    let region = country.regions[sample.region - 1]
    let first = region.firstHourIndex(of: sample.day)
    return indices[sample.region - 1][first..<first + 24].max() ?? 0
  }
}

@Test func `rain comes in product levels and falls as it does in Japan`() {
  let levels = Set(ProductLevels.tenths)
  for region in full.country.regions {
    #expect(Set(region.rainTenths).isSubset(of: levels))
    let annual = region.anchorRain.reduce(0, +) / Double(region.hours) * 8_766
    // METHOD 9.3 saw 1,311 to 3,910 mm; wetness is log-normal, so outliers come.
    #expect((700...9_000).contains(annual), "\(region.name) \(annual) mm")
  }
}

@Test func `static layers lie in their ranges and a region has few codes`() {
  for region in full.country.regions {
    #expect(region.elevation.allSatisfy { LayerDescription.elevation.validRange.contains($0) })
    #expect(region.slope.allSatisfy { (0...60).contains($0) })
    #expect(region.slope.reduce(0, +) / Float(region.slope.count) > 2, "\(region.name)")
    #expect(region.aspect.allSatisfy { (1...8).contains($0) })
    #expect(region.soil.allSatisfy { (1...10).contains($0) } && Set(region.soil).count <= 3)
    #expect(region.vegetation.allSatisfy { (1...11).contains($0) } && Set(region.vegetation).count <= 4)
  }
}

@Test func `the middle cell of the grid has the rain that made the slopes fail`() {
  for (region, truth) in zip(full.country.regions, full.truth.regions).prefix(3) {
    let rain = region.pastTenths.map { Double($0) / 10 } + region.anchorRain
    for history in truth.slopes.prefix(2) {
      var water = HillslopeWater()
      var highest = [Double](repeating: 0, count: rain.count / 24)
      for (hour, amount) in rain.enumerated() {
        let day = full.truth.livedFrom.advanced(by: hour / 24)
        water.advance(
          rain: amount, evapotranspiration: evapotranspiration(dayOfYear: day.dayOfYear), in: history.slope)
        highest[hour / 24] = max(highest[hour / 24], water.height(in: history.slope))
      }
      #expect(highest == history.waterTable)
    }
  }
}

@Test func `regions lie in first meshes of their own`() {
  #expect(Set(full.country.regions.map(\.anchor.firstMesh)).count == 22)
  #expect(full.country.regions.allSatisfy { $0.grid.index(of: $0.anchor) == 8 * 17 + 8 })
}

@Test func `no two regions of any size share a cell`() {
  let anchors = BenchmarkSize.national.anchors
  #expect(anchors.count == 110)
  for (place, one) in anchors.enumerated() {
    for other in anchors[..<place] {
      #expect(max(abs(one.row - other.row), abs(one.column - other.column)) >= Benchmark.side, "\(one) \(other)")
    }
  }
  #expect(full.country.regions.map(\.anchor) == Array(anchors.prefix(22)))
}

@Test(.enabled(if: RealData.isPresent))
func `regions lie on the land of Japan`() throws {
  let table = try DelimitedText.contents(of: RealData.path("mesh3-elevation/mesh3_elevation.csv.gz"))
  let land = Set(table.utf8.split(separator: UInt8(ascii: "\n")).dropFirst().map { String(Substring($0.prefix(8))) })
  for anchor in BenchmarkSize.national.anchors { #expect(land.contains("\(anchor)"), "\(anchor)") }
}
