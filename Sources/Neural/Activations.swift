import CKernels

extension Tape {
  /// `y = x Φ(x)`, the GELU by the error function.
  ///
  ///     dx += dy (Φ(x) + x φ(x))
  package func gelu(_ x: Activation) -> Activation {
    let y = activation(rows: x.rows, columns: x.columns)
    lsmap_gelu(x.count, x.values, y.values)
    record {
      guard let dy = y.gradient, let (dx, adding) = x.gradientPart else { return }
      lsmap_gelu_gradient(x.count, x.values, dy, adding ? 1 : 0, dx)
      y.forgetGradient()
    }
    return y
  }

  /// `x = max(x, 0)` in place; the gradient is cut to 0 where the value was cut.
  @discardableResult
  package func rectify(_ x: Activation) -> Activation {
    lsmap_rectify(x.count, x.values)
    record {
      if let dx = x.gradient { lsmap_rectify_gradient(x.count, x.values, dx) }
    }
    return x
  }
}
