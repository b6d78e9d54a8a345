package import Neural

/// The figures of one epoch, a row of the loss curves.
package struct EpochRecord: Hashable, Sendable, Codable {
  package var phase: TrainingPhase
  /// From 1.
  package var epoch: Int
  /// Mean over the batches: contrastive loss, focal + λ1 focal-noise + λ2 distillation, or squared distance.
  package var loss: Double
  /// Parts of the fine-tuning loss, before their weights; 0 in pre-training.
  package var focal = 0.0
  package var noisyFocal = 0.0
  package var distillation = 0.0
  /// Of a training that aligns regions.
  package var alignment: AlignmentLosses?
  /// Mean norm of the gradient before clipping.
  package var gradientNorm = 0.0
  /// Learning rate of the last step.
  package var rate = 0.0
  /// Batches without an anchor that has a positive and a negative.
  package var skippedBatches = 0
  /// Weight `a` of the physics after the epoch; `nil` without the skip.
  package var skip: Double?

  package init(phase: TrainingPhase, epoch: Int, loss: Double) {
    self.phase = phase
    self.epoch = epoch
    self.loss = loss
  }
}

package enum TrainingPhase: String, Sendable, Codable {
  case pretraining
  case finetuning
  /// Of a head on the features of a network that is trained: no phase of the network.
  case oneClass
}

/// A run between two epochs: all that the rest of it depends on, besides samples and settings.
///
/// Random numbers come from streams named by seed, phase, epoch, batch and chunk, so no stream has to be kept.
package struct TrainingState: Sendable, Equatable {
  package var parameters: NetworkParameters
  package var optimiser: AdamW
  package var phase: TrainingPhase
  /// Epochs of the phase that are done.
  package var epochs: Int
  /// Running mean square of the latent features; 0 before the first batch.
  package var latentSquare: Double
  package var records: [EpochRecord]

  package init(
    parameters: NetworkParameters, optimiser: AdamW, phase: TrainingPhase, epochs: Int = 0, latentSquare: Double = 0,
    records: [EpochRecord] = []
  ) {
    self.parameters = parameters
    self.optimiser = optimiser
    self.phase = phase
    self.epochs = epochs
    self.latentSquare = latentSquare
    self.records = records
  }
}
