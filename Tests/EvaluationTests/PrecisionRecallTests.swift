import Evaluation
import Foundation
import Statistics
import Testing

private let scores = [0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
private let labels = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0].map { $0 == 1 }

@Test func `the vector of the method has its average precision and precision at 80 % recall`() throws {
  let curve = PrecisionRecallCurve(scores: scores, labels: labels)
  #expect(abs(try #require(curve.averagePrecision) - 0.7087302) < 5e-8)
  let point = try #require(curve.firstPoint(atRecall: 0.8))
  #expect(point.threshold == 0.4)
  #expect(abs(point.precision - 0.5714286) < 5e-8)
  #expect(curve.precision(atRecall: 0.8) == point.precision)
  #expect(curve.bestPrecision(atRecall: 0.6) == 0.75)
}

@Test func `areas agree with an independent implementation`() throws {
  let curve = PrecisionRecallCurve(scores: scores, labels: labels)
  // scikit-learn 1.x: auc(recall, precision) and roc_auc_score of the same vector.
  #expect(abs(try #require(curve.trapezoidArea) - 0.7210317460317459) < 1e-12)
  #expect(abs(try #require(curve.rocArea) - 0.66) < 1e-12)
}

@Test func `ties count as one threshold in every order of the rows`() {
  var stream = RandomStream(seed: 1, "ties")
  let tied = (0..<200).map { _ in Double(stream.index(below: 4)) }
  let hits = (0..<200).map { _ in stream.uniform() < 0.1 }
  let sortedUp = (0..<200).sorted { (hits[$0] ? 1 : 0, $0) < (hits[$1] ? 1 : 0, $1) }
  let one = PrecisionRecallCurve(scores: tied, labels: hits)
  let other = PrecisionRecallCurve(scores: sortedUp.map { tied[$0] }, labels: sortedUp.map { hits[$0] })
  #expect(one.points == other.points)
  #expect(one.points.count == 4)
  #expect(one.averagePrecision == other.averagePrecision)
}

@Test func `average precision and area equal the plain sums over all thresholds`() throws {
  for trial in 0..<20 {
    var stream = RandomStream(seed: 7, .number(trial))
    let count = 1 + stream.index(below: 60)
    let s = (0..<count).map { _ in Double(stream.index(below: 12)) / 3 }
    var y = (0..<count).map { _ in stream.uniform() < 0.4 }
    y[0] = true
    let positives = Double(y.count { $0 })
    var (expected, before) = (0.0, 0.0)
    for threshold in Set(s).sorted(by: >) {
      let alarms = s.indices.filter { s[$0] >= threshold }
      let hits = Double(alarms.count { y[$0] })
      expected += (hits / positives - before) * hits / Double(alarms.count)
      before = hits / positives
    }
    let curve = PrecisionRecallCurve(scores: s, labels: y)
    #expect(abs(try #require(curve.averagePrecision) - expected) < 1e-12)
    var (wins, pairs) = (0.0, 0.0)
    for i in s.indices where y[i] {
      for j in s.indices where !y[j] {
        pairs += 1
        wins += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0
      }
    }
    if pairs > 0 { #expect(abs(try #require(curve.rocArea) - wins / pairs) < 1e-12) }
  }
}

@Test func `no ranking falls below the unreachable minimum, and the worst comes near it`() throws {
  let count = 20_000
  let worst = (0..<count).map(Double.init)
  let hits = (0..<count).map { $0 < 1_000 }
  let area = try #require(PrecisionRecallCurve(scores: worst, labels: hits).averagePrecision)
  let minimum = unreachableAveragePrecision(prevalence: 0.05)
  #expect(area > minimum)
  #expect(area - minimum < 1e-4)
  #expect(abs(unreachableAveragePrecision(prevalence: 253 / 3_567) - 0.036) < 5e-4)  // METHOD 0.2
}

@Test func `recall at a false alarm budget stops before the budget is exceeded`() {
  let curve = PrecisionRecallCurve(scores: scores, labels: labels)
  #expect(curve.recall(atFalseAlarms: 0) == 0.2)
  #expect(curve.recall(atFalseAlarms: 1) == 0.6)
  #expect(curve.recall(atFalseAlarms: 3.5) == 0.8)
  #expect(curve.recall(atFalseAlarms: 5) == 1)
  #expect(PrecisionRecallCurve(scores: [1, 1], labels: [true, false]).recall(atFalseAlarms: 0) == 0)
}

@Test func `measures that need a class are nil without it`() {
  let none = PrecisionRecallCurve(scores: [0.1, 0.2], labels: [false, false])
  #expect(none.averagePrecision == nil && none.rocArea == nil && none.precision(atRecall: 0.8) == nil)
  #expect(PrecisionRecallCurve(scores: [0.1], labels: [true]).rocArea == nil)
  #expect(Levels(measuredOn: none, origin: "") == nil)
}

@Test func `probabilities are scored by their distance from what happened`() throws {
  #expect(brierScore(probabilities: [0.25, 0.5], labels: [false, true]) == (0.0625 + 0.25) / 2)
  // Two bins of two: means 0.15 and 0.8, shares 0.5 and 0.5.
  let error = calibrationError(probabilities: [0.9, 0.1, 0.7, 0.2], labels: [true, false, false, true], bins: 2)
  #expect(abs(try #require(error) - (0.35 + 0.3) / 2) < 1e-12)
  #expect(calibrationError(probabilities: [], labels: []) == nil)
}

@Test func `bins have equal counts and do not depend on the order of the rows`() {
  let p = [0.5, 0.5, 0.5, 0.5, 0.1, 0.9, 0.5]
  let y = [true, false, true, false, false, true, false]
  let bins = reliabilityBins(probabilities: p, labels: y, bins: 3)
  #expect(bins.map(\.count) == [2, 2, 3])
  #expect(reliabilityBins(probabilities: p.reversed(), labels: y.reversed(), bins: 3) == bins)
}

@Test func `ranks share ties and lie inside 0 and 1`() {
  #expect(rankNormalised([10, -1, 10, 3]) == [0.75, 0.125, 0.75, 0.375])
}
