package import Mesh
import Neural
import Statistics

extension DenseNetwork {
  /// The logits `z` of an area (METHOD 3.2), or what another head makes of its features, before calibration; on request
  /// what each input group adds to them.
  ///
  /// - Parameters:
  ///   - inputs: Layers and their halo; halo and hours are those of the shape.
  ///   - scaling: How the model reads static layers.
  ///   - wanted: Cells that need a value; `nil` for all. Others cost nothing.
  ///   - plan: Threads and tiles.
  ///   - contributions: Whether to compute `contributions` too.
  /// - Returns: One logit a cell, `NaN` where not wanted or the physics is incomplete; the contributions, one band a
  ///   `Driver`, or `nil`.
  package func evaluate(
    _ inputs: ForecastInputs, scaling: InputScaling, wanted: Layer<Bool>? = nil, plan: ForecastPlan,
    contributions: Bool = false
  ) -> (logits: Layer<Float>, contributions: LayerStack<Float>?) {
    precondition(wanted.map { $0.grid == inputs.grid } ?? true, "wanted cells on another grid")
    precondition(
      inputs.halo == shape.halo && inputs.hours == shape.hours,
      "a halo of \(inputs.halo) cells and \(inputs.hours) hours, the network needs \(shape.halo) and \(shape.hours)")
    let grid = inputs.grid
    let bands = contributions ? 1 + Driver.groups.count : 1
    // Band 0 holds the logits.
    var result = LayerStack(grid: grid, bands: bands, filledWith: Float.nan)
    let flags = (0..<grid.count).map { inputs.physics.input(at: $0).isComplete && (wanted?.values[$0] ?? true) }
    let tileWidth = plan.tileWidth ?? 2 * laneCount + 2 - 2 * shape.halo
    let (width, height) = (min(tileWidth, grid.width), min(plan.tileHeight, grid.height))
    let corners = stride(from: 0, to: grid.height, by: height).flatMap { top in
      stride(from: 0, to: grid.width, by: width).map { (top: top, left: $0) }
    }
    let tiles = corners.map { corner in
      DenseTile(
        network: self, inputs: inputs, scaling: scaling, top: corner.top, left: corner.left,
        height: min(height, grid.height - corner.top), width: min(width, grid.width - corner.left))
    }
    flags.withUnsafeBufferPointer { flags in
      result.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        let outputs = DenseOutputs(
          scores: base, contributions: contributions ? base + grid.count : nil, bandLength: grid.count)
        let shared = SharedResult(flags: flags, outputs: outputs)
        inParallel(
          tiles.count, threads: plan.threads, workspace: { DenseWorkspace(self, width: width, height: height) }
        ) { index, workspace in
          guard tiles[index].holds(anyOf: shared.flags) else { return }
          tiles[index].evaluate(workspace, wanted: shared.flags, outputs: shared.outputs)
        }
      }
    }
    guard contributions else { return (result.band(0), nil) }
    return (
      result.band(0),
      LayerStack(grid: grid, bands: bands - 1, values: Array(result.values.dropFirst(grid.count)))
    )
  }
}

/// Where the results of an area go; each tile writes its own cells.
struct DenseOutputs {
  let scores: UnsafeMutablePointer<Float>
  /// One band a group of `Driver.groups`.
  let contributions: UnsafeMutablePointer<Float>?
  let bandLength: Int
}

/// What the workers share: flags that nobody writes, and results of which each tile writes its own.
private struct SharedResult: @unchecked Sendable {
  let flags: UnsafeBufferPointer<Bool>
  let outputs: DenseOutputs
}

extension DenseTile {
  /// Whether a flag of the area is set in the tile.
  func holds(anyOf flags: UnsafeBufferPointer<Bool>) -> Bool {
    (top..<top + height).contains { row in
      let start = row * inputs.grid.width + left
      return flags[start..<start + width].contains(true)
    }
  }
}
