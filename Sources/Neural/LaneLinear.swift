import CKernels

/// Places that the inference kernels work on side by side: the tokens of a cell, at most 24, or 24 cells.
package let laneCount = Int(LSMAP_LANES)

/// The linear map `y = W x + b` for 24 lanes at once, on feature-major arrays `(features, 24)`.
///
/// Each value is one chain of multiply-adds over the inputs in ascending order, so its bits do not depend on its lane.
/// Outputs are padded with zero rows to a multiple of 4.
package struct LaneLinear: Sendable {
  package enum Mode: Sendable { case store, rectify, add }

  package let outputs: Int
  package let inputs: Int
  let panels: LaneMemory
  let bias: LaneMemory

  /// - Precondition: `weight` has the shape `(bias.count, inputs)`, row-major.
  package init(weight: [Float], bias values: [Float]) {
    precondition(
      !values.isEmpty && weight.count.isMultiple(of: values.count), "\(weight.count) weights, \(values.count) rows")
    inputs = weight.count / values.count
    outputs = (values.count + 3) / 4 * 4
    panels = LaneMemory(packedPanels(weight, rows: values.count))
    bias = LaneMemory(values + Array(repeating: 0, count: outputs - values.count))
  }

  /// - Parameters:
  ///   - x: Shape `(inputs, 24)`.
  ///   - xStride: Distance of two inputs.
  ///   - y: Shape `(outputs, 24)`; overwritten, or added to.
  ///   - yStride: Distance of two outputs.
  ///   - mode: What happens to the sums.
  @inline(__always)
  package func callAsFunction(
    _ x: UnsafePointer<Float>, stride xStride: Int = laneCount, into y: UnsafeMutablePointer<Float>,
    stride yStride: Int = laneCount, _ mode: Mode = .store
  ) {
    lsmap_lanes_linear(panels.start, bias.start, outputs, inputs, x, xStride, y, yStride, mode.kernelMode)
  }
}

extension LaneLinear.Mode {
  var kernelMode: lsmap_linear_mode {
    switch self {
    case .store: LSMAP_STORE
    case .rectify: LSMAP_RECTIFY
    case .add: LSMAP_ADD
    }
  }
}

/// Rows in groups of 4, shape `(rows / 4, columns, 4)`, missing rows zero: the order in which the kernels read.
func packedPanels(_ weight: [Float], rows: Int) -> [Float] {
  let columns = weight.count / rows
  var panels = [Float](repeating: 0, count: (rows + 3) / 4 * 4 * columns)
  for row in 0..<rows {
    for column in 0..<columns {
      panels[(row / 4 * columns + column) * 4 + row % 4] = weight[row * columns + column]
    }
  }
  return panels
}
