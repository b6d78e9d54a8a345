import Evaluation
import Foundation
import Statistics
import Testing

@Test func `thresholds are the largest with their recall, and rise`() throws {
  let scores = (0..<100).map { Double($0) / 128 }
  let labels = (0..<100).map { $0 % 5 == 0 }
  let curve = PrecisionRecallCurve(scores: scores, labels: labels)
  let thresholds = try #require(OperatingThresholds(curve))
  for (threshold, recall) in zip(thresholds.levels, OperatingThresholds.recalls) {
    func caught(_ t: Double) -> Double { Double(scores.indices.count { labels[$0] && scores[$0] >= t }) / 20 }
    #expect(caught(Double(threshold)) >= recall)
    #expect(caught(Double(threshold) + 1.0 / 128) < recall)
  }
  #expect(zip(thresholds.levels, thresholds.levels.dropFirst()).allSatisfy(<))
  #expect(thresholds.recall80 == Float(20.0 / 128))
}

@Test func `thresholds that meet are parted downwards, so none loses recall`() throws {
  let curve = PrecisionRecallCurve(scores: [0.7, 0.2], labels: [true, false])
  let thresholds = try #require(OperatingThresholds(curve))
  #expect(thresholds.recall50 <= 0.7 && thresholds.recall50 > 0.699)
  #expect(thresholds.recall80 == thresholds.recall50.nextDown)
  #expect(thresholds.level(of: 0.7) == 5)
  #expect(thresholds.level(of: 0.2) == 1)
  #expect(thresholds.level(of: .nan) == 0)
}

@Test func `calibration finds the line that made the outcomes`() {
  var stream = RandomStream(seed: 3, "platt")
  let logits = (0..<20_000).map { _ in stream.normal(mean: -1, deviation: 2) }
  let labels = logits.map { stream.uniform() < 1 / (1 + exp(-(0.6 * $0 - 1.5))) }
  let fit = PlattCalibration(fitting: logits, labels: labels)
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
  let fit = PlattCalibration(fitting: logits, labels: labels)
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
  let fit = PlattCalibration(fitting: logits, labels: labels)
  #expect(fit.slope >= PlattCalibration.leastSlope)
  #expect(fit.offset.isFinite)
  #expect(fit.probability(ofLogit: 1) < fit.probability(ofLogit: 2))
}

@Test func `a bound slope leaves the offset at the base rate`() {
  // The free slope would be negative: with the slope near nothing the mean probability meets the mean target, one half.
  let fit = PlattCalibration(fitting: [1, 2, 3, 4], labels: [true, true, false, false])
  let mean = [1.0, 2, 3, 4].map(fit.probability(ofLogit:)).reduce(0, +) / 4
  #expect(abs(mean - 0.5) < 1e-6)
}
