import Foundation

extension Tape {
  /// `y = x`, but what comes back is led the other way: `dx −= strength · dy`. What lies behind learns to do what lies before
  /// learns to undo.
  /// - Source: Ganin & Lempitsky 2015.
  package func reverseGradient(_ x: Activation, strength: Float) -> Activation {
    let y = activation(rows: x.rows, columns: x.columns)
    y.values.update(from: x.values, count: x.count)
    record {
      guard let dy = y.gradient, let dx = x.gradient else { return }
      for index in 0..<x.count { dx[index] -= strength * dy[index] }
    }
    return y
  }
}

/// How strong a reversed gradient is when a share `p` of a training is done: `2 / (1 + e^−10 p) − 1`, from 0 towards 1.
/// - Source: Ganin & Lempitsky 2015; METHOD.md 6.
package func reversalStrength(at share: Double) -> Double { 2 / (1 + exp(-10 * share)) - 1 }
