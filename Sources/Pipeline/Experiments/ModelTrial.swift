package import Evaluation
import Forecasting
import Foundation
import Neural
import Rasters
import Statistics

/// What `lsmap evaluate --on` is asked for: how a model does on samples that others gathered.
package struct TrialRequest: Sendable {
  package var model: String
  package var dataset: String
  package var settings: ExperimentSettings
  package var threads = 2

  package init(model: String, dataset: String, settings: ExperimentSettings) {
    self.model = model
    self.dataset = dataset
    self.settings = settings
  }
}

/// A model on samples that it never saw: its ranking beside label-free scores, and what its levels caught.
package struct ModelTrial: Codable, Sendable, Equatable {
  /// A level of the model on these samples.
  package struct Level: Codable, Sendable, Equatable {
    package var level: Int
    /// The recall it stands for; `nil` where the model never measured one.
    package var promisedRecall: Double?
    /// That recall's interval as the model measured it.
    package var promisedInterval: ConfidenceInterval?
    /// Samples at or above its edge.
    package var alarms: Int
    /// Landslides among them.
    package var caught: Int
    package var recall: Double
    /// Resampled by region and block; `nil` where no resample had a landslide.
    package var recallInterval: ConfidenceInterval?
  }

  /// A score that asks no labels on the same samples.
  package struct Reference: Codable, Sendable, Equatable {
    package var method: String
    package var averagePrecision: Double?
    package var precisionAtRecall: Double?
    /// Paired difference of the model's average precision from it.
    package var differenceInterval: ConfidenceInterval?
  }

  package var model: String
  package var method: String
  package var title: String
  package var dataset: String
  package var samplesTitle: String
  /// Whether the model learnt from this very file: its figures are no test then.
  package var isOwnTraining: Bool
  package var summary: ScoreSummary
  package var averagePrecisionInterval: ConfidenceInterval?
  package var precisionAtRecallInterval: ConfidenceInterval?
  package var levels: [Level]
  package var references: [Reference]
}

/// Scores the labelled samples of a file with a model file.
///
/// - Parameter request: Model, samples and how figures are told.
/// - Returns: The figures.
/// - Throws: `ForecastError`, `TrainingError` or `RasterError` for a file that cannot be used; `otherPhysics` where the
///   samples were built with another physics than the model's.
package func evaluate(_ request: TrialRequest) throws -> ModelTrial {
  let forecaster = try Forecaster(reading: try PlainFile.contents(request.model), path: request.model)
  let data = try PlainFile.contents(request.dataset)
  let samples = try request.settings.samples(
    of: try SampleSet(reading: data, path: request.dataset), path: request.dataset)
  let differences = forecaster.header.physics.differences(from: samples.basis.physics)
  guard differences.isEmpty else {
    throw ForecastError.samplesOfOtherPhysics(
      path: request.model, samples: request.dataset, differences: differences)
  }
  let picks = samples.samples.indices.filter { samples.samples[$0].label != .unlabelled }
  guard !picks.isEmpty else {
    throw TrainingError.badSamples(path: request.dataset, reason: "no sample has a label")
  }
  let scores = try forecaster.scorer.scores(of: picks, in: samples, workers: Workers(threads: request.threads))
  return ModelTrial(
    of: forecaster, path: request.model, on: samples, path: request.dataset, picks: picks, scores: scores,
    isOwnTraining: forecaster.header.training.dataHash == SHA256.hexadecimal(of: data),
    settings: request.settings.evaluation)
}

extension ModelTrial {
  fileprivate init(
    of forecaster: Forecaster, path: String, on samples: SampleSet, path dataset: String, picks: [Int],
    scores: [Double], isOwnTraining: Bool, settings: EvaluationSettings
  ) {
    let header = forecaster.header
    let keys = picks.map { samples.key(of: samples.samples[$0]) }
    let labels = picks.map { samples.samples[$0].label == .landslide }
    let probabilities = scores.map { header.probability(of: Float($0)) }
    let labelFree = Method.all.filter { !$0.isTrained && $0.name != header.method }
    let group = MethodComparison.Group(
      seed: 0, keys: keys, labels: labels,
      scores: [scores] + labelFree.map { method in picks.map { method.score?(samples.samples[$0]) ?? 0 } })
    let comparison = MethodComparison(
      [group], plan: ResamplingPlan(resamples: settings.resamples, blockDays: settings.blockDays))
    let precision = RankingMeasure.precision(atRecall: settings.recall)
    let resampled = comparison.resampled([.averagePrecision, precision])
    model = path
    method = header.method
    title = header.title
    self.dataset = dataset
    samplesTitle = samples.title
    self.isOwnTraining = isOwnTraining
    summary = ScoreSummary(
      keys.indices.map { ScoredSample(key: keys[$0], isPositive: labels[$0], score: scores[$0]) },
      probabilities: probabilities.map(Double.init), recall: settings.recall)
    averagePrecisionInterval = resampled.interval(.averagePrecision, of: 0)
    precisionAtRecallInterval = resampled.interval(precision, of: 0)
    let positives = max(labels.count { $0 }, 1)
    levels = header.levels.edges.enumerated().map { place, edge in
      let alarms = probabilities.indices.filter { probabilities[$0] >= edge }
      let caught = alarms.count { labels[$0] }
      let recall = bootstrapInterval(keys, plan: comparison.plan) { drawn in
        let own = drawn.filter { labels[$0] }
        return own.isEmpty ? nil : Double(own.count { probabilities[$0] >= edge }) / Double(own.count)
      }
      return Level(
        level: place + 2, promisedRecall: header.levels.isMeasured ? header.levels.recalls[place] : nil,
        promisedInterval: header.levels.isMeasured ? header.levels.recallIntervals?[place] : nil,
        alarms: alarms.count, caught: caught, recall: Double(caught) / Double(positives), recallInterval: recall)
    }
    references = labelFree.indices.map { place in
      Reference(
        method: labelFree[place].name, averagePrecision: comparison.mean(.averagePrecision, of: place + 1),
        precisionAtRecall: comparison.mean(precision, of: place + 1),
        differenceInterval: resampled.differenceInterval(.averagePrecision, of: 0, from: place + 1))
    }
  }

  package var words: String {
    let recall = percent(summary.recall)
    var lines = [
      "\(title) (\(method)) on \(samplesTitle): n \(summary.samples), positive \(summary.positives), prevalence "
        + "\(rounded(Float(summary.prevalence) * 100, 1)) %",
      "AP \(figure(summary.averagePrecision)) \(range(averagePrecisionInterval)), precision at \(recall) recall "
        + "\(figure(summary.precisionAtRecall)) \(range(precisionAtRecallInterval))",
    ]
    if isOwnTraining { lines.append("NO TEST: the model learnt from this very file") }
    lines += levels.map { level in
      let interval = level.promisedInterval.map { " (95 %: \($0.perCent))" } ?? ""
      let promise =
        level.promisedRecall.map { "stands for \(percent($0))\(interval)" } ?? "stands for no measured recall"
      let found = "caught \(level.caught) of \(summary.positives) with \(level.alarms) alarms"
      return "level \(level.level) \(promise): \(found), recall \(figure(level.recall)) \(range(level.recallInterval))"
    }
    lines += references.map { reference in
      let (area, precision) = (figure(reference.averagePrecision), figure(reference.precisionAtRecall))
      let difference = reference.differenceInterval.map { ", the model \(signed($0.low)) to \(signed($0.high))" }
      return "\(reference.method): AP \(area), precision \(precision)\(difference ?? "")"
    }
    return lines.joined(separator: "\n")
  }
}
