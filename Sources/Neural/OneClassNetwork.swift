import Statistics

/// The map of Deep SVDD, without biases, and how far its outputs lie from a centre that is fixed.
///
///     φ(x) = W₂ max(W₁ x, 0)        L = 1/n Σ ‖φ(xᵢ) − c‖²        dL/dφᵢ = 2 (φᵢ − c) / n
///
/// A bias could shift every output into the centre and learn nothing.
/// - Source: Ruff et al. 2018; METHOD.md 6.
package struct OneClassNetwork: Sendable, Equatable {
  package let features: Int
  package let hidden: Int
  package let outputs: Int
  /// `W₁ (hidden, features)`, then `W₂ (outputs, hidden)`.
  package var values: [Float]

  /// Coordinates of a centre are kept this far from 0, where all weights at 0 would reach it.
  package static let leastCentre: Float = 0.1

  /// Random weights: Kaiming uniform before the rectifier, Xavier uniform after it.
  package init(features: Int, hidden: Int, outputs: Int, seed: UInt64) {
    (self.features, self.hidden, self.outputs) = (features, hidden, outputs)
    var stream = RandomStream(seed: seed, "one class", "initialisation")
    func uniform(_ count: Int, fan: Int) -> [Float] {
      let bound = (6 / Double(fan)).squareRoot()
      return (0..<count).map { _ in Float(stream.uniform(-bound...bound)) }
    }
    values = uniform(hidden * features, fan: features) + uniform(outputs * hidden, fan: hidden + outputs)
  }

  /// `W₁`, row-major.
  package var hiddenWeight: [Float] { Array(values.prefix(hidden * features)) }
  /// `W₂`, row-major.
  package var outputWeight: [Float] { Array(values.dropFirst(hidden * features)) }

  /// The mean output of rows with its coordinates kept off 0: the centre, taken once before training.
  ///
  /// - Parameter rows: Shape `(n, features)`, at least one row.
  /// - Returns: `c`, shape `(outputs)`.
  package func centre(of rows: [Float]) -> [Float] {
    var sums = [Double](repeating: 0, count: outputs)
    let tape = Tape()
    var unused = [Float](repeating: 0, count: values.count)
    forEachPart(of: rows) { part in
      run(part, on: tape, gradient: &unused) { y in
        for index in 0..<y.count { sums[index % outputs] += Double(y.values[index]) }
      }
      tape.reset()
    }
    let count = Double(rows.count / features)
    return sums.map { sum in
      let mean = Float(sum / count)
      return abs(mean) >= Self.leastCentre ? mean : mean < 0 ? -Self.leastCentre : Self.leastCentre
    }
  }

  /// The loss of a batch and its gradient by `values`.
  ///
  /// - Parameters:
  ///   - rows: Shape `(n, features)`.
  ///   - centre: `c`, shape `(outputs)`.
  ///   - gradient: One entry a weight; overwritten.
  ///   - tape: Reset afterwards.
  /// - Returns: The loss, summed in `Double`.
  package func loss(_ rows: [Float], centre: [Float], gradient: inout [Float], on tape: Tape) -> Double {
    precondition(centre.count == outputs && gradient.count == values.count, "a centre of \(centre.count) coordinates")
    for index in gradient.indices { gradient[index] = 0 }
    let count = rows.count / features
    var total = 0.0
    run(rows, on: tape, gradient: &gradient) { y in
      for index in 0..<y.count {
        let gap = y.values[index] - centre[index % outputs]
        total += Double(gap) * Double(gap)
        y.gradient?[index] = 2 * gap / Float(count)
      }
      tape.goBack()
    }
    tape.reset()
    return total / Double(count)
  }

  private func run(_ rows: [Float], on tape: Tape, gradient: inout [Float], _ body: (Activation) -> Void) {
    values.withUnsafeBufferPointer { values in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let w = values.baseAddress, let g = gradient.baseAddress else { return }
        let first = Weight(values: w, gradient: g)
        let second = Weight(values: w + hidden * features, gradient: g + hidden * features)
        let inner = tape.rectify(tape.linear(tape.input(rows, columns: features), weight: first, outputs: hidden))
        body(tape.linear(inner, weight: second, outputs: outputs))
      }
    }
  }

  /// A thousand rows at a time, so that a tape stays small.
  private func forEachPart(of rows: [Float], _ body: ([Float]) -> Void) {
    let size = 1_000 * features
    for begin in stride(from: 0, to: rows.count, by: size) { body(Array(rows[begin..<min(begin + size, rows.count)])) }
  }
}
