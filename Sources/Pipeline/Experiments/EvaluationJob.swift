import Evaluation
package import Forecasting
import Foundation
import Rasters
import Statistics

/// One test side: methods that learn are trained anew for each.
package struct EvaluationSide: Hashable, Sendable {
  package let scheme: EvaluationProtocol
  package let seed: UInt64
  /// Counted from 0; `nil` unless regions are held out.
  package let fold: Int?
  package let folds: Int

  /// As files are named.
  package var name: String { "\(scheme.rawValue)-seed\(seed)" + (fold.map { "-fold\($0)" } ?? "") }

  package var split: TestSplit {
    switch scheme {
    case .block: .block
    case .day: .day
    case .regions: .regions(fold: fold ?? 0, of: folds)
    }
  }

  /// All sides of a protocol.
  package static func all(
    of scheme: EvaluationProtocol, seeds: [UInt64], folds: Int
  ) -> [EvaluationSide] {
    seeds.flatMap { seed -> [EvaluationSide] in
      let places: [Int?] = scheme == .regions ? Array(0..<folds) : [nil]
      return places.map { EvaluationSide(scheme: scheme, seed: seed, fold: $0, folds: folds) }
    }
  }
}

/// What one method said of one test side, as it is kept between runs.
package struct SideScores: Codable, Sendable, Equatable {
  /// Of everything that decides the scores; another digest makes the file stale.
  package let digest: String
  /// Places of the test samples in the sample file.
  package let places: [Int]
  /// On the method's own scale, in the order of `places`.
  package let scores: [Double]
  /// Calibrated probabilities; `nil` for a score without labels.
  package let probabilities: [Double]?
  /// Share of the test landslides at or above the threshold that caught the wanted share of those of the inner validation.
  package let achievedRecall: Double?
}

/// Scores of methods on test sides; what is finished is kept and not computed again.
package struct EvaluationJob {
  package let datasetPath: String
  package let samples: SampleSet
  package let datasetHash: String
  /// Folder of `models` and `scores`.
  package let folder: String
  package let settings: ExperimentSettings
  package let threads: Int

  /// - Throws: `RasterError`, or what reading samples throws.
  package init(dataset path: String, folder: String, settings: ExperimentSettings, threads: Int) throws {
    let data = try PlainFile.contents(path)
    datasetPath = path
    samples = try settings.samples(of: try SampleSet(reading: data, path: path), path: path)
    datasetHash = SHA256.hexadecimal(of: data)
    self.folder = folder
    self.settings = settings
    self.threads = threads
  }

  /// The scores of a method on a side: read where they are finished, else computed and kept.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - side: The side.
  ///   - progress: Gets the share of a training that is done.
  /// - Returns: The scores.
  /// - Throws: What training, reading and writing throw.
  package func scores(
    of method: Method, on side: EvaluationSide, progress: @escaping (Double) -> Void = { _ in }
  ) throws -> SideScores {
    var settings = self.settings
    settings.training.seed = side.seed
    let sides = try side.split.sides(
      of: samples, rule: settings.blockRule, seed: side.seed, levelFolds: settings.evaluation.levelFolds)
    let parts =
      [
        "scores 3", "\(settings.evaluation.recall)", samples.title, datasetHash, method.name, side.name,
        "\(sides.training + sides.validation)", "\(sides.test)",
        method.isTrained
          ? String(decoding: try JSONText.data(method.settings(from: settings.training)), as: UTF8.self) : "",
      ] + sides.folds.map { "\($0.test)" }
    let digest = SHA256.hexadecimal(of: parts.joined(separator: "\n").utf8)
    let path = "\(folder)/scores/\(side.name)-\(method.name).json"
    if let data = try? PlainFile.contents(path),
      let kept = try? JSONDecoder().decode(SideScores.self, from: data), kept.digest == digest
    {
      return kept
    }
    let found =
      if let score = method.score { labelFree(score, sides, digest: digest) } else {
        try trained(settings, method, side, sides, digest: digest, progress)
      }
    try writeAtomically(try JSONText.data(found), to: path)
    return found
  }

  private func labelFree(
    _ score: (Sample) -> Double, _ sides: TestSplit.Sides, digest: String
  ) -> SideScores {
    func labels(_ places: [Int]) -> [Bool] { places.map { samples.samples[$0].label == .landslide } }
    func scores(_ places: [Int]) -> [Double] { places.map { score(samples.samples[$0]) } }
    let validation = PrecisionRecallCurve(scores: scores(sides.validation), labels: labels(sides.validation))
    let test = scores(sides.test)
    let threshold = validation.firstPoint(atRecall: settings.evaluation.recall)?.threshold
    return SideScores(
      digest: digest, places: sides.test, scores: test, probabilities: nil,
      achievedRecall: threshold.flatMap { recall(of: test, labels(sides.test), atLeast: $0) })
  }

  private func trained(
    _ settings: ExperimentSettings, _ method: Method, _ side: EvaluationSide, _ sides: TestSplit.Sides,
    digest: String, _ progress: @escaping (Double) -> Void
  ) throws -> SideScores {
    let model = "\(folder)/models/\(side.name)-\(method.name).safetensors"
    try makeFolder("\(folder)/models")
    var job = TrainingJob(samples: datasetPath, model: model, method: method, settings: settings)
    job.split = side.split
    job.threads = threads
    job.resumption = .whereItFits
    let result = try job.run(progress: { progress(Double($1) / Double($2)) })
    job.removeCheckpoints()
    // As `predict` has them: levels are set on these very numbers.
    func probabilities(_ samples: [ScoredSample]) -> [Double] {
      samples.map { Double(result.header.probability(of: Float($0.score))) }
    }
    let validation = PrecisionRecallCurve(
      scores: probabilities(result.validation), labels: result.validation.map(\.isPositive))
    let threshold = validation.firstPoint(atRecall: settings.evaluation.recall)?.threshold
    let tested = probabilities(result.test)
    return SideScores(
      digest: digest, places: sides.test, scores: result.test.map(\.score), probabilities: tested,
      achievedRecall: threshold.flatMap { recall(of: tested, result.test.map(\.isPositive), atLeast: $0) })
  }

  private func recall(of scores: [Double], _ labels: [Bool], atLeast threshold: Double) -> Double? {
    let caught = zip(scores, labels).filter(\.1).map { $0.0 >= threshold }
    return caught.isEmpty ? nil : Double(caught.count { $0 }) / Double(caught.count)
  }
}
