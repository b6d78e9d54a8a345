import Evaluation
import Mesh
import Statistics
import Testing

private let cell = Mesh3Code(row: 4_000, column: 3_000)

private func key(_ region: String, _ day: Int) -> SampleKey {
  SampleKey(region: region, cell: cell, day: JSTDay(daysSince1970: day))
}

@Test(arguments: [10, 5])
func `whole units of a region and a block are drawn`(blockDays: Int) throws {
  let keys = (0..<40).map { key($0 < 20 ? "a" : "b", $0 % 20) }
  var sizes: Set<Int> = []
  var torn = false
  _ = bootstrapInterval(keys, plan: ResamplingPlan(resamples: 50, blockDays: blockDays, seed: 1)) { places in
    sizes.insert(places.count)
    let counts = Dictionary(grouping: places) { $0 }.mapValues(\.count)
    for unit in 0..<40 / blockDays {
      torn = torn || Set((0..<blockDays).map { counts[unit * blockDays + $0] ?? 0 }).count > 1
    }
    return 0
  }
  #expect(sizes == [40])
  #expect(!torn)
}

@Test func `the interval of a mean covers what theory says`() throws {
  // 400 units of one sample each, values N(0, 1): the 95 % interval is 2 x 1.96 / 20 wide.
  var stream = RandomStream(seed: 4, "bootstrap test")
  let keys = (0..<400).map { key("r\($0)", 0) }
  let values = keys.map { _ in stream.normal() }
  let mean = values.reduce(0, +) / 400
  let interval = try #require(
    bootstrapInterval(keys, plan: ResamplingPlan(seed: 2)) { places in
      places.map { values[$0] }.reduce(0, +) / Double(places.count)
    })
  #expect(interval.resamples == 1_000)
  #expect(interval.low < mean && mean < interval.high)
  #expect(abs(interval.high - interval.low - 0.196) < 0.03)
}

@Test func `the same seed draws the same, and resamples without the measure are left out`() throws {
  let keys = (0..<30).map { key("a", $0 * 10) }
  let labels = (0..<30).map { $0 == 3 }
  let scores = (0..<30).map(Double.init)
  func interval(_ seed: UInt64) -> ConfidenceInterval? {
    bootstrapInterval(keys, plan: ResamplingPlan(resamples: 200, seed: seed)) { places in
      PrecisionRecallCurve(scores: places.map { scores[$0] }, labels: places.map { labels[$0] }).averagePrecision
    }
  }
  let first = try #require(interval(1))
  #expect(first == interval(1))
  #expect(first != interval(2))
  #expect((80..<170).contains(first.resamples))  // 1 − (29/30)^30 = 64 % hold the positive
  #expect(bootstrapInterval([]) { _ in 1 } == nil)
}

@Test func `a summary holds every figure of its samples`() throws {
  let samples = (0..<100).map { ScoredSample(key: key("a", $0), isPositive: $0 % 10 == 9, score: Double($0) / 100) }
  let summary = ScoreSummary(samples, probabilities: samples.map(\.score), regionYears: 10)
  let curve = PrecisionRecallCurve(samples)
  #expect(summary.samples == 100 && summary.positives == 10 && summary.prevalence == 0.1)
  #expect(summary.averagePrecision == curve.averagePrecision)
  #expect(summary.recallAtOneFalseAlarm == curve.recall(atFalseAlarms: 10))
  #expect(summary.unreachableAveragePrecision == unreachableAveragePrecision(prevalence: 0.1))
  #expect(summary.brier != nil && summary.calibrationError != nil)
  #expect(ScoreSummary(samples).brier == nil)
}

@Test func `blocks count on through the start of 1970`() {
  let blocks = [-11, -10, -1, 0, 9, 10].map { CalendarBlock(of: JSTDay(daysSince1970: $0)).number }
  #expect(blocks == [-2, -1, -1, 0, 0, 1])
}
