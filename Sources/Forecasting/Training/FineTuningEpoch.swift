import Neural
import Statistics

/// Fine-tuning: one epoch of `L = l(z) + λ1 l(ẑ) + λ2 KL(q‖p)`, `l` the focal loss (METHOD 5) or another of `LabelLoss`.
///
/// Labelled samples carry the losses of the labels, all samples with a physics the distillation. Means are over the samples that
/// carry a part.
struct FineTuningEpoch {
  let samples: SampleSet
  /// Labelled and unlabelled samples.
  let training: [Int]
  /// The teacher's probability of each sample of the set.
  let teaching: [Double]
  let settings: TrainingSettings
  let scaling: InputScaling
  let batches: ChunkedBatch
  let groups: ParameterGroups
  let labelLoss: LabelLoss.OfLogit

  init(_ run: TrainingRun) {
    (samples, training, teaching) = (run.samples, run.training + run.unlabelled, run.teaching)
    (settings, scaling, batches, groups) = (run.settings, run.scaling, run.batches, run.groups)
    labelLoss = run.labelLoss
  }

  var batchesAnEpoch: Int { (training.count + settings.finetuning.batch - 1) / settings.finetuning.batch }

  /// Runs one epoch.
  ///
  /// - Parameter state: With `epochs` done; changed.
  /// - Returns: The epoch's figures.
  /// - Throws: `notANumber`.
  func run(_ state: inout TrainingState) throws(TrainingError) -> EpochRecord {
    let options = settings.finetuning
    let perEpoch = batchesAnEpoch
    let course = LearningRate(
      peak: 1, warmUp: options.warmUpEpochs * perEpoch, steps: options.epochs * perEpoch)
    var order = training
    var stream = RandomStream(seed: settings.seed, "finetuning batches", .number(state.epochs))
    stream.shuffle(&order)
    var gradient = [Float](repeating: 0, count: batches.layout.count)
    var record = EpochRecord(phase: .finetuning, epoch: state.epochs + 1, loss: 0)
    for number in 0..<perEpoch {
      let picks = Array(order[number * options.batch..<min(order.count, (number + 1) * options.batch)])
      let step = state.epochs * perEpoch + number
      let isNoisy = options.noiseWeight > 0 && step >= max(perEpoch, options.noiseFreeSteps)
      let parts = losses(of: picks, state, number: number, isNoisy: isNoisy)
      let loss = parts.focal + options.noiseWeight * parts.noisy + options.distillation * parts.distillation
      guard loss.isFinite else {
        throw .notANumber(
          phase: "fine-tuning", epoch: record.epoch, batch: number + 1,
          samples: picks.map { samples.key(of: samples.samples[$0]).words })
      }
      let mean = parts.latentSquare / Double(picks.count * settings.network.latent)
      state.latentSquare = state.latentSquare > 0 ? 0.99 * state.latentSquare + 0.01 * mean : mean
      batches.sumGradients(picks.count, into: &gradient)
      let clip = clippingFactor(gradient, limit: settings.optimiser.clipping)
      let encoderRate = state.epochs < options.slowEpochs ? options.slowRate : options.rate
      state.optimiser.step(
        &state.parameters.values, gradient: gradient, scale: clip.factor,
        groups: groups.finetuning(rate: options.rate * course(step), encoderRate: encoderRate * course(step)))
      record.loss += loss / Double(perEpoch)
      record.focal += parts.focal / Double(perEpoch)
      record.noisyFocal += parts.noisy / Double(perEpoch)
      record.distillation += parts.distillation / Double(perEpoch)
      record.gradientNorm += clip.norm / Double(perEpoch)
      record.rate = options.rate * course(step)
    }
    record.skip = state.parameters.skip.map(Double.init)
    return record
  }

