import CKernels

// All pointers here are to contiguous row-major Float32; strides are distances between rows in values. Products run on
// the calling thread; the order of every sum is fixed by the sizes alone, so a product has the same bytes on any thread.
// Measured on one thread with AVX-512 (multiply-add peak 150 GFLOP/s): 127-140 GFLOP/s at 192 x 64...192 x 64...192.

/// `C = A B`, `C = A B + 1 bᵀ` or `C += A B`.
///
/// Shapes and strides:
/// - `a`: `A`, shape `(rows, depth)`, distance between rows `aStride` (nil: `depth`).
/// - `b`: `B`, shape `(depth, columns)`, distance between rows `bStride` (nil: `columns`). The weight of a layer stands
///   as `(outputs, inputs)`: hand over its transpose (`transpose`).
/// - `c`: `C`, shape `(rows, columns)`, distance between rows `cStride` (nil: `columns`).
/// - `bias`: `b`, shape `(columns)`, added to every row.
/// - `adding`: Add to what `C` holds.
package func multiply(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
  rows: Int, columns: Int, depth: Int, aStride: Int? = nil, bStride: Int? = nil, cStride: Int? = nil,
  bias: UnsafePointer<Float>? = nil, adding: Bool = false
) {
  lsmap_rows_product(
    rows, columns, depth, a, aStride ?? depth, b, bStride ?? columns, bias, adding ? 1 : 0, c, cStride ?? columns)
}

/// `C = Aᵀ B` or `C += Aᵀ B`: the gradient of a weight from the gradient after it and its input.
///
/// Shapes and strides:
/// - `a`: Shape `(rows, outputs)`, distance between rows `aStride` (nil: `outputs`).
/// - `b`: Shape `(rows, inputs)`, distance between rows `bStride` (nil: `inputs`).
/// - `c`: Shape `(outputs, inputs)`, distance between rows `cStride` (nil: `inputs`).
/// - `adding`: Add to what `C` holds.
package func multiplyTransposed(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
  rows: Int, outputs: Int, inputs: Int, aStride: Int? = nil, bStride: Int? = nil, cStride: Int? = nil,
  adding: Bool = false
) {
  lsmap_outer_product(
    outputs, inputs, rows, a, aStride ?? outputs, b, bStride ?? inputs, adding ? 1 : 0, c, cStride ?? inputs)
}

/// The transpose of a `(rows, columns)` matrix, as `(columns, rows)`.
package func transpose(
  _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil, into out: UnsafeMutablePointer<Float>
) {
  lsmap_transpose(rows, columns, matrix, stride ?? columns, out)
}
