import Foundation
import Neural
import Statistics

/// One epoch of MMD-AAE: the loss of the labels on latent features that are the same in all regions, look like a prior and
/// keep what they were made of.
///
///     L = l(z) + w₁ MMD²(h of regions) + w₂ (softplus(D(h)) + softplus(−D(prior))) + w₃ mean (x̂ − x)²
///
/// `D` is the discriminator, whose gradient reaches the latent features reversed, `x̂` the decoder's image of the cell's inputs;
/// the prior is Laplace's of unit variance, a draw a sample. Means are over the batch.
/// - Source: Li et al. 2018; METHOD.md 6.
struct AlignmentEpoch {
  let samples: SampleSet
  let sampler: RegionSampler
  let targets: ReconstructionTargets
  let settings: TrainingSettings
  let scaling: InputScaling
  let batches: ChunkedBatch
  let groups: ParameterGroups
  let labelLoss: LabelLoss.OfLogit

  init(_ run: TrainingRun, _ sampler: RegionSampler, _ targets: ReconstructionTargets) {
    (samples, self.sampler, self.targets) = (run.samples, sampler, targets)
    (settings, scaling, batches, groups) = (run.settings, run.scaling, run.batches, run.groups)
    labelLoss = run.labelLoss
  }

  /// Runs one epoch.
  ///
  /// - Parameter state: With `epochs` done; changed.
  /// - Returns: The epoch's figures.
  /// - Throws: `notANumber`.
  func run(_ state: inout TrainingState) throws(TrainingError) -> EpochRecord {
    let (options, weights) = (settings.finetuning, settings.statedAlignment)
    let perEpoch = sampler.batches
    let steps = options.epochs * perEpoch
    let course = LearningRate(peak: 1, warmUp: options.warmUpEpochs * perEpoch, steps: steps)
    var stream = RandomStream(seed: settings.seed, "alignment batches", .number(state.epochs))
    var gradient = [Float](repeating: 0, count: batches.layout.count)
    var record = EpochRecord(phase: .finetuning, epoch: state.epochs + 1, loss: 0)
    var means = AlignmentLosses()
    for (number, picks) in sampler.epoch(from: &stream).enumerated() {
      let step = state.epochs * perEpoch + number
      let parts = losses(of: picks, state, number: number, reversal: reversalStrength(at: Double(step) / Double(steps)))
      let loss =
        parts.label + weights.discrepancy * parts.alignment.discrepancy + weights.adversary * parts.alignment.adversary
        + weights.reconstruction * parts.alignment.reconstruction
      guard loss.isFinite else {
        throw .notANumber(
          phase: "alignment of regions", epoch: record.epoch, batch: number + 1,
          samples: picks.map { samples.key(of: samples.samples[$0]).words })
      }
      batches.sumGradients(picks.count, into: &gradient)
      let clip = clippingFactor(gradient, limit: settings.optimiser.clipping)
      let encoderRate = state.epochs < options.slowEpochs ? options.slowRate : options.rate
      state.optimiser.step(
        &state.parameters.values, gradient: gradient, scale: clip.factor,
        groups: groups.finetuning(rate: options.rate * course(step), encoderRate: encoderRate * course(step)))
      let share = 1 / Double(perEpoch)
      record.loss += loss * share
      record.focal += parts.label * share
      record.gradientNorm += clip.norm * share
      record.rate = options.rate * course(step)
      means.discrepancy += parts.alignment.discrepancy * share
      means.adversary += parts.alignment.adversary * share
      means.reconstruction += parts.alignment.reconstruction * share
    }
    record.alignment = means
    return record
  }

