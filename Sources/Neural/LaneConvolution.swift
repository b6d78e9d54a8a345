import CKernels

/// A valid 3 x 3 convolution with ReLU over whole maps, 24 columns at once.
///
/// Maps are planes `(channels, rows, row)`; rows need slack, because 24 columns are computed at a time.
package struct LaneConvolution: Sendable {
  package let outputs: Int
  package let inputs: Int
  private let panels: LaneMemory
  private let bias: LaneMemory

  /// - Precondition: `weight` has the shape `(bias.count, inputs, 3, 3)` and `bias.count` is a multiple of 4.
  package init(weight: [Float], bias values: [Float]) {
    precondition(values.count.isMultiple(of: 4), "\(values.count) channels are no multiple of 4")
    precondition(weight.count.isMultiple(of: values.count * 9), "\(weight.count) weights, \(values.count) channels")
    outputs = values.count
    inputs = weight.count / values.count / 9
    panels = LaneMemory(packedPanels(weight, rows: values.count))
    bias = LaneMemory(values)
  }

  /// Row length a map needs so that `width` columns can be read at offsets 0, 1, 2.
  package static func inputRow(forOutputWidth width: Int) -> Int { paddedWidth(width) + 8 }

  /// Row length a map needs so that `width` columns can be written.
  package static func paddedWidth(_ width: Int) -> Int { (width + laneCount - 1) / laneCount * laneCount }

  /// - Parameters:
  ///   - map: Input planes with `height + 2` rows.
  ///   - row: Length of an input row.
  ///   - plane: Length of an input plane.
  ///   - out: Output planes with `height` rows.
  ///   - outRow: Length of an output row.
  ///   - outPlane: Length of an output plane.
  ///   - width: Columns wanted.
  ///   - height: Rows wanted.
  package func callAsFunction(
    _ map: UnsafePointer<Float>, row: Int, plane: Int, into out: UnsafeMutablePointer<Float>, row outRow: Int,
    plane outPlane: Int, width: Int, height: Int
  ) {
    precondition(
      row >= Self.inputRow(forOutputWidth: width) && outRow >= Self.paddedWidth(width), "rows without slack")
    lsmap_lanes_convolution(
      panels.start, bias.start, outputs, inputs, map, row, plane, out, outRow, outPlane, width, height)
  }
}
