@testable import Evaluation
import Foundation
import Mesh
import Statistics
import Testing

@Test func `thresholds are the largest with their recall, and rise`() throws {
  let scores = (0..<100).map { Double($0) / 128 }
  let labels = (0..<100).map { $0 % 5 == 0 }
  let curve = PrecisionRecallCurve(scores: scores, labels: labels)
  let levels = try #require(Levels(measuredOn: curve, origin: "test"))
  for (threshold, recall) in zip(levels.edges, levels.recalls) {
    func caught(_ t: Double) -> Double { Double(scores.indices.count { labels[$0] && scores[$0] >= t }) / 20 }
    #expect(caught(Double(threshold)) >= recall)
    #expect(caught(Double(threshold) + 1.0 / 128) < recall)
  }
  #expect(zip(levels.edges, levels.edges.dropFirst()).allSatisfy(<))
  #expect(levels.edges[2] == Float(20.0 / 128))
}

@Test func `thresholds that meet are parted downwards, so none loses recall`() throws {
  let curve = PrecisionRecallCurve(scores: [0.7, 0.2], labels: [true, false])
  let levels = try #require(Levels(measuredOn: curve, origin: "test"))
  #expect(levels.edges[3] <= 0.7 && levels.edges[3] > 0.699)
  #expect(levels.edges[2] == levels.edges[3].nextDown)
  #expect(levels.level(of: 0.7) == 5)
  #expect(levels.level(of: 0.2) == 1)
  #expect(levels.level(of: .nan) == 0)
}

@Test func `calibration finds the line that made the outcomes`() {
  var stream = RandomStream(seed: 3, "platt")
  let logits = (0..<20_000).map { _ in stream.normal(mean: -1, deviation: 2) }
  let labels = logits.map { stream.uniform() < 1 / (1 + exp(-(0.6 * $0 - 1.5))) }
  let fit = Calibration(fitting: logits, labels: labels, origin: "")
  // Standard errors of about 0.014 and 0.022 at this size.
  #expect(abs(fit.slope - 0.6) < 0.05)
  #expect(abs(fit.offset + 1.5) < 0.08)
}

@Test func `calibration is at a minimum of its own loss`() {
  let logits = [-4.0, -2, -1.5, 0, 0.5, 1, 3, 6]
  let labels = [false, false, true, false, true, false, true, true]
  func loss(_ a: Double, _ b: Double) -> Double {
    zip(logits, labels).reduce(0) { sum, pair in
      let t = pair.1 ? 5.0 / 6 : 1.0 / 6  // four of each: (4 + 1)/(4 + 2) and 1/(4 + 2)
      let s = a * pair.0 + b
      return sum + log1p(exp(-abs(s))) + max(s, 0) - t * s
    }
  }
  let fit = Calibration(fitting: logits, labels: labels, origin: "")
  let best = loss(fit.slope, fit.offset)
  for (a, b) in [(1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)] {
    #expect(loss(fit.slope + a, fit.offset + b) > best)
  }
}

@Test(arguments: [
  ([1.0, 2, 3, 4], [true, true, false, false]), ([1.0, 2, 3, 4], [false, false, false, false]),
  ([5.0, 5, 5, 5], [true, false, false, true]), ([-800.0, 900, 1, 2], [false, true, false, true]),
])
func `calibration keeps the order of the scores whatever it is given`(logits: [Double], labels: [Bool]) {
  let fit = Calibration(fitting: logits, labels: labels, origin: "")
  #expect(fit.slope >= Calibration.leastSlope)
  #expect(fit.offset.isFinite)
  #expect(fit.probability(ofLogit: 1) < fit.probability(ofLogit: 2))
}

@Test func `a bound slope leaves the offset at the base rate`() {
  // The free slope would be negative: with the slope near nothing the mean probability meets the mean target, one half.
  let fit = Calibration(fitting: [1, 2, 3, 4], labels: [true, true, false, false], origin: "")
  let mean = [1.0, 2, 3, 4].map(fit.probability(ofLogit:)).reduce(0, +) / 4
  #expect(abs(mean - 0.5) < 1e-6)
}

@Test(arguments: [
  ("\"edges\":[0.1,", "\"edges\":[-0.1,", "probabilities"), ("0.4]", "1.4]", "probabilities"),
  ("0.2,", "0.35,", "increase"),
  (",0.4]", "]", "probabilities"), ("0.95", "1.95", "between 0 and 1"), ("0.95", "0.97", "stand for"),
  ("[0.95,", "[", "stand for"),
])
func `levels that cannot be true are refused`(part: String, changed: String, reason: String) throws {
  let text =
    "{\"edges\":[0.1,0.2,0.3,0.4],\"isMeasured\":true,\"origin\":\"test\",\"recalls\":[0.95,0.9,0.8,0.5]}"
  func read(_ text: String) throws -> Levels { try JSONDecoder().decode(Levels.self, from: Data(text.utf8)) }
  #expect(try read(text).flaw == nil)
  #expect(try read(text.replacingOccurrences(of: part, with: changed)).flaw?.contains(reason) == true)
}

