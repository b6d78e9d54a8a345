import CKernels

extension Tape {
  /// `Y = X Wᵀ + 1 bᵀ`; without a bias `Y = X Wᵀ`.
  ///
  ///     dX += dY W        dW += dYᵀ X        db += Σ over rows of dY
  ///
  /// Shapes: `X (rows, inputs)`, `W (outputs, inputs)`, `b (outputs)`, `Y (rows, outputs)`.
  package func linear(_ x: Activation, weight: Weight, bias: Weight? = nil, outputs: Int) -> Activation {
    let y = activation(rows: x.rows, columns: outputs)
    let inputs = x.columns
    let across = weight.transposed(outputs: outputs, inputs: inputs, arena: arena)
    multiply(x.values, across, into: y.values, rows: x.rows, columns: outputs, depth: inputs, bias: bias?.values)
    record {
      guard let dy = y.gradient else { return }
      if let (dx, adding) = x.gradientPart {
        multiply(dy, weight.values, into: dx, rows: x.rows, columns: inputs, depth: outputs, adding: adding)
      }
      multiplyTransposed(
        dy, x.values, into: weight.gradient, rows: x.rows, outputs: outputs, inputs: inputs, adding: true)
      if let bias { lsmap_add_column_sums(x.rows, outputs, dy, outputs, bias.gradient) }
      y.forgetGradient()
    }
    return y
  }
}
