import CKernels

/// AdamW: Adam with the decay of weights kept out of the gradient.
///
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     w ← w (1 − η λ) − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// - Source: Loshchilov & Hutter 2019; the order of operations is PyTorch's.
package struct AdamW: Sendable, Equatable {
  package var beta1: Float = 0.9
  package var beta2: Float = 0.999
  package var epsilon: Float = 1e-8
  /// `λ`, for the ranges that decay.
  package var decay: Float = 0.01
  /// `m`, one value a parameter.
  package var first: [Float]
  /// `v`, one value a parameter.
  package var second: [Float]
  /// `t`, steps done.
  package var steps = 0

  package init(count: Int) {
    first = Array(repeating: 0, count: count)
    second = first
  }

  /// A run of parameters with one rate.
  package struct Group: Hashable, Sendable {
    package var range: Range<Int>
    /// `η`.
    package var rate: Float
    /// Whether `λ` applies: to matrices and convolutions, not to biases, scales and single numbers.
    package var decays: Bool

    package init(range: Range<Int>, rate: Float, decays: Bool) {
      self.range = range
      self.rate = rate
      self.decays = decays
    }
  }

  /// One step for the groups given; parameters in none of them, and their `m` and `v`, stay as they are.
  ///
  /// - Parameters:
  ///   - values: All parameters, updated.
  ///   - gradient: One value a parameter.
  ///   - scale: Factor on the gradient (clipping).
  ///   - groups: What to update, with which rate.
  package mutating func step(_ values: inout [Float], gradient: [Float], scale: Float = 1, groups: [Group]) {
    precondition(values.count == first.count && gradient.count == first.count, "\(gradient.count) of \(first.count)")
    steps += 1
    var (power1, power2) = (1.0, 1.0)
    for _ in 0..<steps {
      power1 *= Double(beta1)
      power2 *= Double(beta2)
      if power1 < 1e-12 && power2 < 1e-12 { break }
    }
    let (correction1, correction2) = (Float(1 - power1), Float(1 - power2))
    for group in groups {
      let begin = group.range.lowerBound
      first.withUnsafeMutableBufferPointer { first in
        second.withUnsafeMutableBufferPointer { second in
          values.withUnsafeMutableBufferPointer { values in
            gradient.withUnsafeBufferPointer { gradient in
              guard let m = first.baseAddress, let v = second.baseAddress, let w = values.baseAddress,
                let g = gradient.baseAddress
              else { return }
              lsmap_adamw(
                group.range.count, group.rate, group.decays ? decay : 0, beta1, beta2, correction1, correction2,
                epsilon, scale, g + begin, m + begin, v + begin, w + begin)
            }
          }
        }
      }
    }
  }
}

/// The factor that brings a gradient's Euclidean norm down to `limit`; 1 when it is not above. Summed in `Double`, in eight
/// sums side by side.
package func clippingFactor(_ gradient: [Float], limit: Double) -> (factor: Float, norm: Double) {
  var squares = SIMD8<Double>.zero
  gradient.withUnsafeBufferPointer { gradient in
    let whole = gradient.count / 8 * 8
    for place in stride(from: 0, to: whole, by: 8) {
      var values = SIMD8<Double>.zero
      for lane in 0..<8 { values[lane] = Double(gradient[place + lane]) }
      squares += values * values
    }
    for place in whole..<gradient.count { squares[place - whole] += Double(gradient[place]) * Double(gradient[place]) }
  }
  let norm = squares.sum().squareRoot()
  return (norm > limit ? Float(limit / norm) : 1, norm)
}
