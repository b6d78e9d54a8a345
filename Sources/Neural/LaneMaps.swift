import CKernels

/// Centre and mean of the `edge` x `edge` square around every cell, from convolved planes with a margin of `edge / 2` cells.
///
/// - Parameters:
///   - map: Planes `(channels, height + edge - 1, row)`, `plane` apart.
///   - row: Length of a row.
///   - plane: Distance of two planes.
///   - channels: Planes.
///   - edge: Edge of the square, odd.
///   - width: Columns of cells.
///   - height: Rows of cells.
///   - features: First `channels` planes of centres, then as many of means, each `featureStride` apart.
///   - featureStride: Distance of two features.
///   - line: `(height + edge - 1) * width` floats of scratch.
package func summariseMaps(
  _ map: UnsafePointer<Float>, row: Int, plane: Int, channels: Int, edge: Int, width: Int, height: Int,
  into features: UnsafeMutablePointer<Float>, featureStride: Int, line: UnsafeMutablePointer<Float>
) {
  precondition(edge > 0 && edge % 2 == 1, "a square of edge \(edge) has no centre")
  lsmap_lanes_summarise(
    map, row, plane, channels, width, height, features, features + channels * featureStride, featureStride, line, edge)
}

/// Gathers the tokens of neighbouring cells.
///
/// - Parameters:
///   - tokens: Shape `(count, features, cells)` with the strides given.
///   - count: Tokens of a cell, at most 24.
///   - tokenStride: Distance of two tokens.
///   - featureStride: Distance of two features.
///   - features: Features of a token.
///   - cells: Cells to gather.
///   - gathered: Shape `(cells, features, 24)`; lanes behind the last token become 0.
package func gatherTokens(
  _ tokens: UnsafePointer<Float>, count: Int = laneCount, tokenStride: Int, featureStride: Int, features: Int,
  cells: Int, into gathered: UnsafeMutablePointer<Float>
) {
  precondition((1...laneCount).contains(count), "\(count) tokens in \(laneCount) lanes")
  lsmap_lanes_gather(tokens, tokenStride, featureStride, features, cells, gathered, features * laneCount, count)
}

/// `y = ln(1 + scale x)`, within 2e-7; 0 where `x` is 0, below 0 or `NaN`.
///
/// - Parameters:
///   - x: `count` values.
///   - count: How many.
///   - scale: Above 0.
///   - y: `count` values, overwritten.
/// - Returns: Whether any value was above 0.
@inline(__always)
package func logOnePlus(
  _ x: UnsafePointer<Float>, count: Int, scale: Float, into y: UnsafeMutablePointer<Float>
) -> Bool {
  lsmap_log_one_plus(x, count, scale, y) != 0
}
