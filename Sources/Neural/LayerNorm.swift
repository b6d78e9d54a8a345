import CKernels

extension Tape {
  /// `y = (x − μ) ρ w + b` for each row, `ρ = 1 / √(variance + ε)`; see `layerNorm`.
  ///
  /// With `g = dy ⊙ w` and `x̂ = (x − μ) ρ`:
  ///
  ///     dx += ρ (g − mean(g) − x̂ mean(g ⊙ x̂))        dw += Σ over rows of dy ⊙ x̂        db += Σ over rows of dy
  ///
  /// Shapes: `X (rows, columns)`, `w` and `b (columns)`.
  package func normalise(_ x: Activation, weight: Weight, bias: Weight) -> Activation {
    let y = activation(rows: x.rows, columns: x.columns)
    let statistics = arena.allocate(2 * x.rows)
    lsmap_layer_norm(x.rows, x.columns, x.values, weight.values, bias.values, layerNormEpsilon, y.values, statistics)
    record {
      guard let dy = y.gradient, let (dx, adding) = x.gradientPart else { return }
      lsmap_layer_norm_gradient(
        x.rows, x.columns, x.values, weight.values, statistics, dy, adding ? 1 : 0, dx, weight.gradient, bias.gradient)
      y.forgetGradient()
    }
    return y
  }
}