@Test func `a legend promises the recalls of its levels, and none where none was measured`() {
  func levels(isMeasured: Bool) -> Levels {
    Levels(edges: [0.1, 0.2, 0.3, 0.4], origin: "", isMeasured: isMeasured)
  }
  let measured = levels(isMeasured: true)
  #expect(measured.layer().classes[0] == "level 1: below the threshold that catches 95 % of known slides")
  for (recall, words) in zip(measured.recalls, measured.layer().classes.dropFirst()) {
    #expect(words.hasSuffix("catches \(Int(recall * 100)) % of known slides"))
  }
  #expect(measured.line() == "80 %-recall line")
  let unmeasured = levels(isMeasured: false)
  #expect(unmeasured.layer().classes.allSatisfy { $0.contains("not measured") && !$0.contains("%") })
  #expect(!unmeasured.line().contains("%") && unmeasured.layer().title.contains("no recall measured"))
  #expect(measured.layer().name == unmeasured.layer().name && measured.layer().validRange == 1...5)
}

@Test(arguments: [
  (12, 12, 0.757505993344759, 1), (10, 12, 0.551969137747027, 0.953034857816146), (0, 7, 0, 0.354330435066687),
  (40, 50, 0.669628940677746, 0.887562499842239),
])
func `the interval of a share is that of SciPy`(count: Int, total: Int, low: Double, high: Double) {
  let found = shareInterval(count, of: total, coverage: 0.95)
  #expect(abs(found.lowerBound - low) < 1e-12 && abs(found.upperBound - high) < 1e-12)
}

@Test func `a recall of which no resample misses a landslide is not said to be certain`() throws {
  let samples = (0..<60).map { place in
    ScoredSample(
      key: SampleKey(
        region: "r", cell: Mesh3Code(row: 4_000, column: 3_000), day: JSTDay(daysSince1970: 10 * place)),
      isPositive: place < 12, score: place < 12 ? 0.9 - 0.01 * Double(place) : 0.1)
  }
  let levels = try #require(Levels(measuredOn: PrecisionRecallCurve(samples), origin: "test"))
  let lowest = try #require(levels.resampled(samples, plan: ResamplingPlan(resamples: 200)).recallIntervals?.first)
  #expect(lowest.high == 1 && lowest.low < 0.76)
}

@Test func `intervals of the recalls are those of resampled regions and blocks, no narrower than the landslides allow`()
  throws
{
  var stream = RandomStream(seed: 6, "levels")
  let samples = (0..<400).map { place in
    ScoredSample(
      key: SampleKey(
        region: "r\(place % 5)", cell: Mesh3Code(row: 4_000, column: 3_000), day: JSTDay(daysSince1970: place / 5)),
      isPositive: stream.uniform() < 0.2, score: Double(Float(stream.uniform())))
  }
  let plain = try #require(Levels(measuredOn: PrecisionRecallCurve(samples), origin: "test"))
  let plan = ResamplingPlan(resamples: 200, seed: 3)
  let levels = plain.resampled(samples, plan: plan)
  let intervals = try #require(levels.recallIntervals)
  for (place, edge) in plain.edges.enumerated() {
    let expected = bootstrapInterval(samples.map(\.key), plan: plan) { drawn in
      let caught = drawn.filter { samples[$0].isPositive }.map { Float(samples[$0].score) >= edge }
      return caught.isEmpty ? nil : Double(caught.count { $0 }) / Double(caught.count)
    }
    let caught = samples.count { $0.isPositive && Float($0.score) >= edge }
    let share = shareInterval(caught, of: samples.count(where: \.isPositive), coverage: plan.coverage)
    let resampled = try #require(expected)
    #expect(intervals[place].low == min(resampled.low, share.lowerBound))
    #expect(intervals[place].high == max(resampled.high, share.upperBound))
    #expect(intervals[place].low < plain.recalls[place] + 0.02 && intervals[place].high > plain.recalls[place])
  }
  #expect(levels.flaw == nil && levels.edges == plain.edges && plain.recallIntervals == nil)
  let negatives = samples.map { ScoredSample(key: $0.key, isPositive: false, score: $0.score) }
  #expect(plain.resampled(negatives, plan: plan).recallIntervals == nil)
}

@Test func `a legend tells the interval of a recall in both languages`() throws {
  let text = """
    {"edges":[0.1,0.2,0.3,0.4],"isMeasured":true,"origin":"test","recalls":[0.95,0.9,0.8,0.5],"recallIntervals":[
    {"low":0.881,"high":1,"resamples":9},{"low":0.8,"high":0.97,"resamples":9},{"low":0.68,"high":0.9,"resamples":9},
    {"low":0.3,"high":0.7,"resamples":9}]}
    """
  let levels = try JSONDecoder().decode(Levels.self, from: Data(text.utf8))
  #expect(levels.flaw == nil)
  let classes = levels.layer().classes
  #expect(classes[1] == "level 2: catches 95 % of known slides, 95 % interval 88-100 %")
  #expect(classes[3] == "level 4: catches 80 % of known slides, 95 % interval 68-90 %")
  #expect(levels.layer(in: .japanese).classes[3] == "レベル4: 既知の土砂災害の80 %を捕捉（95 %区間 68-90 %）")
  let wrong = text.replacingOccurrences(of: "0.68", with: "0.98")
  #expect(try JSONDecoder().decode(Levels.self, from: Data(wrong.utf8)).flaw?.contains("intervals") == true)
}
