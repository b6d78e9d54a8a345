/// A row of the tables of `evaluate`: where the scores of test samples come from.
package struct EvaluatedMethod: Sendable {
  /// What decides the score of a sample.
  package enum Source: Sendable {
    /// A figure of the sample's own, without any label.
    case physics(@Sendable (Sample) -> Double)
    /// The hybrid network, trained on the other side with some settings changed.
    case trained(change: @Sendable (inout TrainingSettings) -> Void)
  }

  /// As the command line has it.
  package let name: String
  /// As tables have it.
  package let title: String
  package let source: Source

  package var isTrained: Bool {
    if case .trained = source { true } else { false }
  }

  private static func physics(
    _ name: String, _ title: String, _ score: @escaping @Sendable (Sample) -> Double
  ) -> EvaluatedMethod {
    EvaluatedMethod(name: name, title: title, source: .physics(score))
  }

  private static func trained(
    _ name: String, _ title: String, _ change: @escaping @Sendable (inout TrainingSettings) -> Void = { _ in }
  ) -> EvaluatedMethod {
    EvaluatedMethod(name: name, title: title, source: .trained(change: change))
  }

  /// Every method there is; the first is what the others are compared with (METHOD 6).
  package static let all: [EvaluatedMethod] = [
    physics("swi-ews", "SWI-EWS") { Double($0.earlyWarning) },
    physics("soil-water", "largest SWI of the day") { Double($0.physics.soilWaterMaximum) },
    physics("rank", "historical rank k") { Double($0.physics.rank) },
    physics("anomaly", "q = max(q_rbf, k^20)") { Double($0.physics.q) },
    trained("proposed", "proposed"),
    trained("without-rccl", "without RCCL (SupCon)") { $0.pretraining.loss = "supcon" },
    trained("rccl-a", "RCCL over all in the denominator") { $0.pretraining.loss = "rccl-a" },
    trained("without-pretraining", "without pre-training") { $0.pretraining.epochs = 0 },
    trained("without-sfa", "without SFA") { $0.finetuning.noiseWeight = 0 },
    trained("without-kd", "without KD") { $0.finetuning.distillation = 0 },
    trained("without-skip", "without skip") { $0.skips = false },
  ]

  /// - Throws: `unknownMethod` for a name that is in no row.
  package init(named name: String) throws(ForecastError) {
    guard let method = Self.all.first(where: { $0.name == name }) else {
      throw .unknownMethod(name, known: Self.all.map(\.name))
    }
    self = method
  }

  private init(name: String, title: String, source: Source) {
    self.name = name
    self.title = title
    self.source = source
  }
}
