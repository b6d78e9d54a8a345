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

/// Scores methods on held-out samples and writes report, tables, scores and pictures; a finished training is not repeated.
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
    dataset: request.dataset, title: job.samples.title, sha256: job.datasetHash,
    regions: job.samples.regions.count, recordDays: job.samples.samples.map(\.memory.recordDays).min() ?? 0,
    rainDisplacement: job.samples.basis.rainDisplacement, tables: [],
    folder: request.out)
  let settings = request.settings.evaluation
  var rows = [scoreColumns]
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
    let comparison = MethodComparison(samples: job.samples, sides: sides, scores: scores, settings: settings)
    let table = EvaluationTable(
      scheme, sides: sides, methods: request.methods, comparison: comparison, scores: scores, settings: settings)
    report.tables.append(table)
    for (side, own) in zip(sides, scores) {
      for (method, found) in zip(request.methods, own) { rows += scoreLines(found, method, side, job.samples) }
    }
    for picture in EvaluationPicture.allCases {
      try writeAtomically(
        picture.drawn(table, comparison, scores: scores, title: job.samples.title),
        to: "\(request.out)/\(picture.name(scheme))")
    }
  }
  let texts = [
    "scores.csv": rows.joined(separator: "\n") + "\n", "table.csv": report.csv, "report.md": report.markdown,
  ]
  for (name, text) in texts { try writeAtomically(Data(text.utf8), to: "\(request.out)/\(name)") }
  try writeAtomically(try JSONText.data(report), to: "\(request.out)/evaluation.json")
  console.end()
  return report
}
