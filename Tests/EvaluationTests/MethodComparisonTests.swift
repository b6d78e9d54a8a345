import Evaluation
import Mesh
import Statistics
import Testing

private let cell = Mesh3Code(row: 4_000, column: 3_000)

/// A sample a unit: every day lies in a ten-day block of its own.
private func keys(_ count: Int, from first: Int = 0) -> [SampleKey] {
  (first..<first + count).map { SampleKey(region: "a", cell: cell, day: JSTDay(daysSince1970: 10 * $0)) }
}

private func group(
  seed: UInt64, _ labels: [Bool], _ scores: [[Double]], from first: Int = 0
) -> MethodComparison.Group {
  MethodComparison.Group(seed: seed, keys: keys(labels.count, from: first), labels: labels, scores: scores)
}

@Test func `headline figures are means over the test sides that have a landslide`() throws {
  // Average precision 1 on the first side, 1/2 on the second; the third has no landslide.
  let comparison = MethodComparison([
    group(seed: 0, [true, false], [[2, 1]]), group(seed: 0, [true, false], [[1, 2]], from: 2),
    group(seed: 1, [false, false], [[1, 2]]),
  ])
  #expect(try #require(comparison.mean(.averagePrecision, of: 0)) == 0.75)
  #expect(try #require(comparison.mean(.precision(atRecall: 0.8), of: 0)) == 0.75)
  #expect(comparison.seeds == [0, 1])
}

@Test func `pooling by ranks forgives the offset of a model that was trained apart`() throws {
  // Each side ranks its landslide first; the second model's logits are all lower.
  let comparison = MethodComparison([
    group(seed: 0, [true, false, false], [[3, 2, 1]]), group(seed: 0, [true, false, false], [[-7, -8, -9]], from: 3),
  ])
  // Raw: hits at places 1 and 4 of 6.
  #expect(try #require(comparison.pooled(.averagePrecision, of: 0, normalised: false)) == (1.0 + 0.5) / 2)
  #expect(try #require(comparison.pooled(.averagePrecision, of: 0, normalised: true)) == 1)
}

@Test func `a method differs from itself by nothing, from a worse one by more`() throws {
  var stream = RandomStream(seed: 5, "comparison")
  let labels = (0..<200).map { $0 % 10 == 0 }
  let good = labels.map { ($0 ? 1.0 : 0) + stream.normal() * 0.4 }
  let poor = labels.map { _ in stream.normal() }
  let comparison = MethodComparison(
    [group(seed: 0, labels, [good, good, poor])], plan: ResamplingPlan(resamples: 100))
  let figures = comparison.resampled([.averagePrecision])
  let same = try #require(figures.differenceInterval(.averagePrecision, of: 1, from: 0))
  #expect(same.low == 0 && same.high == 0)
  let worse = try #require(figures.differenceInterval(.averagePrecision, of: 2, from: 0))
  #expect(worse.high < 0)
  let interval = try #require(figures.interval(.averagePrecision, of: 0))
  let mean = try #require(comparison.mean(.averagePrecision, of: 0))
  #expect(interval.low < mean && mean < interval.high)
}

@Test func `days that test under several seeds are drawn with all their copies`() throws {
  // The same days twice over: drawn apart, the interval would narrow as if there were more data.
  var stream = RandomStream(seed: 6, "comparison")
  let labels = (0..<60).map { $0 % 6 == 0 }
  let scores = labels.map { ($0 ? 0.5 : 0) + stream.normal() * 0.5 }
  let plan = ResamplingPlan(resamples: 200)
  let once = MethodComparison([group(seed: 0, labels, [scores])], plan: plan)
  let twice = MethodComparison(
    [group(seed: 0, labels, [scores]), group(seed: 1, labels, [scores])], plan: plan)
  let narrow = try #require(once.resampled([.averagePrecision]).interval(.averagePrecision, of: 0))
  let wide = try #require(twice.resampled([.averagePrecision]).interval(.averagePrecision, of: 0))
  #expect(abs(narrow.low - wide.low) < 1e-12 && abs(narrow.high - wide.high) < 1e-12)
}

@Test func `intervals are those of curves drawn sample by sample`() throws {
  // Many ties, and a landslide a unit in ten: some resamples have none.
  var stream = RandomStream(seed: 7, "comparison")
  let labels = (0..<20).map { $0 % 10 == 0 }
  let scores = labels.map { Double(stream.index(below: 4)) + ($0 ? 1 : 0) }
  let plan = ResamplingPlan(resamples: 50)
  let figures = MethodComparison([group(seed: 0, labels, [scores])], plan: plan).resampled([.precision(atRecall: 0.8)])
  let plain = bootstrapInterval(keys(20), plan: plan) { drawn in
    PrecisionRecallCurve(scores: drawn.map { scores[$0] }, labels: drawn.map { labels[$0] }).precision(atRecall: 0.8)
  }
  #expect(figures.interval(.precision(atRecall: 0.8), of: 0) == plain)
  #expect((plain?.resamples ?? 50) < 50)
}
