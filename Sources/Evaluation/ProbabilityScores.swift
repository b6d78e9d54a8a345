import Foundation

/// Mean squared distance of probability and outcome. `nil` without samples.
package func brierScore(probabilities: [Double], labels: [Bool]) -> Double? {
  precondition(probabilities.count == labels.count, "\(probabilities.count) probabilities, \(labels.count) labels")
  guard !labels.isEmpty else { return nil }
  let squares = zip(probabilities, labels).map { p, label in (p - (label ? 1 : 0)) * (p - (label ? 1 : 0)) }
  return squares.reduce(0, +) / Double(labels.count)
}

/// One bin of a reliability diagram.
package struct ReliabilityBin: Hashable, Sendable {
  package let count: Int
  package let meanProbability: Double
  package let observedShare: Double
}

/// Bins of equal count over the sorted probabilities; fewer where there are fewer samples than bins.
///
/// Equal probabilities are ordered by label, so that the bins do not depend on the order of the rows.
package func reliabilityBins(probabilities: [Double], labels: [Bool], bins: Int = 10) -> [ReliabilityBin] {
  precondition(probabilities.count == labels.count, "\(probabilities.count) probabilities, \(labels.count) labels")
  precondition(bins > 0, "\(bins) bins")
  let sorted = zip(probabilities, labels).map { ($0, $1 ? 1.0 : 0.0) }.sorted { $0 < $1 }
  return (0..<bins).compactMap { bin in
    let members = sorted[bin * sorted.count / bins..<(bin + 1) * sorted.count / bins]
    guard !members.isEmpty else { return nil }
    let count = Double(members.count)
    return ReliabilityBin(
      count: members.count, meanProbability: members.map(\.0).reduce(0, +) / count,
      observedShare: members.map(\.1).reduce(0, +) / count)
  }
}

/// Expected calibration error: `Σ n_b/n |mean p − observed share|` over bins of equal count. `nil` without samples.
package func calibrationError(probabilities: [Double], labels: [Bool], bins: Int = 10) -> Double? {
  guard !labels.isEmpty else { return nil }
  let gaps = reliabilityBins(probabilities: probabilities, labels: labels, bins: bins).map {
    Double($0.count) * abs($0.meanProbability - $0.observedShare)
  }
  return gaps.reduce(0, +) / Double(labels.count)
}

/// Ranks divided by their number, ties sharing their mean rank: in (0, 1), for pooling scores of models that were trained
/// apart and differ in offset.
package func rankNormalised(_ scores: [Double]) -> [Double] {
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var result = [Double](repeating: 0, count: scores.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
    let rank = Double(start + end) / 2 / Double(order.count)
    for place in start..<end { result[order[place]] = rank }
    start = end
  }
  return result
}

func naturalLogarithm(_ value: Double) -> Double { log(value) }
