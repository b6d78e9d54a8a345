import Neural
import Statistics
import Testing

/// One operation on a tape, fed with values and parameters.
struct Operation: Sendable, CustomStringConvertible {
  let description: String
  /// Shape of the input.
  let rows: Int
  let columns: Int
  /// Values of all parameters together.
  let parameters: Int
  let apply: @Sendable (Tape, Activation, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Activation

  static let all: [Operation] = [
    Operation(description: "linear", rows: 5, columns: 3, parameters: 4 * 3 + 4) { tape, x, w, g in
      tape.linear(
        x, weight: Weight(values: w, gradient: g), bias: Weight(values: w + 12, gradient: g + 12), outputs: 4)
    },
    // Two maps of 5 x 5 pixels; the fourth channel is padding.
    Operation(description: "convolution", rows: 50, columns: 4, parameters: 2 * 3 * 9 + 2) { tape, x, w, g in
      tape.convolve(
        x, edge: 5, inputs: 3, weight: Weight(values: w, gradient: g), bias: Weight(values: w + 54, gradient: g + 54),
        outputs: 2)
    },
    Operation(description: "layer norm", rows: 3, columns: 7, parameters: 14) { tape, x, w, g in
      tape.normalise(x, weight: Weight(values: w, gradient: g), bias: Weight(values: w + 7, gradient: g + 7))
    },
    Operation(description: "gelu", rows: 4, columns: 5, parameters: 0) { tape, x, _, _ in tape.gelu(x) },
    Operation(description: "attention", rows: 8, columns: 12, parameters: 0) { tape, x, _, _ in
      tape.attend(x, length: 4, heads: 2)
    },
    Operation(description: "attention with dropout", rows: 8, columns: 12, parameters: 0) { tape, x, _, _ in
      tape.attend(x, length: 4, heads: 2, dropout: Dropout(rate: 0.3, stream: RandomStream(seed: 3)))
    },
    Operation(description: "dropout", rows: 4, columns: 5, parameters: 0) { tape, x, _, _ in
      tape.dropOut(tape.gelu(x), Dropout(rate: 0.3, stream: RandomStream(seed: 4)))
    },
    Operation(description: "centre and mean", rows: 18, columns: 2, parameters: 0) { tape, x, _, _ in
      tape.poolCentreAndMean(x, edge: 3)
    },
    Operation(description: "mean of rows", rows: 6, columns: 3, parameters: 0) { tape, x, _, _ in
      tape.poolMean(x, length: 3)
    },
    Operation(description: "concatenation and sum", rows: 3, columns: 4, parameters: 0) { tape, x, _, _ in
      let sum = tape.add(x, to: tape.gelu(x))
      return tape.concatenate([x, sum, tape.input([1, 2, 3], columns: 1)])
    },
    Operation(description: "unit length", rows: 3, columns: 4, parameters: 0) { tape, x, _, _ in
      tape.normaliseLength(x)
    },
    Operation(description: "noise", rows: 2, columns: 2, parameters: 0) { tape, x, _, _ in
      tape.perturb(x, scale: [1, 0.5, 2, -1], shift: [0, 1, 2, 3])
    },
    Operation(description: "softplus weight", rows: 3, columns: 1, parameters: 1) { tape, x, w, g in
      tape.addSoftplus(Weight(values: w, gradient: g), times: [1, -2, 0.5], to: tape.gelu(x))
    },
  ]

  /// `Σ direction ⊙ output`, a loss that sees every entry, and its gradients.
  func run(_ x: [Float], _ w: [Float]) -> (loss: Double, dx: [Float], dw: [Float]) {
    let tape = Tape()
    // The values live as long as the tape.
    defer { withExtendedLifetime(tape) {} }
    let input = tape.activation(rows: rows, columns: columns)
    for index in x.indices { input.values[index] = x[index] }
    let parameters = tape.arena.zeros(max(w.count, 1))
    for index in w.indices { parameters[index] = w[index] }
    let gradient = tape.arena.zeros(max(w.count, 1))
    let output = apply(tape, input, parameters, gradient)
    let direction = noise(output.count, 99)
    var loss = 0.0
    for index in 0..<output.count {
      loss += Double(direction[index]) * Double(output.values[index])
      output.gradient?[index] = direction[index]
    }
    tape.goBack()
    let dx = input.gradient.map { Array(UnsafeBufferPointer(start: $0, count: input.count)) } ?? []
    return (loss, dx, Array(UnsafeBufferPointer(start: gradient, count: w.count)))
  }
}

struct GradientTests {
  // Float32 and steps of 1e-2: truncation about 1e-4, rounding about 1e-5 of the loss over the step.
  @Test(arguments: Operation.all)
  func `a gradient agrees with central differences`(operation: Operation) {
    var x = noise(operation.rows * operation.columns, 11)
    var w = noise(operation.parameters, 12)
    let found = operation.run(x, w)
    let weights = w
    #expect(gradientGap(&x, gradient: found.dx) { operation.run($0, weights).loss } < 2e-3)
    let input = x
    #expect(gradientGap(&w, gradient: found.dw) { operation.run(input, $0).loss } < 2e-3)
  }

  @Test func `rectifying cuts the gradient where it cut the value`() {
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let x = tape.activation(rows: 1, columns: 3)
    for (index, value) in [Float(-1), 0, 2].enumerated() {
      x.values[index] = value
      x.gradient?[index] = 5
    }
    tape.rectify(x)
    tape.goBack()
    #expect((0..<3).map { x.values[$0] } == [0, 0, 2])
    #expect((0..<3).map { x.gradient?[$0] } == [0, 0, 5])
  }

  @Test func `a linear layer gives the numbers worked by hand`() {
    // Y = [1 2] [[3 4] [5 6]]ᵀ + [10 20] = [21 37]; dY = [1 -1]: dX = [3-5 4-6], dW = [[1 2] [-1 -2]].
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let x = tape.activation(rows: 1, columns: 2)
    (x.values[0], x.values[1]) = (1, 2)
    let values: [Float] = [3, 4, 5, 6, 10, 20]
    var gradient = [Float](repeating: 0, count: 6)
    values.withUnsafeBufferPointer { values in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let w = values.baseAddress, let g = gradient.baseAddress else { return }
        let y = tape.linear(
          x, weight: Weight(values: w, gradient: g), bias: Weight(values: w + 4, gradient: g + 4), outputs: 2)
        #expect([y.values[0], y.values[1]] == [21, 37])
        y.gradient?[0] = 1
        y.gradient?[1] = -1
        tape.goBack()
      }
    }
    #expect([x.gradient?[0], x.gradient?[1]] == [-2, -2])
    #expect(gradient == [1, 2, -1, -2, 1, -1])
  }

  @Test func `dropout keeps the mean and the share it is told`() {
    let arena = Arena()
    defer { withExtendedLifetime(arena) {} }
    let mask = Dropout(rate: 0.1, stream: RandomStream(seed: 1)).mask(count: 40_000, arena: arena)
    let values = (0..<40_000).map { mask[$0] }
    #expect(abs(Double(values.count { $0 == 0 }) / 40_000 - 0.1) < 0.01)
    #expect(abs(values.reduce(0) { $0 + Double($1) } / 40_000 - 1) < 0.01)
  }
}
