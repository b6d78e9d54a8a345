import Forecasting
import Foundation
import Neural
import Synchronization
import TestSupport
import Testing

/// The network against a frozen run of PyTorch (`fixtures/neural/parity.py`): same weights, same batch.
struct ParityTests {
  let golden: Safetensors
  let shape = NetworkShape.tiny

  init() throws {
    let file = URL(fileURLWithPath: Fixtures.path("neural/parity.safetensors"))
    golden = try Safetensors(reading: try Data(contentsOf: file), path: file.path)
  }

  func floats(_ name: String) -> [Float] { golden.tensor(name)?.floats ?? [] }

  var parameters: NetworkParameters {
    var parameters = NetworkParameters(zeros: shape)
    for entry in parameters.entries { parameters[entry.name] = floats(entry.name) }
    return parameters
  }

  /// The golden inputs, channels first.
  private func inputs(on tape: Tape) -> SampleInputs {
    func maps(_ name: String, channels: Int) -> MapStack {
      tape.maps(channels: channels, edge: 9, values: floats(name))
    }
    return SampleInputs(
      statics: maps("input.static", channels: 31), rain: maps("input.rain", channels: 3),
      physics: tape.input(floats("input.physics"), columns: 6),
      logits: floats("input.q").map { q in Float(logit(Double(min(max(q, 0.01), 0.99)))) })
  }

  private struct Found {
    var loss = 0.0
    var logits: [Float] = []
    var unit: [Float] = []
    var gradient: [Float] = []
  }

  /// Loss, logits, unit vectors and gradient of the golden batch, on the way that training takes: it is one chunk.
  private func run(_ parameters: NetworkParameters) -> Found {
    let labels = floats("input.label")
    precondition(labels.count <= ChunkedBatch.chunk, "\(labels.count) samples are more than a chunk")
    let batches = ChunkedBatch(layout: NetworkLayout(shape), workers: Workers(threads: 1))
    let result = Mutex(Found())
    batches.forEach(labels.count, parameters: parameters) { _, _, pass, tape in
      let inputs = inputs(on: tape)
      let latent = pass.latent(inputs, on: tape)
      let z = pass.logits(latent, physics: inputs.logits, on: tape)
      let unit = pass.projection(latent, on: tape)
      var found = Found()
      found.logits = Array(UnsafeBufferPointer(start: z.values, count: z.count))
      found.unit = Array(UnsafeBufferPointer(start: unit.values, count: unit.count))
      for (row, q) in floats("input.q").enumerated() {
        let focal = FocalLoss()(Double(z.values[row]), positive: labels[row] > 0)
        let teacher = min(max(Double(q), 0.01), 0.99)
        let taught = distillationLoss(teacher: teacher, logit: Double(z.values[row]))
        found.loss += (focal.loss + 0.1 * taught.loss) / Double(z.count)
        z.gradient?[row] = Float((focal.slope + 0.1 * taught.slope) / Double(z.count))
      }
      for (index, value) in floats("input.direction").enumerated() { unit.gradient?[index] = 0.05 * value }
      tape.goBack()
      result.withLock { $0 = found }
    }
    var found = result.withLock { $0 }
    found.gradient = Array(repeating: 0, count: batches.layout.count)
    batches.sumGradients(labels.count, into: &found.gradient)
    return found
  }

  @Test func `forward agrees with PyTorch to 1e-5`() {
    let found = run(parameters)
    #expect(largestDifference(found.logits, floats("expected.logits")) < 1e-5)
    #expect(largestDifference(found.unit, floats("expected.unit")) < 1e-5)
    #expect(abs(found.loss - Double(floats("expected.loss").first ?? .nan)) < 1e-6)
  }

  @Test func `every gradient agrees with PyTorch to 1e-4 of its largest entry`() {
    let found = run(parameters)
    for entry in parameters.entries {
      let expected = floats("gradient." + entry.name)
      let size = max(expected.reduce(0) { max($0, abs($1)) }, 1e-6)
      let gap = largestDifference(Array(found.gradient[entry.range]), expected)
      #expect(gap <= 1e-4 * size, "\(entry.name)")
    }
  }

  @Test func `ten steps of AdamW agree with PyTorch to 1e-4`() {
    var parameters = parameters
    var optimiser = AdamW(count: parameters.values.count)
    let groups = parameters.entries.map { AdamW.Group(range: $0.range, rate: 1e-3, decays: $0.isMatrix) }
    for _ in 0..<10 {
      let gradient = run(parameters).gradient
      optimiser.step(&parameters.values, gradient: gradient, groups: groups)
    }
    for entry in parameters.entries {
      var (found, expected) = (parameters[entry.name], floats("stepped." + entry.name))
      if entry.name.hasSuffix("attention.in.bias") {
        // A bias of the keys shifts a whole row before the softmax: its gradient is 0 but for rounding, whose sign alone
        // decides where AdamW goes.
        found.removeSubrange(shape.width..<2 * shape.width)
        expected.removeSubrange(shape.width..<2 * shape.width)
      }
      #expect(largestDifference(found, expected) <= 1e-4, "\(entry.name)")
    }
  }
}
