package import Mesh
package import Neural
import SoilWater

/// A trained network made ready for whole areas. It scores by its logit, or by how far its features are from those of days
/// without a landslide.
package struct HybridScorer: RiskScorer {
  /// The method's name, for the error.
  let method: String
  package let model: HybridNetwork
  package let network: DenseNetwork
  private let distance: OneClassHead?

  package init(_ model: HybridNetwork, distance: OneClassHead? = nil, method: String = Method.proposed.name) {
    self.method = method
    self.model = model
    self.distance = distance
    network = DenseNetwork(model.parameters, distance: distance)
  }

  package var halo: Int { network.shape.halo }
  package var windowHours: Int { network.shape.hours }
  package var words: String {
    let shape = network.shape
    let rain = "\(shape.tokens) tokens of \(shape.hoursPerToken) h, \(shape.layers) layers of width \(shape.width)"
    let parts = [
      "network: patch of \(shape.patch) cells", shape.readsRain ? rain : "no rain",
      shape.readsGround ? nil : "no ground",
      "\(shape.physics) physics inputs", distance?.words ?? (shape.hasSkip ? nil : "no skip"),
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  package func scores(
    _ inputs: ForecastInputs, wanted: Layer<Bool>?, plan: ForecastPlan, explains: Bool
  ) throws(ForecastError) -> RiskScores {
    if network.shape.readsMemory { try inputs.physics.requireMemory(of: method) }
    let (logits, contributions) = network.evaluate(
      inputs, scaling: model.scaling, wanted: wanted, plan: plan, contributions: explains)
    return RiskScores(scores: logits, contributions: contributions)
  }

  package func scores(
    of picks: [Int], in samples: SampleSet, workers: Workers
  ) throws(TrainingError) -> [Double] {
    let (parameters, scaling) = (model.parameters, model.scaling)
    guard let distance else {
      return try logits(of: picks, in: samples, parameters: parameters, scaling: scaling, workers: workers)
    }
    let rows = try features(of: picks, in: samples, parameters: parameters, scaling: scaling, workers: workers)
    let width = distance.features
    return picks.indices.map { distance.score(rows[$0 * width..<($0 + 1) * width]) }
  }
}

extension Method {
  /// The proposed method (METHOD 3 to 5).
  static let proposed = hybrid("proposed", title: "proposed", start: { .startState(physics: $0, tool: $1) }) { _ in }

  /// The hybrid network, trained with some settings changed. Its score is the logit `z`.
  static func hybrid(
    _ name: String, title: String, needs: Set<Need> = [.physics, .memory, .rain, .ground],
    start: (@Sendable (PhysicsSettings, String) -> ModelFile)? = nil,
    adjust: @escaping @Sendable (inout TrainingSettings) -> Void
  ) -> Method {
    Method(
      name, title: title, needs: needs, adjust: adjust, learn: learnHybrid,
      open: { (payload, path) throws(ForecastError) in
        HybridScorer(try HybridNetwork(payload, path: path), method: name)
      },
      start: start)
  }
}

private func learnHybrid(_ lesson: Lesson) throws -> Learned {
  let (network, records) = try trainNetwork(lesson)
  return Learned(payload: network.payload(), recipe: lesson.settings.words, records: records)
}

/// Pre-trains and fine-tunes the network; a checkpoint after each epoch lets an interrupted run go on bit for bit.
///
/// - Parameters:
///   - lesson: What is learnt from.
///   - furtherEpochs: Epochs of something else that follow.
/// - Returns: The network, and a row an epoch.
/// - Throws: What the run throws, and what `lesson` throws after an epoch.
func trainNetwork(_ lesson: Lesson, furtherEpochs: Int = 0) throws -> (network: HybridNetwork, records: [EpochRecord]) {
  let keeper = lesson.keeper
  let run = try TrainingRun(
    lesson.samples, training: lesson.training, settings: lesson.settings, workers: lesson.workers)
  let saved = try keeper?.savedState(of: lesson.settings)
  let end = try run.run(from: saved ?? run.start) { state in
    try keeper?.save(state, of: lesson.settings)
    if let record = state.records.last { try lesson.onEpoch(record, state.records.count, run.epochs + furtherEpochs) }
  }
  return (HybridNetwork(parameters: end.parameters, scaling: run.scaling), end.records)
}

extension TrainingSettings {
  /// How the network is trained.
  var words: String {
    let (first, second) = (pretraining, finetuning)
    let losses = [
      second.loss, second.noiseWeight > 0 ? "\(second.noiseWeight) noise" : nil,
      second.distillation > 0 ? "\(second.distillation) distillation of \(second.teacher)" : nil,
      network.reconstruction.map { _ in
        "\(statedAlignment.discrepancy) discrepancy of regions + \(statedAlignment.adversary) adversary + "
          + "\(statedAlignment.reconstruction) reconstruction"
      },
    ]
    let parts = [
      first.epochs > 0 ? "\(first.epochs) epochs \(first.loss)" : nil,
      "\(second.epochs) epochs \(losses.compactMap { $0 }.joined(separator: " + "))", "rate \(second.rate)",
      network.hasSkip ? nil : "no skip",
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}
