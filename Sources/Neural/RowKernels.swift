import CKernels

// The row-wise operations of a network that is only evaluated; their gradients stand with the operations of `Tape`.

/// `y = (x − mean) / √(variance + ε) · weight + bias` for each row, variance over `columns` (biased, as in PyTorch).
///
/// Shapes and strides:
/// - `input`: Shape `(rows, columns)`.
/// - `weight`: Shape `(columns)`.
/// - `bias`: Shape `(columns)`.
/// - `output`: Shape `(rows, columns)`; may be the input itself.
package func layerNorm(
  _ input: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, rows: Int, columns: Int,
  into output: UnsafeMutablePointer<Float>
) {
  lsmap_layer_norm(rows, columns, input, weight, bias, layerNormEpsilon, output, nil)
}

/// `ε` of `layerNorm`, PyTorch's default.
package let layerNormEpsilon: Float = 1e-5

/// `softmax(scale · x)` of each row, in place.
package func softmax(_ values: UnsafeMutablePointer<Float>, rows: Int, columns: Int, scale: Float = 1) {
  lsmap_softmax(rows, columns, scale, values)
}

/// `x Φ(x)`, the GELU by the error function (|error| below 1e-7 |x|); `output` may be the input itself.
package func gelu(_ input: UnsafePointer<Float>, count: Int, into output: UnsafeMutablePointer<Float>) {
  lsmap_gelu(count, input, output)
}

/// `max(x, 0)` in place.
package func rectify(_ values: UnsafeMutablePointer<Float>, count: Int) {
  lsmap_rectify(count, values)
}

/// `y += x`.
package func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
  lsmap_add(count, x, y)
}
