/// Average precision by its definition: over all thresholds, the gain in recall times the precision.
///
/// - Parameters:
///   - scores: Higher is riskier; equal ones form one threshold.
///   - labels: Whether each is a positive; at least one is.
/// - Returns: 0 ... 1.
public func plainAveragePrecision(scores: [Double], labels: [Bool]) -> Double {
  let positives = Double(labels.filter { $0 }.count)
  var (sum, caughtBefore) = (0.0, 0.0)
  for threshold in Set(scores).sorted(by: >) {
    let chosen = zip(scores, labels).filter { $0.0 >= threshold }
    let caught = Double(chosen.filter(\.1).count)
    sum += (caught - caughtBefore) / positives * caught / Double(chosen.count)
    caughtBefore = caught
  }
  return sum
}
