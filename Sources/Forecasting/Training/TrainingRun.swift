import Foundation
package import Neural

/// Pre-training and fine-tuning of the hybrid network on some samples of a set.
package struct TrainingRun {
  package let samples: SampleSet
  package let settings: TrainingSettings
  /// Labelled training samples.
  package let training: [Int]
  /// Samples without a label that join the fine-tuning for distillation only.
  package let unlabelled: [Int]
  package let scaling: InputScaling
  /// The teacher's probability of each sample of the set.
  let teaching: [Double]
  package let batches: ChunkedBatch
  package let groups: ParameterGroups
  private let sampler: BalancedSampler?
  /// Draws of regions, and what the decoder is to make; `nil` for a network without one.
  private let alignment: (sampler: RegionSampler, targets: ReconstructionTargets)?
  private let loss: ContrastiveLoss

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - samples: Where they stand.
  ///   - training: Places of the samples that may be learnt from; those without a label only join the distillation.
  ///   - settings: Everything that decides the result.
  ///   - workers: Threads; any number gives the same bytes.
  /// - Throws: `cannotTrain` when the settings or samples do not allow it, `shortRain` when the rain of a sample is
  ///   shorter than the network's window.
  package init(
    _ samples: SampleSet, training: [Int], settings: TrainingSettings, workers: Workers
  ) throws(TrainingError) {
    if let flaw = settings.flaw { throw .cannotTrain(reason: flaw) }
    guard let loss = settings.pretraining.contrastiveLoss, let teacher = settings.finetuning.distillationTeacher else {
      throw .cannotTrain(reason: "no contrastive loss is named \(settings.pretraining.loss)")
    }
    self.samples = samples
    self.settings = settings
    self.training = training.filter { samples.samples[$0].label != .unlabelled }
    unlabelled = training.filter { samples.samples[$0].label == .unlabelled }
    try samples.requireBothClasses(of: self.training)
    try samples.requireWindows(of: training, hours: settings.network.hours)
    scaling = InputScaling(
      fitting: samples, training: self.training, patch: settings.network.patch,
      leastSamples: settings.leastClassSamples,
      physics: settings.standardisesPhysics ? settings.network.physics : nil)
    teaching = teacher.probabilities(of: samples, training: self.training, inputs: settings.network.physics)
    batches = ChunkedBatch(layout: NetworkLayout(settings.network), workers: workers)
    groups = ParameterGroups(settings.network)
    self.loss = loss
    sampler =
      settings.pretraining.epochs > 0
      ? try BalancedSampler(
        samples, training: self.training, batch: settings.pretraining.batch,
        positiveShare: settings.pretraining.positiveShare) : nil
    alignment =
      settings.network.reconstruction != nil
      ? (
        try RegionSampler(samples, training: self.training, settings: settings.statedAlignment),
        ReconstructionTargets(
          samples, training: self.training, scaling: scaling, hours: settings.network.hours)
      ) : nil
  }

  /// Share of landslides among the labelled training samples.
  package var prevalence: Double {
    Double(training.count { samples.samples[$0].label == .landslide }) / Double(training.count)
  }

  /// What a label costs.
  var labelLoss: LabelLoss.OfLogit {
    let options = settings.finetuning
    guard let loss = options.labelLoss else { preconditionFailure("no loss is named \(options.loss)") }
    return loss.ofLogit(options, prevalence: prevalence)
  }

  package var epochs: Int { settings.pretraining.epochs + settings.finetuning.epochs }

  /// The state before the first epoch.
  package var start: TrainingState {
    var parameters = NetworkParameters(settings.network, seed: settings.seed)
    if settings.network.hasSkip { parameters["skip.raw"] = [NetworkParameters.rawSkip(of: settings.skipStart)] }
    let state = TrainingState(
      parameters: parameters, optimiser: settings.optimiser.makeOptimiser(count: parameters.values.count),
      phase: .pretraining)
    return settings.pretraining.epochs > 0 ? state : beginFineTuning(state)
  }

  /// Runs the epochs that are left.
  ///
  /// - Parameters:
  ///   - state: `start`, or a state that was handed to `afterEpoch`.
  ///   - afterEpoch: Gets the state after each epoch, for the checkpoint and the curves.
  /// - Returns: The last state.
  /// - Throws: `notANumber`, `cannotTrain` when more than 5 % of an epoch's batches had no anchor, or what `afterEpoch`
  ///   throws.
  package func run(
    from state: TrainingState, afterEpoch: (TrainingState) throws -> Void = { _ in }
  ) throws -> TrainingState {
    var state = state
    while state.phase == .pretraining || state.epochs < settings.finetuning.epochs {
      var next = state
      next.records.append(try epoch(&next))
      next.epochs += 1
      if next.phase == .pretraining && next.epochs == settings.pretraining.epochs { next = beginFineTuning(next) }
      state = next
      try afterEpoch(state)
    }
    return state
  }

  /// One epoch of the state's phase.
  package func epoch(_ state: inout TrainingState) throws(TrainingError) -> EpochRecord {
    guard state.phase == .pretraining, let sampler else {
      guard let alignment else { return try FineTuningEpoch(self).run(&state) }
      return try AlignmentEpoch(self, alignment.sampler, alignment.targets).run(&state)
    }
    let names = samples.regions
    let record = try ContrastiveEpoch(
      samples: samples, sampler: sampler, loss: loss, settings: settings, scaling: scaling, batches: batches,
      groups: groups, regions: samples.sites.map { names.firstIndex(of: $0.region) ?? 0 }
    ).run(&state)
    if Double(record.skippedBatches) > 0.05 * Double(sampler.batches) {
      throw .cannotTrain(
        reason: "\(record.skippedBatches) of \(sampler.batches) batches lack anchors; enlarge the batch")
    }
    return record
  }

  /// A fresh optimiser, and a classifier that begins with the prior: weights 0, bias `logit(π) − a mean(logit q)`.
  private func beginFineTuning(_ state: TrainingState) -> TrainingState {
    var parameters = state.parameters
    let share = prevalence
    let mean = training.reduce(0.0) { $0 + Double(samples.samples[$1].physics.logit) } / Double(training.count)
    let physics = parameters.skip.map { Double($0) * mean } ?? 0
    parameters["classifier.bias"] = [Float(logit(share) - physics)]
    return TrainingState(
      parameters: parameters, optimiser: settings.optimiser.makeOptimiser(count: parameters.values.count),
      phase: .finetuning, records: state.records)
  }
}
