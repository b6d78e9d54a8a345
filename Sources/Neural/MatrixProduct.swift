import CKernels

// All pointers here are to contiguous row-major Float32; strides are distances between rows in values. Products run on
// the calling thread; the order of every sum is fixed by the sizes alone, so a product has the same bytes on any thread.
// Measured beside OpenBLAS 0.3.21 (one thread, 102 GFLOP/s multiply-add peak): 88-92 against 68-77 GFLOP/s at
// 384 x 64...192 x 64...128, and convolutions need no copy of their windows.

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
    rows, columns, 1, depth, 0, a, aStride ?? depth, nil, b, bStride ?? columns, bias, adding ? 1 : 0, c,
    cStride ?? columns, nil)
}

/// `C[cPlaces[i]...] = bias + Σ over segments s of A[aPlaces[i] + s·segmentStride ..< + run] · B`, rows anywhere.
///
/// A valid 3 x 3 convolution of channels-last maps is one such product: a segment is a row of the window, `run` is three
/// pixels of channels, `segmentStride` a row of the map, `B` the weights as `(ky, kx, input, output)`.
///
/// Shapes and strides:
/// - `a`: Base of the rows of `A`; rows may overlap.
/// - `aPlaces`: Where each row of `A` begins, in values from `a`; `rows` of them.
/// - `b`: Shape `(segments * run, columns)`, distance between rows `bStride`.
/// - `c`: Base of the rows of `C`, which must not overlap.
/// - `cPlaces`: Where each row of `C` begins; nil for rows one after the other, `columns` wide.
package func multiplyWindows(
  _ a: UnsafePointer<Float>, places aPlaces: UnsafePointer<Int32>, segments: Int = 1, run: Int, segmentStride: Int = 0,
  _ b: UnsafePointer<Float>, bStride: Int, into c: UnsafeMutablePointer<Float>, places cPlaces: UnsafePointer<Int32>?,
  rows: Int, columns: Int, bias: UnsafePointer<Float>? = nil, adding: Bool = false
) {
  lsmap_rows_product(
    rows, columns, segments, run, segmentStride, a, 0, aPlaces, b, bStride, bias, adding ? 1 : 0, c, columns, cPlaces)
}

/// `C += Aᵀ B`: the gradient of a weight from the gradient after it and its input.
///
/// Shapes and strides:
/// - `a`: Shape `(rows, outputs)`, distance between rows `aStride` (nil: `outputs`), or rows at `aPlaces`.
/// - `b`: Shape `(rows, inputs)`, distance between rows `bStride` (nil: `inputs`), or rows at `bPlaces`.
/// - `c`: Shape `(outputs, inputs)`, distance between rows `cStride` (nil: `inputs`); added to.
package func addOuterProducts(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>,
  rows: Int, outputs: Int, inputs: Int, aStride: Int? = nil, bStride: Int? = nil, cStride: Int? = nil,
  aPlaces: UnsafePointer<Int32>? = nil, bPlaces: UnsafePointer<Int32>? = nil
) {
  lsmap_outer_product(
    outputs, inputs, rows, a, aStride ?? outputs, aPlaces, b, bStride ?? inputs, bPlaces, c, cStride ?? inputs)
}

/// The transpose of a `(rows, columns)` matrix, as `(columns, rows)`.
package func transpose(
  _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil, into out: UnsafeMutablePointer<Float>
) {
  let stride = stride ?? columns
  for row in 0..<rows {
    for column in 0..<columns { out[column * rows + row] = matrix[row * stride + column] }
  }
}
