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
  try samples.requireWindows(of: picks, hours: parameters.shape.hours)
  let batches = ChunkedBatch(layout: NetworkLayout(parameters.shape), workers: workers)
  let size = 8 * ChunkedBatch.chunk
  var scores: [Double] = []
  for begin in stride(from: 0, to: picks.count, by: size) {
    let part = Array(picks[begin..<min(begin + size, picks.count)])
    var z = [Float](repeating: 0, count: part.count)
    z.withUnsafeMutableBufferPointer { z in
      let out = SharedBuffer(z)
      batches.forEach(part.count, parameters: parameters) { _, rows, pass, tape in
        let inputs = SampleInputs(
          samples, picks: part[rows], changes: rows.map { _ in .none }, shape: parameters.shape, scaling: scaling,
          tape: tape)
        let logits = pass.logits(pass.latent(inputs, on: tape), physics: inputs.logits, on: tape)
        for row in 0..<rows.count { out.buffer[rows.lowerBound + row] = logits.values[row] }
      }
    }
    scores += z.map(Double.init)
  }
  return scores
}
