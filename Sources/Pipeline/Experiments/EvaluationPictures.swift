import Cartography
import Evaluation
import Forecasting
import Foundation

/// The pictures of a protocol: which there are, and how their files are named.
enum EvaluationPicture: String, CaseIterable {
  case bars
  case curves
  case reliability

  func name(_ scheme: EvaluationProtocol) -> String { "\(rawValue)-\(scheme.rawValue).png" }

  /// The PNG file.
  ///
  /// - Parameters:
  ///   - table: Figures of the protocol.
  ///   - comparison: The scores they are from.
  ///   - scores: Shape `(sides, methods)`, with probabilities.
  ///   - title: What the samples are.
  /// - Returns: Its bytes.
  func drawn(
    _ table: EvaluationTable, _ comparison: MethodComparison, scores: [[SideScores]], title: String
  ) -> Data {
    switch self {
    case .bars: drawIntervalBars(Self.bars(table, title: title))
    case .curves: drawPrecisionRecall(Self.curves(table, comparison, title: title))
    case .reliability: drawReliability(Self.reliability(table, comparison, scores: scores, title: title))
    }
  }

  private static func bars(_ table: EvaluationTable, title: String) -> IntervalBars {
    IntervalBars(
      title: table.scheme.title,
      subtitle: "\(title); \(table.sides) test sides, \(table.positives) positive; bars: 95 % intervals",
      quantity: "average precision",
      rows: table.rows.map { row in
        let interval = row.averagePrecisionInterval.map { $0.low...$0.high }
        return IntervalBars.Row(name: row.title, value: row.averagePrecision, interval: interval)
      })
  }

  /// Of the first seed: one curve a method is legible, one a seed is not.
  private static func curves(
    _ table: EvaluationTable, _ comparison: MethodComparison, title: String
  ) -> PrecisionRecallPlot {
    let seed = comparison.seeds.first ?? 0
    let own = comparison.groups.filter { $0.seed == seed }
    let labels = own.flatMap(\.labels)
    let positives = labels.count { $0 }
    return PrecisionRecallPlot(
      title: table.scheme.title,
      subtitle: "\(title); seed \(seed), \(labels.count) test samples, \(positives) positive"
        + (own.count > 1 ? ", ranks of \(own.count) folds together" : ""),
      curves: table.rows.enumerated().map { place, row in
        let curve = comparison.pooledCurve(of: place, seed: seed, normalised: own.count > 1)
        return PrecisionRecallPlot.Curve(
          name: row.title, points: curve.points.map { [curve.recall(at: $0), $0.precision] },
          averagePrecision: curve.averagePrecision)
      }, prevalence: labels.isEmpty ? 0 : Double(positives) / Double(labels.count), operatingRecall: table.recall)
  }

  private static func reliability(
    _ table: EvaluationTable, _ comparison: MethodComparison, scores: [[SideScores]], title: String
  ) -> ReliabilityPlot {
    let labels = comparison.groups.flatMap(\.labels)
    return ReliabilityPlot(
      title: table.scheme.title, subtitle: "\(title); \(labels.count) test samples of all sides",
      curves: table.rows.enumerated().compactMap { place, row in
        let given = scores.map { $0[place].probabilities }
        guard !given.contains(nil) else { return nil }
        let bins = reliabilityBins(probabilities: given.flatMap { $0 ?? [] }, labels: labels)
        return ReliabilityPlot.Curve(name: row.title, points: bins.map { [$0.meanProbability, $0.observedShare] })
      })
  }
}
