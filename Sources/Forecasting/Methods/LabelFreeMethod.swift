import Evaluation
import SoilWater

/// How a label-free method forecasts before anybody measured its recall: its score, cut to 0 ... 1, is no probability.
struct LabelFreeStart: Sendable {
  let title: String
  /// Lower edges of the levels 2 to 5 on the score.
  let edges: [Float]
  /// Why there, in words.
  let origin: String

  func model(of method: String, physics: PhysicsSettings, tool: String) -> ModelFile {
    ModelFile(
      header: ModelHeader(
        method: method, kind: .startState, title: title,
        levels: Levels(edges: edges, origin: origin, isMeasured: false), calibration: nil, training: .none(seed: 0),
        physics: physics, tool: tool),
      payload: ModelPayload())
  }
}

extension Method {
  /// A method whose score is a figure of the physics. All it learns is the header's: how its score is calibrated, and
  /// which recall its levels have.
  ///
  /// - Parameters:
  ///   - name: As the command line has it.
  ///   - title: As tables have it.
  ///   - needsMemory: Whether the score reads what the cell has survived.
  ///   - start: Its levels by convention; `nil` where there are none.
  ///   - score: Higher means more dangerous; any scale.
  /// - Returns: The row.
  static func labelFree(
    _ name: String, title: String, needsMemory: Bool = false, start: LabelFreeStart? = nil,
    score: @escaping @Sendable (CellEvidence) -> Float
  ) -> Method {
    let starts: (@Sendable (PhysicsSettings, String) -> ModelFile)? =
      if let start { { start.model(of: name, physics: $0, tool: $1) } } else { nil }
    return Method(
      name, title: title, needs: needsMemory ? [.physics, .memory] : [.physics],
      learn: { _ in Learned(payload: ModelPayload(), recipe: "no labels but for the levels") },
      open: { (payload, path) throws(ForecastError) in
        try payload.requireNothingElse(path: path)
        return CellwiseScorer(method: name, words: "\(title), nothing learnt", needsMemory: needsMemory, score: score)
      },
      start: starts,
      score: { Double(score($0.evidence)) })
  }
}
