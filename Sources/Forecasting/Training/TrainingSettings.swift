package import Neural

/// Everything that decides what a training run gives, with the defaults of METHOD 11. Threads are no part of it.
package struct TrainingSettings: Hashable, Sendable, Codable {
  package var network: NetworkShape
  package var seed: UInt64 = 0
  package var pretraining = PreTrainingSettings()
  package var finetuning = FineTuningSettings()
  package var optimiser = OptimiserSettings()
  package var trees = TreeSettings()
  /// `nil` where no row or setting asks for it.
  package var oneClass: OneClassSettings?
  /// `nil` where no row or setting asks for it; read by a network with a decoder.
  package var alignment: AlignmentSettings?
  /// Dropout in the transformer.
  package var dropout = 0.1
  /// Dropout of the whole rain or ground of a sample.
  package var branchDropout = 0.0
  /// Dropout of the latent features.
  package var latentDropout = 0.0
  /// Whether the physics is standardised on the training samples; the paper's letter feeds it as it is.
  package var standardisesPhysics = false
  /// Whether samples are augmented (METHOD 4.3), in both phases.
  package var augments = true
  /// `a` at the start.
  package var skipStart = 0.5
  /// A class is fed to the network when at least this many training samples show it.
  package var leastClassSamples = 20

  /// Models of an ensemble; `nil` for a single one.
  package var members: Int?

  /// The most members an ensemble may have.
  package static let mostMembers = 100

  package init(network: NetworkShape) { self.network = network }

  /// Models that learn with seeds of their own, 1 for a single one.
  package var statedMembers: Int {
    get { members ?? 1 }
    set { members = newValue == 1 ? nil : newValue }
  }

  /// The one-class reading, its defaults where nobody asked for another.
  package var statedOneClass: OneClassSettings {
    get { oneClass ?? OneClassSettings() }
    set { oneClass = newValue }
  }

  /// The alignment of regions, its defaults where nobody asked for another.
  package var statedAlignment: AlignmentSettings {
    get { alignment ?? AlignmentSettings() }
    set { alignment = newValue }
  }

  /// What is wrong with the numbers; `nil` when a run can begin.
  package var flaw: String? {
    if let flaw = network.flaw ?? trees.flaw ?? oneClass?.flaw ?? alignment?.flaw { return flaw }
    let rates = [pretraining.rate, finetuning.rate, finetuning.slowRate]
    guard rates.allSatisfy({ $0 > 0 && $0 < 1 }) else { return "a learning rate outside 0 ... 1" }
    guard pretraining.batch >= 8, finetuning.batch >= 1, pretraining.epochs >= 0, finetuning.epochs >= 1 else {
      return "a batch below 8 (pre-training) or 1, or no epochs"
    }
    guard [dropout, branchDropout, latentDropout].allSatisfy((0..<1).contains), pretraining.temperature > 0,
      (0.01...0.99).contains(pretraining.positiveShare)
    else { return "dropout, temperature or share of positives out of range" }
    guard finetuning.labelLoss != nil else {
      return
        "no loss of labels is named \(finetuning.loss), but \(LabelLoss.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    guard finetuning.distillationTeacher != nil else { return "no teacher is named \(finetuning.teacher)" }
    guard finetuning.distillation >= 0, finetuning.noiseWeight >= 0, (0..<0.5).contains(finetuning.teacherClip),
      finetuning.scaleNoise >= 0, finetuning.shiftNoise >= 0, skipStart > 0
    else { return "a weight or deviation of the fine-tuning is negative" }
    guard (0..<1).contains(optimiser.beta1), (0..<1).contains(optimiser.beta2), optimiser.decay >= 0,
      optimiser.epsilon > 0, optimiser.clipping > 0
    else { return "a number of AdamW is out of range" }
    guard (1...Self.mostMembers).contains(statedMembers) else { return "members outside 1 ... \(Self.mostMembers)" }
    return nil
  }
}

/// Region-conditional contrastive pre-training (METHOD 4).
package struct PreTrainingSettings: Hashable, Sendable, Codable {
  package var loss = "rccl"
  /// `τ`.
  package var temperature = 0.5
  package var batch = 128
  package var positiveShare = 0.25
  /// 0 leaves the phase out.
  package var epochs = 100
  package var warmUpEpochs = 5
  package var rate = 1e-4

  package init() {}

  package var contrastiveLoss: ContrastiveLoss? { ContrastiveLoss(rawValue: loss) }
}

/// Fine-tuning with focal loss, noise on the features and distillation (METHOD 5).
package struct FineTuningSettings: Hashable, Sendable, Codable {
  package var batch = 128
  package var epochs = 50
  package var warmUpEpochs = 5
  package var rate = 1e-4
  /// Rate of the pre-trained encoders in the first `slowEpochs`.
  package var slowRate = 1e-5
  package var slowEpochs = 5
  /// What a label costs: a name of `LabelLoss`.
  package var loss = LabelLoss.focal.rawValue
  package var focalAlpha = 0.25
  package var focalGamma = 2.0
  /// `λ1`, weight of the focal loss after noise on the features; 0 leaves it out.
  package var noiseWeight = 3.0
  /// `σ1`, deviation of the factor.
  package var scaleNoise = 0.3
  /// `σ2`, deviation of the summand, in running root mean squares of the features.
  package var shiftNoise = 0.3
  /// Steps before the noise begins; one epoch when that is more.
  package var noiseFreeSteps = 500
  /// Keeps the noisy loss from reaching below the classifier.
  package var detachesNoise = false
  /// `λ2`; 0 leaves it out.
  package var distillation = 0.1
  /// Who is distilled: a name of `DistillationTeacher`.
  package var teacher = DistillationTeacher.physics.rawValue
  /// The teacher's probability is clipped to this and 1 minus this.
  package var teacherClip = 0.01
  package var distilsPositives = true

  package init() {}

  package var labelLoss: LabelLoss? { LabelLoss(rawValue: loss) }
  package var distillationTeacher: DistillationTeacher? { DistillationTeacher(rawValue: teacher) }
}

/// AdamW and what goes with it.
package struct OptimiserSettings: Hashable, Sendable, Codable {
  package var beta1: Float = 0.9
  package var beta2: Float = 0.999
  package var epsilon: Float = 1e-8
  package var decay: Float = 0.01
  /// Largest Euclidean norm of the gradient.
  package var clipping = 1.0

  package init() {}

  func makeOptimiser(count: Int) -> AdamW {
    var optimiser = AdamW(count: count)
    optimiser.beta1 = beta1
    optimiser.beta2 = beta2
    optimiser.epsilon = epsilon
    optimiser.decay = decay
    return optimiser
  }
}