  /// Forward and backward of a batch; the chunks' gradients are left in `batches`, those of the adversary reversed before the
  /// latent features.
  func losses(
    of picks: [Int], _ state: TrainingState, number: Int, reversal: Double
  ) -> AlignmentParts {
    let width = settings.network.latent
    var latents = [Float](repeating: 0, count: picks.count * width)
    let parts = OrderedParts(count: ChunkedBatch.chunks(of: picks.count).count, empty: AlignmentParts())
    latents.withUnsafeMutableBufferPointer { latents in
      let out = SharedBuffer(latents)
      let rows = picks.map { targets[$0] }
      let (set, settings, scaling, epoch) = (samples, settings, scaling, state.epochs)
      let heads = AlignmentHeads(
        weights: settings.statedAlignment, labelLoss: labelLoss, count: Double(picks.count), reversal: Float(reversal))
      batches.forEach(picks.count, parameters: state.parameters, keepingTapes: true) { chunk, part, pass, tape in
        var stream = RandomStream(seed: settings.seed, "alignment", .number(epoch), .number(number), .number(chunk))
        let inputs = augmentedInputs(
          set, picks: picks[part], settings: settings, scaling: scaling, stream: &stream, tape: tape)
        var prior = RandomStream(seed: stream.next(), "prior")
        let latent = pass.latent(inputs, dropout: NetworkDropout(settings, stream: stream), on: tape)
        parts.set(
          heads.apply(
            to: latent, inputs, pass, labels: picks[part].map { set.samples[$0].label == .landslide },
            targets: rows[part], prior: &prior, on: tape),
          at: chunk)
        for index in 0..<latent.count { out.buffer[part.lowerBound * width + index] = latent.values[index] }
        tape.keep(latent)
      }
    }
    var total = parts.all.reduce(into: AlignmentParts()) {
      $0.label += $1.label
      $0.alignment.adversary += $1.alignment.adversary
      $0.alignment.reconstruction += $1.alignment.reconstruction
    }
    let regions = picks.map { samples.region(of: samples.samples[$0]) }
    let places = Dictionary(uniqueKeysWithValues: Set(regions).sorted().enumerated().map { ($1, $0) })
    var slope = [Float](repeating: 0, count: latents.count)
    total.alignment.discrepancy = meanDiscrepancy(
      latents, width: width, groups: regions.map { places[$0] ?? 0 }, gradient: &slope)
    let (weight, slopes) = (Float(settings.statedAlignment.discrepancy), slope)
    batches.goBack(picks.count) { rows, tape in
      guard let gradient = tape.kept?.gradient else { return }
      // The heads add theirs on the way back.
      for index in 0..<rows.count * width { gradient[index] = weight * slopes[rows.lowerBound * width + index] }
    }
    return total
  }
}

/// Losses of a chunk as its part of a batch's means, or of the batch.
struct AlignmentParts {
  /// What the labels cost.
  var label = 0.0
  var alignment = AlignmentLosses()
}

/// The losses of the heads on the latent features of a chunk, as its part of a batch's means.
private struct AlignmentHeads: Sendable {
  let weights: AlignmentSettings
  let labelLoss: LabelLoss.OfLogit
  /// Samples of the batch.
  let count: Double
  let reversal: Float

  /// Sets the gradients of the heads' outputs.
  func apply(
    to latent: Activation, _ inputs: SampleInputs, _ pass: NetworkPass, labels: [Bool], targets: ArraySlice<[Float]>,
    prior: inout RandomStream, on tape: Tape
  ) -> AlignmentParts {
    var part = AlignmentParts()
    let z = pass.logits(latent, physics: inputs.logits, on: tape)
    let image = pass.reconstruction(latent, on: tape)
    let codes = pass.judgement(tape.reverseGradient(latent, strength: reversal), on: tape)
    let draws = pass.judgement(
      tape.input((0..<latent.count).map { _ in Float(prior.laplace()) }, columns: latent.columns), on: tape)
    for (row, isPositive) in labels.enumerated() {
      let found = labelLoss(Double(z.values[row]), isPositive)
      part.label += found.loss / count
      z.gradient?[row] = Float(found.slope / count)
      let (code, draw) = (Double(codes.values[row]), Double(draws.values[row]))
      part.alignment.adversary += (softplus(code) + softplus(-draw)) / count
      codes.gradient?[row] = Float(weights.adversary * logistic(code) / count)
      draws.gradient?[row] = Float(-weights.adversary * logistic(-draw) / count)
    }
    let values = count * Double(image.columns)
    for (index, target) in targets.joined().enumerated() {
      let gap = Double(image.values[index] - target)
      part.alignment.reconstruction += gap * gap / values
      image.gradient?[index] = Float(weights.reconstruction * 2 * gap / values)
    }
    return part
  }
}

extension RandomStream {
  /// A draw of Laplace's distribution of mean 0 and variance 1, whose scale is 1/√2.
  mutating func laplace() -> Double {
    let u = uniform() - 0.5
    let size = -log(max(1 - 2 * abs(u), 1e-300)) / 2.0.squareRoot()
    return u < 0 ? -size : size
  }
}
