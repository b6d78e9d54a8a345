import Foundation
import Mesh
import Statistics

/// Makes the synthetic benchmark country after METHOD 9.2 to 9.4.
///
/// - Parameters:
///   - size: Regions, days, events and samples.
///   - seed: Same seed, same country.
///   - archiveYears: Years of earlier rain that lsmap may see, 0 ... `Benchmark.livedYears`. They change nothing else: samples
///     and events of a seed are the same with any archive.
///   - progress: Gets a line at each step.
/// - Returns: What lsmap may see, and the truth apart.
package func makeBenchmark(
  size: BenchmarkSize, seed: UInt64, archiveYears: Int = Benchmark.livedYears, progress: (String) -> Void = { _ in }
) -> (country: Benchmark, truth: BenchmarkTruth) {
  precondition((0...Benchmark.livedYears).contains(archiveYears), "an archive of \(archiveYears) years")
  progress("drawing \(size.regions) regions")
  let livedFrom = size.firstDay(yearsEarlier: Benchmark.livedYears)
  let livedDays = livedFrom.distance(to: size.days.lowerBound)
  let soils = SoilHydraulics(seed: seed)
  var drafts = (1...size.regions).map { RegionDraft(id: $0, redraws: 0, size: size, seed: seed, soils: soils) }
  var offset = 0.0
  var failures: [[SlopeFailure]] = []
  while true {
    let strengths = RegionDraft.strengths(of: drafts, seed: seed)
    offset = Calibration.offset(reaching: size.events) { offset in
      strengths.reduce(0) { $0 + $1.count(offset: offset, from: livedDays) }
    }
    failures = strengths.map { $0.failures(offset: offset) }
    func sampled(_ place: Int) -> [SlopeFailure] { failures[place].filter { $0.day >= livedDays } }
    let poor = drafts.indices.filter { sampled($0).count < size.leastEvents }
    guard !poor.isEmpty else {
      let truth = zip(zip(drafts, strengths), failures).map { draft, failures in
        draft.0.truth(
          cohesion: draft.1.cohesion(offset: offset, after: livedDays),
          weathered: draft.1.cohesion.map { $0 + offset }, failures: failures)
      }
      let events = drafts.indices.flatMap { drafts[$0].events(sampled($0), from: livedFrom) }
      let chosen = RainyDays(drafts: drafts, events: events, size: size)
      var regions: [BenchmarkRegion] = []
      for draft in drafts {
        progress("raining on region \(draft.id) of \(size.regions), \(draft.place.name)")
        regions.append(draft.region(past: size.firstDay(yearsEarlier: archiveYears)))
      }
      let country = Benchmark(
        size: size, seed: seed, regions: regions, events: events, samples: chosen.samples, rainyLimit: chosen.limit,
        archiveYears: archiveYears)
      return (
        country,
        BenchmarkTruth(
          regions: truth, cohesionOffset: offset, livedFrom: livedFrom, firstDay: size.days.lowerBound)
      )
    }
    for i in poor {
      progress("drawing region \(drafts[i].id) anew: it had \(sampled(i).count) events")
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
  /// Rain of the anchor in the lived years before `weather`, tenths of mm.
  let livedTenths: [UInt16]
  let land: BenchmarkLand
  let hydraulics: RegionHydraulics
  let slopes: [SlopeHistory]
  /// Cohesion that each day demands, one series a slope, kPa, and its `q_local` of the lived years.
  let required: [[Double]]
  let quantiles: [Double]
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
    var earlierStream = stream("earlier rain")
    let livedFrom = size.firstDay(yearsEarlier: Benchmark.livedYears)
    livedTenths = BenchmarkWeather(
      days: livedFrom...start.advanced(by: -1), wetness: weather.wetness, from: &earlierStream
    ).anchorTenths()
    var slopeStream = stream("slopes")
    let hydraulics = soils.draw(soil: land.dominantSoil, from: &slopeStream)
    self.hydraulics = hydraulics
    let anchor = weather.anchorTenths()
    let rain = (livedTenths + anchor).map { Double($0) / 10 }
    let demand = (livedFrom...size.days.upperBound).map { evapotranspiration(dayOfYear: $0.dayOfYear) }
    slopes = (0..<Self.slopeCount).map { _ in
      SlopeHistory(
        slope: Hillslope(in: hydraulics, from: &slopeStream), rain: rain, from: livedFrom, firstDay: livedFrom,
        evapotranspiration: demand)
    }
    required = slopes.map(\.requiredCohesion)
    let livedDays = livedFrom.distance(to: size.days.lowerBound)
    quantiles = required.map { SlopeStrength.localQuantile($0.prefix(livedDays)) }
    dailyTenths = stride(from: Benchmark.spinUpDays * 24, to: anchor.count, by: 24).map { hour in
      anchor[hour..<hour + 24].reduce(0) { $0 + Int($1) }
    }
  }

  static func strengths(of drafts: [RegionDraft], seed: UInt64) -> [SlopeStrength] {
    let median = quantile(0.5, ofSorted: drafts.flatMap(\.quantiles).sorted())
    return drafts.map { draft in
      var stream = RandomStream(seed: seed, "region", .number(draft.id), .number(draft.redraws), "strength")
      return SlopeStrength(required: draft.required, quantiles: draft.quantiles, median: median, from: &stream)
    }
  }

  func events(_ failures: [SlopeFailure], from livedFrom: JSTDay) -> [BenchmarkEvent] {
    var counts: [Int: Int] = [:]
    for failure in failures { counts[failure.day, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { day, count in
      BenchmarkEvent(region: id, code: place.anchor, day: livedFrom.advanced(by: day), count: count)
    }
  }

  func truth(cohesion: [Double], weathered: [Double], failures: [SlopeFailure]) -> BenchmarkRegionTruth {
    BenchmarkRegionTruth(
      id: id, redraws: redraws, wetness: weather.wetness, hydraulics: hydraulics, slopes: slopes, cohesion: cohesion,
      weatheredCohesion: weathered, failures: failures)
  }

  /// The region with the rain of its anchor from a day of the lived years on.
  func region(past begin: JSTDay) -> BenchmarkRegion {
    let pastHours = max(0, JSTHour(ending: begin, 1).distance(to: weather.firstHour))
    let distances = BenchmarkDistances(around: place.anchor)
    var stream = RandomStream(seed: seed, "region", .number(id), .number(redraws), "terrain")
    let terrain = BenchmarkTerrain(around: place.anchor, from: &stream)
    return BenchmarkRegion(
      id: id, name: place.name, anchor: place.anchor, firstHour: weather.firstHour,
      rainTenths: weather.rain(columns: distances.columns, rows: distances.rows),
      pastTenths: livedTenths.suffix(pastHours), elevation: terrain.elevation, slope: terrain.slope,
      aspect: terrain.aspect, soil: land.soil, vegetation: land.vegetation)
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
