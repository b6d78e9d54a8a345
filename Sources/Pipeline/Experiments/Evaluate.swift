import Cartography
import Evaluation
package import Forecasting
import Foundation
import Rasters

/// What `lsmap evaluate` is asked for.
package struct EvaluationRequest: Sendable {
  package var dataset: String
  package var out: String
  /// The first is what the others are compared with.
  package var methods: [Method]
  package var schemes: [EvaluationProtocol]
  package var seeds: [UInt64]
  package var settings: ExperimentSettings
  package var threads = 2

  package init(
    dataset: String, out: String, methods: [Method], schemes: [EvaluationProtocol], seeds: [UInt64],
    settings: ExperimentSettings
  ) {
    self.dataset = dataset
    self.out = out
    self.methods = methods
    self.schemes = schemes
    self.seeds = seeds
    self.settings = settings
  }
}

/// Scores methods on held-out samples and writes tables, scores and curves; a finished training is not repeated.
///
/// - Parameters:
///   - request: What is asked for.
///   - console: Told each training.
/// - Returns: The tables.
/// - Throws: A `ReportedError`; what is finished stays for the next run.
package func evaluate(_ request: EvaluationRequest, console: Console) throws -> EvaluationReport {
  precondition(!request.methods.isEmpty && !request.seeds.isEmpty, "an evaluation of nothing")
  let job = try EvaluationJob(
    dataset: request.dataset, folder: request.out, settings: request.settings, threads: request.threads)
  var report = EvaluationReport(
    dataset: request.dataset, title: job.samples.title, sha256: job.datasetHash, tables: [], folder: request.out)
  let settings = request.settings.evaluation
  var rows = ["protocol,seed,fold,method,region,cell,day,landslide,score,probability"]
  for scheme in request.schemes {
    let sides = EvaluationSide.all(of: scheme, seeds: request.seeds, folds: settings.folds)
    var scores: [[SideScores]] = []
    for side in sides {
      scores.append(
        try request.methods.map { method in
          if method.isTrained { console.begin("\(method.title), \(side.name)") }
          return try job.scores(of: method, on: side, progress: console.progress)
        })
    }
    console.begin("figures and intervals, \(scheme.rawValue)")
    report.tables.append(
      EvaluationTable(
        scheme, sides: sides, methods: request.methods, samples: job.samples, scores: scores,
        settings: settings))
    for (side, own) in zip(sides, scores) {
      for (method, found) in zip(request.methods, own) { rows += lines(found, method, side, job.samples) }
    }
    let comparison = MethodComparison(samples: job.samples, sides: sides, scores: scores, settings: settings)
    try writeAtomically(
      drawPrecisionRecall(
        curves(comparison, scheme, request.methods, title: job.samples.title, recall: settings.recall)),
      to: "\(request.out)/curves-\(scheme.rawValue).png")
  }
  try writeAtomically(Data((rows.joined(separator: "\n") + "\n").utf8), to: "\(request.out)/scores.csv")
  try writeAtomically(Data(table(report).utf8), to: "\(request.out)/table.csv")
  try writeAtomically(try JSONText.data(report), to: "\(request.out)/evaluation.json")
  console.end()
  return report
}

private func lines(
  _ found: SideScores, _ method: Method, _ side: EvaluationSide, _ samples: SampleSet
) -> [String] {
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

private func table(_ report: EvaluationReport) -> String {
  var lines = [
    "protocol,method,title,ap,ap_low,ap_high,precision_at_recall,precision_at_recall_low,precision_at_recall_high,"
      + "ap_difference_low,ap_difference_high,ap_pooled,ap_pooled_ranks,best_precision_at_recall,trapezoid,roc,"
      + "recall_at_one_false_alarm,achieved_recall,brier,calibration_error,sides,n,positive,prevalence,recall"
  ]
  for table in report.tables {
    for row in table.rows {
      let figures: [Double?] = [
        row.averagePrecision, row.averagePrecisionInterval?.low, row.averagePrecisionInterval?.high,
        row.precisionAtRecall,
        row.precisionAtRecallInterval?.low, row.precisionAtRecallInterval?.high, row.differenceInterval?.low,
        row.differenceInterval?.high, row.pooledAveragePrecision, row.pooledRankAveragePrecision,
        row.bestPrecisionAtRecall, row.trapezoidArea, row.rocArea, row.recallAtOneFalseAlarm, row.achievedRecall,
        row.brier, row.calibrationError,
      ]
      let names = [table.scheme.rawValue, row.method, quoted(row.title)]
      let counts = [
        "\(table.sides)", "\(table.samples)", "\(table.positives)", "\(table.prevalence)", "\(table.recall)",
      ]
      lines.append((names + figures.map { $0.map { "\($0)" } ?? "" } + counts).joined(separator: ","))
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

private func quoted(_ field: String) -> String {
  field.contains { ",\"\n".contains($0) } ? "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\"" : field
}

private func curves(
  _ comparison: MethodComparison, _ scheme: EvaluationProtocol, _ methods: [Method], title: String,
  recall: Double
) -> PrecisionRecallPlot {
  let seed = comparison.seeds.first ?? 0
  let own = comparison.groups.filter { $0.seed == seed }
  let labels = own.flatMap(\.labels)
  let positives = labels.count { $0 }
  let subtitle =
    "\(title); seed \(seed), \(labels.count) test samples, \(positives) positive"
    + (own.count > 1 ? ", ranks of \(own.count) folds together" : "")
  return PrecisionRecallPlot(
    title: scheme.title, subtitle: subtitle,
    curves: methods.indices.map { place in
      let curve = comparison.pooledCurve(of: place, seed: seed, normalised: own.count > 1)
      return PrecisionRecallPlot.Curve(
        name: methods[place].title, points: curve.points.map { [curve.recall(at: $0), $0.precision] },
        averagePrecision: curve.averagePrecision)
    }, prevalence: labels.isEmpty ? 0 : Double(positives) / Double(labels.count), operatingRecall: recall)
}
