import Neural
import Statistics
import Testing

struct GradientTests {
  // Kernels and their gradients in Float against loops in Double. Shapes leave remainders in every tile of the kernels.
  @Test(arguments: Operation.all)
  func `an operation and its gradients agree with Double`(operation: Operation) {
    let x = noise(operation.rows * operation.columns, 11)
    let w = noise(operation.parameters, 12)
    let found = operation.run(x, w)
    let (input, weights) = (x.map(Double.init), w.map(Double.init))
    let plain = operation.plainly(input, weights)
    #expect(found.output.count == plain.count)
    let size = plain.reduce(1e-6) { max($0, abs($1)) }
    for (value, expected) in zip(found.output, plain) { #expect(abs(Double(value) - expected) < 1e-5 * size) }
    let direction = noise(plain.count, 99).map(Double.init)
    func loss(_ x: [Double], _ w: [Double]) -> Double {
      zip(operation.plainly(x, w), direction).reduce(0.0) { $0 + $1.0 * $1.1 }
    }
    #expect(gradientGap(input, gradient: found.dx) { loss($0, weights) } < 1e-4)
    #expect(gradientGap(weights, gradient: found.dw) { loss(input, $0) } < 1e-4)
  }

  @Test func `a gradient that is wrong by a thousandth is noticed`() {
    let x = [0.3, -0.7]
    let right: [Float] = [0.6, -1.4]
    #expect(gradientGap(x, gradient: right) { $0[0] * $0[0] + $0[1] * $0[1] } < 1e-6)
    #expect(gradientGap(x, gradient: [0.6, -1.4014]) { $0[0] * $0[0] + $0[1] * $0[1] } > 5e-4)
  }

  @Test func `noise that is detached leaves the features alone`() {
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let x = tape.activation(rows: 1, columns: 2)
    (x.values[0], x.values[1]) = (1, 2)
    let y = tape.perturb(x, scale: [2, 3], shift: [1, 1], detached: true)
    #expect([y.values[0], y.values[1]] == [3, 7])
    y.gradient?[0] = 1
    y.gradient?[1] = 1
    tape.goBack()
    #expect([x.gradient?[0], x.gradient?[1]] == [0, 0])
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

  @Test func `whole rows are dropped, and their gradients with them`() {
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let x = tape.activation(rows: 64, columns: 3)
    for index in 0..<x.count {
      x.values[index] = 1
      x.gradient?[index] = 1
    }
    tape.dropRows(x, Dropout(rate: 0.5, stream: RandomStream(seed: 1, "rows")))
    tape.goBack()
    let values = (0..<64).map { row in (0..<3).map { x.values[row * 3 + $0] } }
    #expect(values.allSatisfy { $0 == [0, 0, 0] || $0 == [2, 2, 2] })
    #expect((20...44).contains(values.count { $0[0] == 0 }))
    #expect((0..<x.count).allSatisfy { x.gradient?[$0] == x.values[$0] })
  }
}
