package import Neural
package import Statistics

/// Pre-training: one epoch of the contrastive loss on the metric head.
struct ContrastiveEpoch {
  let samples: SampleSet
  let sampler: BalancedSampler
  let loss: ContrastiveLoss
  let settings: TrainingSettings
  let scaling: InputScaling
  let batches: ChunkedBatch
  let groups: ParameterGroups
  /// Place of each site's region in the sorted names.
  let regions: [Int]

  /// Runs one epoch.
  ///
  /// - Parameter state: With `epochs` done; changed.
  /// - Returns: The epoch's figures.
  /// - Throws: `notANumber`.
  func run(_ state: inout TrainingState) throws(TrainingError) -> EpochRecord {
    let options = settings.pretraining
    var stream = RandomStream(seed: settings.seed, "pretraining batches", .number(state.epochs))
    let course = LearningRate(
      peak: options.rate, warmUp: options.warmUpEpochs * sampler.batches, steps: options.epochs * sampler.batches)
    var gradient = [Float](repeating: 0, count: batches.layout.count)
    var record = EpochRecord(phase: .pretraining, epoch: state.epochs + 1, loss: 0)
    var used = 0
    for (number, picks) in sampler.epoch(from: &stream).enumerated() {
      // Two views of each sample for `supcon`, one for the others.
      let views = loss == .supcon ? picks + picks : picks
      let width = settings.network.projection
      let z = forward(views, state, number: number)
      var slope = [Float](repeating: 0, count: z.count)
      let result = loss(
        z, width: width, labels: views.map { samples.samples[$0].label == .landslide },
        regions: views.map { regions[samples.samples[$0].site] }, temperature: options.temperature, gradient: &slope)
      guard result.loss.isFinite, z.allSatisfy(\.isFinite) else {
        throw .notANumber(
          phase: "pre-training", epoch: record.epoch, batch: number + 1,
          samples: picks.map { samples.key(of: samples.samples[$0]).words })
      }
      let rate = course(state.epochs * sampler.batches + number)
      record.rate = rate
      guard result.anchors > 0 else {
        record.skippedBatches += 1
        continue
      }
      backward(views.count, slope)
      batches.sumGradients(views.count, into: &gradient)
      let clip = clippingFactor(gradient, limit: settings.optimiser.clipping)
      state.optimiser.step(
        &state.parameters.values, gradient: gradient, scale: clip.factor, groups: groups.pretraining(rate: rate))
      record.loss += result.loss
      record.gradientNorm += clip.norm
      used += 1
    }
    record.loss /= Double(max(used, 1))
    record.gradientNorm /= Double(max(used, 1))
    record.skip = state.parameters.skip.map(Double.init)
    return record
  }

  private func forward(_ views: [Int], _ state: TrainingState, number: Int) -> [Float] {
    let width = settings.network.projection
    var z = [Float](repeating: 0, count: views.count * width)
    z.withUnsafeMutableBufferPointer { z in
      let out = SharedBuffer(z)
      let epoch = state.epochs
      let (samples, settings, scaling) = (samples, settings, scaling)
      batches.forEach(views.count, parameters: state.parameters, keepingTapes: true) { chunk, rows, pass, tape in
        var stream = RandomStream(
          seed: settings.seed, "pretraining", .number(epoch), .number(number), .number(chunk))
        let inputs = augmentedInputs(
          samples, picks: views[rows], settings: settings, scaling: scaling, stream: &stream, tape: tape)
        let latent = pass.latent(inputs, dropout: NetworkDropout(settings, stream: stream), on: tape)
        let projection = pass.projection(latent, on: tape)
        for index in 0..<projection.count { out.buffer[rows.lowerBound * width + index] = projection.values[index] }
        // The last record of the tape is the normalisation of `projection`; its gradient is set before going back.
        tape.keep(projection)
      }
    }
    return z
  }

  private func backward(_ count: Int, _ slope: [Float]) {
    let width = settings.network.projection
    batches.goBack(count) { rows, tape in
      guard let gradient = tape.kept?.gradient else { return }
      for index in 0..<rows.count * width { gradient[index] = slope[rows.lowerBound * width + index] }
    }
  }
}

/// The inputs of a chunk, each sample with an augmentation of its own when the settings ask for it.
package func augmentedInputs(
  _ samples: SampleSet, picks: ArraySlice<Int>, settings: TrainingSettings, scaling: InputScaling,
  stream: inout RandomStream, tape: Tape
) -> SampleInputs {
  let changes = picks.map { _ in
    settings.augments ? Augmentation.random(tokens: settings.network.tokens, from: &stream) : .none
  }
  return SampleInputs(
    samples, picks: picks, changes: changes, shape: settings.network, scaling: scaling, tape: tape)
}
