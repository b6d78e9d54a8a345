import Foundation
import Mesh
import Statistics

/// Makes the synthetic benchmark country after METHOD 9.2 to 9.4.
///
/// - Parameters:
///   - size: Regions, days, events and samples.
///   - seed: Same seed, same country.
///   - progress: Gets a line at each step.
/// - Returns: What lsmap may see, and the truth apart.
package func makeBenchmark(
  size: BenchmarkSize, seed: UInt64, progress: (String) -> Void = { _ in }
) -> (country: Benchmark, truth: BenchmarkTruth) {
  progress("drawing \(size.regions) regions")
  let soils = SoilHydraulics(seed: seed)
  var drafts = (1...size.regions).map { RegionDraft(id: $0, redraws: 0, size: size, seed: seed, soils: soils) }
  var offset = 0.0
  var failures: [[SlopeFailure]] = []
  while true {
    let strengths = RegionDraft.strengths(of: drafts, seed: seed)
    offset = Calibration.offset(reaching: size.events) { offset in
      strengths.reduce(0) { $0 + $1.failures(offset: offset).count }
    }
    failures = strengths.map { $0.failures(offset: offset) }
    let poor = drafts.indices.filter { failures[$0].count < size.leastEvents }
    guard !poor.isEmpty else {
      let truth = zip(zip(drafts, strengths), failures).map { draft, failures in
        draft.0.truth(cohesion: draft.1.cohesion.map { $0 + offset }, failures: failures)
      }
      let events = zip(drafts, failures).flatMap { $0.events($1, size: size) }
      let chosen = RainyDays(drafts: drafts, events: events, size: size)
      var regions: [BenchmarkRegion] = []
      for draft in drafts {
        progress("raining on region \(draft.id) of \(size.regions), \(draft.place.name)")
        regions.append(draft.region())
      }
      let country = Benchmark(
        size: size, seed: seed, regions: regions, events: events, samples: chosen.samples, rainyLimit: chosen.limit)
      return (
        country, BenchmarkTruth(regions: truth, cohesionOffset: offset, firstDay: size.days.lowerBound)
      )
    }
    for i in poor {
      progress("drawing region \(drafts[i].id) anew: it had \(failures[i].count) events")
      drafts[i] = RegionDraft(
        id: drafts[i].id, redraws: drafts[i].redraws + 1, size: size, seed: seed, soils: soils)
    }
  }
}

/// A region before its rain is spread over the grid.
private struct RegionDraft: Sendable {
  let id: Int
  let redraws: Int
  let place: BenchmarkPlace
  let weather: BenchmarkWeather
  let land: BenchmarkLand
  let hydraulics: RegionHydraulics
  let slopes: [SlopeHistory]
  /// Rain of the sample days at the anchor, tenths of mm.
  let dailyTenths: [Int]
  private let seed: UInt64

  private static let slopeCount = 24

  init(id: Int, redraws: Int, size: BenchmarkSize, seed: UInt64, soils: SoilHydraulics) {
    func stream(_ purpose: StreamKey) -> RandomStream {
      RandomStream(seed: seed, "region", .number(id), .number(redraws), purpose)
    }
    (self.id, self.redraws, self.seed) = (id, redraws, seed)
    place = BenchmarkPlace.all[id - 1]
    var landStream = stream("land")
    land = BenchmarkLand(seed: seed, from: &landStream)
    var weatherStream = stream("rain")
    let start = size.days.lowerBound.advanced(by: -Benchmark.spinUpDays)
    weather = BenchmarkWeather(days: start...size.days.upperBound, from: &weatherStream)
    var slopeStream = stream("slopes")
    let hydraulics = soils.draw(soil: land.dominantSoil, from: &slopeStream)
    self.hydraulics = hydraulics
    let rain = weather.anchorRain()
    let demand = (start...size.days.upperBound).map { evapotranspiration(dayOfYear: $0.dayOfYear) }
    slopes = (0..<Self.slopeCount).map { _ in
      SlopeHistory(
        slope: Hillslope(in: hydraulics, from: &slopeStream), rain: rain, from: start, firstDay: size.days.lowerBound,
        evapotranspiration: demand)
    }
    dailyTenths = stride(from: Benchmark.spinUpDays * 24, to: rain.count, by: 24).map { hour in
      rain[hour..<hour + 24].reduce(0) { $0 + Int(($1 * 10).rounded()) }
    }
  }

