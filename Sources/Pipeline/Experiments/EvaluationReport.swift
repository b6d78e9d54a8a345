package import Evaluation
import Forecasting
import Foundation

/// A method's row in the table of a protocol. Figures are means over the test sides that have a positive.
package struct EvaluationRow: Codable, Sendable, Equatable {
  package var method: String
  package var title: String
  package var averagePrecision: Double?
  package var averagePrecisionInterval: ConfidenceInterval?
  package var precisionAtRecall: Double?
  package var precisionAtRecallInterval: ConfidenceInterval?
  /// Paired difference of the average precision from the first row's; `nil` in the first row.
  package var differenceInterval: ConfidenceInterval?
  /// The same of the precision.
  package var precisionDifferenceInterval: ConfidenceInterval?
  /// Of all sides of a seed together; models that were trained apart differ in offset.
  package var pooledAveragePrecision: Double?
  /// The same with scores replaced by their ranks on each side.
  package var pooledRankAveragePrecision: Double?
  package var bestPrecisionAtRecall: Double?
  package var trapezoidArea: Double?
  package var rocArea: Double?
  package var recallAtOneFalseAlarm: Double?
  /// Recall on the test side at the threshold that had the wanted one on the inner validation.
  package var achievedRecall: Double?
  package var brier: Double?
  package var calibrationError: Double?
}

/// The methods under one protocol.
package struct EvaluationTable: Codable, Sendable, Equatable {
  package var scheme: EvaluationProtocol
  package var seeds: [UInt64]
  /// Test sides: seeds, times folds where regions are held out.
  package var sides: Int
  /// Of all sides together, each sample as often as it tests.
  package var samples: Int
  package var positives: Int
  package var prevalence: Double
  /// Where precision is told.
  package var recall: Double
  /// What no ranking can fall below.
  package var unreachableAveragePrecision: Double?
  package var rows: [EvaluationRow]
}

/// What `lsmap evaluate` found.
package struct EvaluationReport: Codable, Sendable, Equatable {
  package var dataset: String
  package var title: String
  package var sha256: String
  package var regions: Int
  /// Earlier days that every sample has on record.
  package var recordDays: Int
  /// Cells by which the rain was displaced on purpose; `nil` for none.
  package var rainDisplacement: Int?
  package var tables: [EvaluationTable]
  package var folder: String
}

extension EvaluationTable {
  /// Gathers the figures of a protocol.
  ///
  /// - Parameters:
  ///   - scheme: The protocol.
  ///   - sides: Its sides, at least one.
  ///   - methods: Rows.
  ///   - comparison: Of the scores.
  ///   - scores: Shape `(sides, methods)`.
  ///   - settings: Recall, blocks, draws.
  init(
    _ scheme: EvaluationProtocol, sides: [EvaluationSide], methods: [Method], comparison: MethodComparison,
    scores: [[SideScores]], settings: EvaluationSettings
  ) {
    self.scheme = scheme
    recall = settings.recall
    self.sides = sides.count
    seeds = comparison.seeds
    let labels = comparison.groups.flatMap(\.labels)
    self.samples = labels.count
    positives = labels.count { $0 }
    prevalence = labels.isEmpty ? 0 : Double(positives) / Double(labels.count)
    unreachableAveragePrecision =
      prevalence > 0 && prevalence < 1 ? Evaluation.unreachableAveragePrecision(prevalence: prevalence) : nil
    let resampled = comparison.resampled([.averagePrecision, .precision(atRecall: settings.recall)])
    rows = methods.indices.map { place in
      EvaluationRow(
        methods[place], at: place, in: comparison, resampled, recall: settings.recall,
        scores: scores.map { $0[place] })
    }
  }
}

