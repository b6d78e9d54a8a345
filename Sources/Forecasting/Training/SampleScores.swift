package import Neural

/// The logits of samples, patch by patch, without dropout, augmentation and noise.
///
/// - Parameters:
///   - picks: Places in `samples.samples`.
///   - samples: Where they stand.
///   - parameters: Of the network.
///   - scaling: Of the static layers.
///   - workers: Any number gives the same bytes.
/// - Returns: One logit a pick.
/// - Throws: `shortRain` when the rain of a sample is shorter than the network's window.
package func logits(
  of picks: [Int], in samples: SampleSet, parameters: NetworkParameters, scaling: InputScaling,
  workers: Workers
) throws(TrainingError) -> [Double] {
  try outputs(of: picks, in: samples, parameters: parameters, scaling: scaling, workers: workers, columns: 1) {
    $0.logits($0.latent($1, on: $2), physics: $1.logits, on: $2)
  }.map(Double.init)
}

/// The features of both branches beside the physics; parameters and errors as of `logits`.
///
/// - Returns: Shape `(picks, joined)`.
func features(
  of picks: [Int], in samples: SampleSet, parameters: NetworkParameters, scaling: InputScaling, workers: Workers
) throws(TrainingError) -> [Float] {
  try outputs(
    of: picks, in: samples, parameters: parameters, scaling: scaling, workers: workers,
    columns: parameters.shape.joined
  ) { $0.joined($1, on: $2) }
}

/// What a layer of the network gives for samples, shape `(picks, columns)`.
private func outputs(
  of picks: [Int], in samples: SampleSet, parameters: NetworkParameters, scaling: InputScaling, workers: Workers,
  columns: Int, _ layer: @Sendable (NetworkPass, SampleInputs, Tape) -> Activation
) throws(TrainingError) -> [Float] {
  try samples.requireWindows(of: picks, hours: parameters.shape.hours)
  let batches = ChunkedBatch(layout: NetworkLayout(parameters.shape), workers: workers)
  let size = 8 * ChunkedBatch.chunk
  var values = [Float](repeating: 0, count: picks.count * columns)
  values.withUnsafeMutableBufferPointer { values in
    let out = SharedBuffer(values)
    for begin in stride(from: 0, to: picks.count, by: size) {
      let part = Array(picks[begin..<min(begin + size, picks.count)])
      batches.forEach(part.count, parameters: parameters) { _, rows, pass, tape in
        let inputs = SampleInputs(
          samples, picks: part[rows], changes: rows.map { _ in .none }, shape: parameters.shape, scaling: scaling,
          tape: tape)
        let found = layer(pass, inputs, tape)
        let first = (begin + rows.lowerBound) * columns
        for index in 0..<found.count { out.buffer[first + index] = found.values[index] }
      }
    }
  }
  return values
}
