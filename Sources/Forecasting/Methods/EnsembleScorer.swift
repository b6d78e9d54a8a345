import Evaluation
import Foundation
package import Mesh
package import Neural

/// Several models of one method, which learnt from the same samples with other seeds: their mean probability is the risk, and
/// how far they differ is what none of them knows.
///
/// Each member's score is made a probability by Platt's calibration of its own, so that members of any scale can be averaged.
/// With `x_m` the calibrated logit of member `m`:
///
///     score = logit of the mean of σ(x_m) = ln Σ σ(x_m) − ln Σ σ(−x_m)
///
/// The header's calibration and levels are measured on this score, as on any other.
/// - Source: Lakshminarayanan et al. 2017; METHOD.md 7.4.
package struct EnsembleScorer: RiskScorer {
  /// A model, and what makes its score a logit.
  struct Member: Sendable {
    let scorer: any RiskScorer
    let calibration: Calibration

    /// `x_m`; `NaN` for a `NaN`.
    func logit(_ score: Double) -> Double { calibration.slope * score + calibration.offset }
  }

  let ensemble: [Member]

  package var halo: Int { ensemble.map(\.scorer.halo).max() ?? 0 }
  package var windowHours: Int { ensemble.map(\.scorer.windowHours).max() ?? 0 }
  package var members: Int { ensemble.count }
  package var words: String { "ensemble of \(ensemble.count), each: \(ensemble.first?.scorer.words ?? "")" }

  /// The score of members' logits; `NaN` where one is.
  static func score(_ logits: [Double]) -> Double {
    let (yes, no) = logits.reduce(into: (0.0, 0.0)) {
      $0.0 += logistic($1)
      $0.1 += logistic(-$1)
    }
    return log(yes) - log(no)
  }

  package func scores(
    _ inputs: ForecastInputs, wanted: Layer<Bool>?, plan: ForecastPlan, explains: Bool
  ) throws(ForecastError) -> RiskScores {
    let grid = inputs.grid
    var logits = LayerStack(grid: grid, bands: ensemble.count, filledWith: Float.nan)
    var contributions: LayerStack<Float>?
    for (band, member) in ensemble.enumerated() {
      let found = try member.scorer.scores(inputs, wanted: wanted, plan: plan, explains: explains)
      logits.values.replaceSubrange(
        band * grid.count..<(band + 1) * grid.count,
        with: found.scores.values.map { Float(member.logit(Double($0))) })
      guard let own = found.contributions else { continue }
      // What a group adds to the logit of a member, in the mean.
      let share = Float(member.calibration.slope / Double(ensemble.count))
      let before = contributions?.values ?? [Float](repeating: 0, count: own.values.count)
      contributions = LayerStack(grid: grid, bands: own.bands, values: zip(before, own.values).map { $0 + share * $1 })
    }
    let scores = (0..<grid.count).map { cell in
      Float(Self.score((0..<ensemble.count).map { Double(logits.values[$0 * grid.count + cell]) }))
    }
    return RiskScores(scores: Layer(grid: grid, values: scores), contributions: contributions, members: logits)
  }

  package func scores(
    of picks: [Int], in samples: SampleSet, workers: Workers
  ) throws(TrainingError) -> [Double] {
    var logits: [[Double]] = []
    for member in ensemble {
      logits.append(try member.scorer.scores(of: picks, in: samples, workers: workers).map(member.logit))
    }
    return picks.indices.map { place in Self.score(logits.map { $0[place] }) }
  }
}

extension RiskScores {
  /// Standard deviation between the members' probabilities, each calibrated as the mean is; `nil` where there is one model.
  func spread(_ probability: (Float) -> Float) -> Layer<Float>? {
    members.map { stack in
      let (cells, count) = (stack.grid.count, Double(stack.bands))
      return Layer(
        grid: stack.grid,
        values: (0..<cells).map { cell in
          let own = (0..<stack.bands).map { Double(probability(stack.values[$0 * cells + cell])) }
          let mean = own.reduce(0, +) / count
          return Float((own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
        })
    }
  }
}