  /// Forward and backward of a batch; the chunks' gradients are left in `batches`.
  private func losses(
    of picks: [Int], _ state: TrainingState, number: Int, isNoisy: Bool
  ) -> FineTuningLosses {
    let options = settings.finetuning
    let labelled = picks.count { samples.samples[$0].label != .unlabelled }
    let taught = picks.count { options.distilsPositives || samples.samples[$0].label != .landslide }
    let weights = FineTuningWeights(
      labelLoss: labelLoss, settings: options,
      labelled: Double(max(labelled, 1)), taught: Double(max(taught, 1)))
    let (epoch, set, teaching, settings, scaling) = (state.epochs, samples, teaching, settings, scaling)
    let shift = options.shiftNoise * state.latentSquare.squareRoot()
    let parts = OrderedParts(count: ChunkedBatch.chunks(of: picks.count).count, empty: FineTuningLosses())
    batches.forEach(picks.count, parameters: state.parameters) { chunk, rows, pass, tape in
      var stream = RandomStream(seed: settings.seed, "finetuning", .number(epoch), .number(number), .number(chunk))
      let inputs = augmentedInputs(
        set, picks: picks[rows], settings: settings, scaling: scaling, stream: &stream, tape: tape)
      var noiseStream = RandomStream(seed: stream.next(), "feature noise")
      let latent = pass.latent(inputs, dropout: NetworkDropout(settings, stream: stream), on: tape)
      let z = pass.logits(latent, physics: inputs.logits, on: tape)
      var noisy: Activation?
      if isNoisy {
        let a = (0..<latent.count).map { _ in Float(noiseStream.normal(mean: 1, deviation: options.scaleNoise)) }
        let b = (0..<latent.count).map { _ in Float(noiseStream.normal(deviation: shift)) }
        let perturbed = tape.perturb(latent, scale: a, shift: b, detached: options.detachesNoise)
        noisy = pass.logits(perturbed, physics: inputs.logits, on: tape)
      }
      var part = weights.apply(
        to: z, noisy, labels: picks[rows].map { set.samples[$0].label }, teaching: picks[rows].map { teaching[$0] })
      for index in 0..<latent.count { part.latentSquare += Double(latent.values[index]) * Double(latent.values[index]) }
      tape.goBack()
      parts.set(part, at: chunk)
    }
    return parts.all.reduce(into: FineTuningLosses()) {
      $0.focal += $1.focal
      $0.noisy += $1.noisy
      $0.distillation += $1.distillation
      $0.latentSquare += $1.latentSquare
    }
  }
}

/// Sums over the samples of a chunk, or means over a batch.
struct FineTuningLosses {
  var focal = 0.0
  var noisy = 0.0
  var distillation = 0.0
  var latentSquare = 0.0
}

/// The losses of a batch with their weights, and how many samples share each.
struct FineTuningWeights: Sendable {
  let labelLoss: LabelLoss.OfLogit
  let settings: FineTuningSettings
  let labelled: Double
  let taught: Double

  /// Losses of a chunk as its part of the batch's means; sets the gradients of the logits.
  func apply(
    to z: Activation, _ noisy: Activation?, labels: [Sample.Label], teaching: [Double]
  ) -> FineTuningLosses {
    var sums = FineTuningLosses()
    guard let slope = z.gradient else { return sums }
    for (row, label) in labels.enumerated() {
      let isPositive = label == .landslide
      var total = 0.0
      if label != .unlabelled {
        let plain = labelLoss(Double(z.values[row]), isPositive)
        sums.focal += plain.loss / labelled
        total += plain.slope / labelled
        if let noisy, let noisySlope = noisy.gradient {
          let shaken = labelLoss(Double(noisy.values[row]), isPositive)
          sums.noisy += shaken.loss / labelled
          noisySlope[row] = Float(settings.noiseWeight * shaken.slope / labelled)
        }
      }
      if settings.distilsPositives || !isPositive {
        let q = min(max(teaching[row], settings.teacherClip), 1 - settings.teacherClip)
        let taughtBy = distillationLoss(teacher: q, logit: Double(z.values[row]))
        sums.distillation += taughtBy.loss / taught
        total += settings.distillation * taughtBy.slope / taught
      }
      slope[row] = Float(total)
    }
    return sums
  }
}
