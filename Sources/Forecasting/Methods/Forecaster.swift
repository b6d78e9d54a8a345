package import Evaluation
package import Foundation
package import Mesh
package import Neural

/// The risk of one day in every cell of a grid.
package struct RiskForecast: Sendable {
  /// The method's own scale, such as the logit `z` of the network; `NaN` without a forecast.
  package let score: Layer<Float>
  /// 0 ... 1; `NaN` without a forecast.
  package let probability: Layer<Float>
  /// 1 ... 5, METHOD 7.3; 0 without a forecast.
  package let level: Layer<UInt8>
  /// `Driver` of each cell, 0 without a forecast; `nil` when not asked for or the method has none.
  package let drivers: Layer<UInt8>?
  /// Standard deviation between the probabilities of an ensemble's members; `nil` for a single model.
  package let spread: Layer<Float>?
  /// What each group of `Driver.groups` adds to the score.
  package let contributions: LayerStack<Float>?
}

/// What a method says of a day before calibration and levels, which all methods share.
package struct RiskScores: Sendable {
  /// Any scale on which more means more dangerous; `NaN` where not wanted or where an input is missing.
  package let scores: Layer<Float>
  /// What each group of `Driver.groups` adds; `nil` when not asked for or the method cannot tell.
  package let contributions: LayerStack<Float>?
  /// What each member of an ensemble says, on the scale of `scores`, a band a member; `nil` for a single model.
  package let members: LayerStack<Float>?

  package init(
    scores: Layer<Float>, contributions: LayerStack<Float>? = nil, members: LayerStack<Float>? = nil
  ) {
    self.scores = scores
    self.contributions = contributions
    self.members = members
  }
}

/// The payload of a model, opened by its method: turns a day's inputs into scores.
package protocol RiskScorer: Sendable {
  /// Cells around the forecast ones that `ForecastInputs` must reach.
  var halo: Int { get }
  /// Hours of rain that `ForecastInputs` must have; whole days. The soil water at its start is the physics'.
  var windowHours: Int { get }
  /// What was learnt, in a line.
  var words: String { get }
  /// Models whose probabilities are averaged; 1 but for an ensemble.
  var members: Int { get }

  /// Scores the cells of a day.
  ///
  /// - Parameters:
  ///   - inputs: Layers of the day and their halo.
  ///   - wanted: Cells that need a score; `nil` for all.
  ///   - plan: Threads and tiles; they change no bit.
  ///   - explains: Whether to tell what each group of inputs adds.
  /// - Returns: The scores; `NaN` where a cell is not wanted or its physics is incomplete.
  /// - Throws: `missingLayer` when the method needs an input that is not there.
  func scores(
    _ inputs: ForecastInputs, wanted: Layer<Bool>?, plan: ForecastPlan, explains: Bool
  ) throws(ForecastError) -> RiskScores

  /// Scores samples, as it scores their cells on their days.
  ///
  /// - Parameters:
  ///   - picks: Places in `samples.samples`.
  ///   - samples: Where they stand.
  ///   - workers: Threads; any number gives the same scores.
  /// - Returns: A score a pick, on the scale of `RiskScores`.
  /// - Throws: `shortRain` when the rain of a sample is shorter than the method's window.
  func scores(of picks: [Int], in samples: SampleSet, workers: Workers) throws(TrainingError) -> [Double]
}

extension RiskScorer {
  package var members: Int { 1 }
}

/// A model made ready to forecast: its method's scores, calibrated and graded as its header says.
package struct Forecaster: Sendable {
  package let header: ModelHeader
  package let scorer: any RiskScorer

  /// Opens a model.
  ///
  /// - Parameters:
  ///   - file: Read or made.
  ///   - path: Its name, for the error.
  /// - Throws: What the method finds wrong with its payload.
  package init(_ file: ModelFile, path: String) throws(ForecastError) {
    header = file.header
    guard let method = Method.all.first(where: { $0.name == file.header.method }) else {
      throw .badMetadata(path: path, key: "method", reason: "this lsmap has no method \(file.header.method)")
    }
    scorer = try method.scorer(of: file.payload, path: path)
  }

  /// Reads and opens a model file; all of it is checked.
  package init(reading data: Data, path: String) throws(ForecastError) {
    try self.init(try ModelFile(reading: data, path: path), path: path)
  }

  /// What maps call the model; a synthetic one is never taken for a real one.
  package var title: String {
    header.kind == .startState ? header.title : "\(header.title) (\(header.kind.rawValue))"
  }
  package var levels: Levels { header.levels }
  package var halo: Int { scorer.halo }
  package var windowHours: Int { scorer.windowHours }

  /// The forecast of a day; parameters and errors as in `RiskScorer.scores`.
  package func forecast(
    _ inputs: ForecastInputs, wanted: Layer<Bool>? = nil, plan: ForecastPlan, drivers: Bool = false
  ) throws(ForecastError) -> RiskForecast {
    let found = try scorer.scores(inputs, wanted: wanted, plan: plan, explains: drivers)
    let probability = found.scores.map(header.probability(of:))
    return RiskForecast(
      score: found.scores, probability: probability, level: probability.map(levels.level(of:)),
      drivers: found.contributions.map(Driver.layer), spread: found.spread(header.probability(of:)),
      contributions: found.contributions)
  }
}