  static func strengths(of drafts: [RegionDraft], seed: UInt64) -> [SlopeStrength] {
    let required = drafts.map { $0.slopes.map(\.requiredCohesion) }
    let quantiles = required.flatMap { $0.map(SlopeStrength.localQuantile) }.sorted()
    let median = quantile(0.5, ofSorted: quantiles)
    return zip(drafts, required).map { draft, required in
      var stream = RandomStream(seed: seed, "region", .number(draft.id), .number(draft.redraws), "strength")
      return SlopeStrength(required: required, median: median, from: &stream)
    }
  }

  func events(_ failures: [SlopeFailure], size: BenchmarkSize) -> [BenchmarkEvent] {
    var counts: [Int: Int] = [:]
    for failure in failures { counts[failure.day, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { day, count in
      BenchmarkEvent(region: id, code: place.anchor, day: size.days.lowerBound.advanced(by: day), count: count)
    }
  }

  func truth(cohesion: [Double], failures: [SlopeFailure]) -> BenchmarkRegionTruth {
    BenchmarkRegionTruth(
      id: id, redraws: redraws, wetness: weather.wetness, hydraulics: hydraulics, slopes: slopes, cohesion: cohesion,
      failures: failures)
  }

  func region() -> BenchmarkRegion {
    let distances = BenchmarkDistances(around: place.anchor)
    var stream = RandomStream(seed: seed, "region", .number(id), .number(redraws), "terrain")
    let terrain = BenchmarkTerrain(around: place.anchor, from: &stream)
    return BenchmarkRegion(
      id: id, name: place.name, anchor: place.anchor, firstHour: weather.firstHour,
      rainTenths: weather.rain(columns: distances.columns, rows: distances.rows), elevation: terrain.elevation,
      slope: terrain.slope, aspect: terrain.aspect, soil: land.soil, vegetation: land.vegetation)
  }
}

/// The samples: the wettest days of all regions and the days with events, as many as wanted together.
private struct RainyDays {
  let samples: [BenchmarkSample]
  /// Rain of the driest day taken for its rain, mm.
  let limit: Double

  /// Days are taken by the rain at the anchor, equal ones in the order of region and day, until with the event days there
  /// are `size.samples`: rain comes in levels, so no limit alone gives the exact number.
  init(drafts: [RegionDraft], events: [BenchmarkEvent], size: BenchmarkSize) {
    let order = drafts.flatMap { draft in
      draft.dailyTenths.enumerated().map {
        (draft: draft, day: size.days.lowerBound.advanced(by: $0.offset), tenths: $0.element)
      }
    }.sorted { ($1.tenths, $0.draft.id, $0.day) < ($0.tenths, $1.draft.id, $1.day) }
    var missing = events
    var chosen: [BenchmarkSample] = []
    var limit = 0.0
    for candidate in order {
      guard chosen.count + missing.count < size.samples else { break }
      let place = missing.firstIndex { $0.region == candidate.draft.id && $0.day == candidate.day }
      let count = place.map { missing.remove(at: $0).count } ?? 0
      chosen.append(
        BenchmarkSample(
          region: candidate.draft.id, code: candidate.draft.place.anchor, day: candidate.day, events: count))
      limit = Double(candidate.tenths) / 10
    }
    chosen += missing.map { BenchmarkSample(region: $0.region, code: $0.code, day: $0.day, events: $0.count) }
    samples = chosen.sorted { ($0.region, $0.day) < ($1.region, $1.day) }
    self.limit = limit
  }
}
