import Neural

/// Whose probabilities the network is drawn to (METHOD 5).
package enum DistillationTeacher: String, CaseIterable, Sendable {
  /// The physical model's q, whose probabilities no label has calibrated.
  case physics
  /// A logistic regression on `PhysicsVector`, fitted on the labelled training samples.
  case logistic

  /// The teacher's probability of every sample of a set, before clipping; shape `(samples)`.
  ///
  /// - Parameters:
  ///   - samples: Where they stand.
  ///   - training: Labelled training samples of both classes: no other label is used.
  ///   - inputs: How many leading inputs of `PhysicsVector` the network reads: a teacher who knows more would give them away.
  /// - Returns: Probabilities, 0 ... 1.
  package func probabilities(of samples: SampleSet, training: [Int], inputs: Int) -> [Double] {
    switch self {
    case .physics: return samples.samples.map { Double($0.physics.q) }
    case .logistic:
      func row(_ sample: Sample) -> [Float] { Array(sample.physicsVector().prefix(inputs)) }
      let regression = LogisticRegression(
        fitting: training.map { row(samples.samples[$0]) },
        labels: training.map { samples.samples[$0].label == .landslide },
        inputs: Array(PhysicsVector.names.prefix(inputs)))
      return samples.samples.map { Neural.logistic(regression.logit(row($0))) }
    }
  }
}