extension EvaluationRow {
  init(
    _ method: Method, at place: Int, in comparison: MethodComparison, _ resampled: ResampledFigures, recall: Double,
    scores: [SideScores]
  ) {
    let summaries = comparison.groups.indices.compactMap { side -> ScoreSummary? in
      let group = comparison.groups[side]
      guard !group.keys.isEmpty else { return nil }
      let samples = group.keys.indices.map {
        ScoredSample(key: group.keys[$0], isPositive: group.labels[$0], score: group.scores[place][$0])
      }
      return ScoreSummary(
        samples, probabilities: scores[side].probabilities, recall: recall,
        regionYears: regionYears(of: group.keys, blockDays: comparison.plan.blockDays))
    }
    func mean(_ values: [Double?]) -> Double? {
      let found = values.compactMap { $0 }
      return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
    }
    self.method = method.name
    title = method.title
    averagePrecision = comparison.mean(.averagePrecision, of: place)
    averagePrecisionInterval = resampled.interval(.averagePrecision, of: place)
    precisionAtRecall = comparison.mean(.precision(atRecall: recall), of: place)
    precisionAtRecallInterval = resampled.interval(.precision(atRecall: recall), of: place)
    if place > 0 {
      differenceInterval = resampled.differenceInterval(.averagePrecision, of: place, from: 0)
      precisionDifferenceInterval = resampled.differenceInterval(.precision(atRecall: recall), of: place, from: 0)
    }
    pooledAveragePrecision = comparison.pooled(.averagePrecision, of: place, normalised: false)
    pooledRankAveragePrecision = comparison.pooled(.averagePrecision, of: place, normalised: true)
    bestPrecisionAtRecall = mean(summaries.map(\.bestPrecisionAtRecall))
    trapezoidArea = mean(summaries.map(\.trapezoidArea))
    rocArea = mean(summaries.map(\.rocArea))
    recallAtOneFalseAlarm = mean(summaries.map(\.recallAtOneFalseAlarm))
    achievedRecall = mean(scores.map(\.achievedRecall))
    brier = mean(summaries.map(\.brier))
    calibrationError = mean(summaries.map(\.calibrationError))
  }
}

extension MethodComparison {
  /// The comparison of scores on sides; `scores` has the shape `(sides, methods)`.
  init(samples: SampleSet, sides: [EvaluationSide], scores: [[SideScores]], settings: EvaluationSettings) {
    let groups = zip(sides, scores).map { side, own in
      let tested = (own.first?.places ?? []).map { samples.samples[$0] }
      return Group(
        seed: side.seed, keys: tested.map(samples.key), labels: tested.map { $0.label == .landslide },
        scores: own.map(\.scores))
    }
    self.init(groups, plan: ResamplingPlan(resamples: settings.resamples, blockDays: settings.blockDays))
  }
}

/// The time that test samples stand for: their regions times the blocks in which any of them lies.
private func regionYears(of keys: [SampleKey], blockDays: Int) -> Double {
  let days = Set(keys.map { CalendarBlock(of: $0.day, days: blockDays) }).count * blockDays
  return Double(Set(keys.map(\.region)).count * days) / 365.25
}

extension EvaluationReport {
  package var words: String {
    var lines = [title]
    for table in tables {
      let floor = table.unreachableAveragePrecision.map { ", no ranking below AP \(figure($0))" } ?? ""
      lines.append(
        "\(table.scheme.title): test sides \(table.sides), seeds \(table.seeds.count), n \(table.samples), positive "
          + "\(table.positives), prevalence \(rounded(Float(table.prevalence) * 100, 1)) %\(floor)")
      let width = table.rows.map(\.title.count).max() ?? 0
      let head =
        "AP [95 %]".padded(to: 20) + "P@\(percent(table.recall, unit: false)) [95 %]".padded(to: 20)
        + "AP minus the first"
      lines.append("  " + "method".padded(to: width + 2) + head)
      for row in table.rows {
        let difference = row.differenceInterval.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""
        lines.append(
          "  " + row.title.padded(to: width + 2)
            + "\(figure(row.averagePrecision)) \(range(row.averagePrecisionInterval))".padded(to: 20)
            + "\(figure(row.precisionAtRecall)) \(range(row.precisionAtRecallInterval))".padded(to: 20) + difference)
      }
    }
    return (lines + [folder]).joined(separator: "\n")
  }
}

/// A share as whole per cent, or with decimals where it has any: `80 %`.
func percent(_ share: Double, unit: Bool = true) -> String {
  let text = String(format: "%g", (share * 1e4).rounded() / 100)
  return unit ? text + " %" : text
}

func figure(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "none" }
func signed(_ value: Double) -> String { String(format: "%+.3f", value) }
func range(_ interval: ConfidenceInterval?) -> String {
  interval.map { "[\(figure($0.low)) \(figure($0.high))]" } ?? ""
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
