import Evaluation
import Forecasting
import Foundation

extension EvaluationReport {
  /// A line a method and protocol; empty where a figure does not exist.
  var csv: String {
    let head = Self.columns.map(\.name) + ["sides", "n", "positive", "prevalence", "recall"]
    var lines = [(["protocol", "method", "title"] + head).joined(separator: ",")]
    for table in tables {
      let counts = [
        "\(table.sides)", "\(table.samples)", "\(table.positives)", "\(table.prevalence)", "\(table.recall)",
      ]
      for row in table.rows {
        let figures = Self.columns.map { column in column.value(row).map { "\($0)" } ?? "" }
        lines.append(
          ([table.scheme.rawValue, row.method, quoted(row.title)] + figures + counts).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let columns: [(name: String, value: @Sendable (EvaluationRow) -> Double?)] = [
    ("ap", { $0.averagePrecision }), ("ap_low", { $0.averagePrecisionInterval?.low }),
    ("ap_high", { $0.averagePrecisionInterval?.high }), ("precision_at_recall", { $0.precisionAtRecall }),
    ("precision_at_recall_low", { $0.precisionAtRecallInterval?.low }),
    ("precision_at_recall_high", { $0.precisionAtRecallInterval?.high }),
    ("ap_difference_low", { $0.differenceInterval?.low }), ("ap_difference_high", { $0.differenceInterval?.high }),
    ("precision_difference_low", { $0.precisionDifferenceInterval?.low }),
    ("precision_difference_high", { $0.precisionDifferenceInterval?.high }),
    ("ap_pooled", { $0.pooledAveragePrecision }), ("ap_pooled_ranks", { $0.pooledRankAveragePrecision }),
    ("best_precision_at_recall", { $0.bestPrecisionAtRecall }), ("trapezoid", { $0.trapezoidArea }),
    ("roc", { $0.rocArea }), ("recall_at_one_false_alarm", { $0.recallAtOneFalseAlarm }),
    ("achieved_recall", { $0.achievedRecall }), ("brier", { $0.brier }), ("calibration_error", { $0.calibrationError }),
  ]
}

/// The scores of a method on a side as lines of a table, without its head `scoreColumns`.
func scoreLines(_ found: SideScores, _ method: Method, _ side: EvaluationSide, _ samples: SampleSet) -> [String] {
  found.places.indices.map { place in
    let sample = samples.samples[found.places[place]]
    let key = samples.key(of: sample)
    let fields: [String] = [
      side.scheme.rawValue, "\(side.seed)", side.fold.map { "\($0)" } ?? "", method.name, quoted(key.region),
      "\(key.cell)", "\(key.day)", sample.label == .landslide ? "1" : "0", "\(found.scores[place])",
      found.probabilities.map { "\($0[place])" } ?? "",
    ]
    return fields.joined(separator: ",")
  }
}

let scoreColumns = "protocol,seed,fold,method,region,cell,day,landslide,score,probability"

func quoted(_ field: String) -> String {
  field.contains { ",\"\n".contains($0) } ? "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\"" : field
}
