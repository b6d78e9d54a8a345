import Mesh
import Neural

/// A rectangle of the area with all that its evaluation reads and writes.
///
/// Places are rows and columns of the area's grid, counted from its north-west corner.
struct DenseTile {
  let network: DenseNetwork
  let inputs: ForecastInputs
  let scaling: InputScaling
  let top: Int
  let left: Int
  let height: Int
  let width: Int

  var cells: Int { height * width }
  var stride: Int { ConvolutionBranch.stride(cells: cells) }
  private var padded: MeshGrid { inputs.rain.grid }
  /// Rows and columns of the tile with its halo.
  private var paddedHeight: Int { height + 2 * network.shape.halo }
  private var paddedWidth: Int { width + 2 * network.shape.halo }

  /// Evaluates the wanted cells of the tile.
  ///
  /// - Parameters:
  ///   - workspace: The worker's memory, made for tiles of this size or larger.
  ///   - wanted: One flag a cell of the area.
  ///   - outputs: Written where wanted.
  func evaluate(_ workspace: DenseWorkspace, wanted: UnsafeBufferPointer<Bool>, outputs: DenseOutputs) {
    if let branch = workspace.staticBranch { evaluateStatics(branch) }
    if let rain = network.rain, let memory = workspace.rain {
      findWetCells(workspace, wanted: wanted)
      if workspace.wet[0..<cells].contains(true) { evaluateTokens(rain, memory) }
      encodeCells(rain, memory, wet: workspace.wet)
    }
    for block in Swift.stride(from: 0, to: cells, by: laneCount) {
      finish(block, workspace, wanted: wanted, outputs: outputs)
    }
  }

  private func evaluateStatics(_ branch: ConvolutionBranch) {
    let row = branch.inputRow(width)
    let plane = row * paddedHeight
    let statics = inputs.statics
    let input = branch.input.start
    for y in 0..<paddedHeight {
      for x in 0..<paddedWidth {
        let cell = (top + y) * padded.width + left + x
        scaling.write(
          elevation: statics.elevation.values[cell], slope: statics.slope.values[cell],
          aspect: statics.aspect.values[cell], soil: statics.soil.values[cell],
          vegetation: statics.vegetation.values[cell], to: input + y * row + x, stride: plane)
      }
    }
    branch.evaluate(width: width, height: height)
  }

  /// Marks the wanted cells that saw any rain in their patch within the window.
  private func findWetCells(_ workspace: DenseWorkspace, wanted: UnsafeBufferPointer<Bool>) {
    let (rows, columns, patch) = (paddedHeight, paddedWidth, network.shape.patch)
    inputs.rain.values.withUnsafeBufferPointer { rain in
      for place in 0..<rows * columns { workspace.rained[place] = false }
      workspace.rained.withUnsafeMutableBufferPointer { rained in
        for hour in 0..<network.shape.hours {
          for y in 0..<rows {
            let from = hour * padded.count + (top + y) * padded.width + left
            for x in 0..<columns where rain[from + x] > 0 { rained[y * columns + x] = true }
          }
        }
      }
    }
    for y in 0..<height {
      for x in 0..<width {
        let isWanted = wanted[(top + y) * inputs.grid.width + left + x]
        workspace.wet[y * width + x] =
          isWanted
          && (0..<patch).contains { dy in
            workspace.rained[(y + dy) * columns + x..<(y + dy) * columns + x + patch].contains(true)
          }
      }
    }
  }

  /// Fills `memory.tokens`: the encoder's input for every token of every cell of the tile.
  private func evaluateTokens(_ rain: DenseRain, _ memory: DenseWorkspace.RainMemory) {
    let (shape, stride) = (network.shape, stride)
    let features = memory.branch.features.start
    for token in 0..<shape.tokens {
      let tokens = memory.tokens.start + token * shape.width * stride
      guard fillRain(of: token, memory.branch) else {
        for feature in 0..<shape.width {
          let value = rain.dryTokens[token * shape.width + feature]
          (tokens + feature * stride).update(repeating: value, count: stride)
        }
        continue
      }
      memory.branch.evaluate(width: width, height: height)
      for block in Swift.stride(from: 0, to: cells, by: laneCount) {
        rain.tokenMaps[token](features + block, stride: stride, into: tokens + block, stride: stride)
      }
    }
  }

  /// Writes the hours of a token with their halo; `false` when all of it is dry.
  private func fillRain(of token: Int, _ branch: ConvolutionBranch) -> Bool {
    let input = branch.input.start
    let (row, rows, columns) = (branch.inputRow(width), paddedHeight, paddedWidth)
    let plane = row * rows
    var rained = false
    inputs.rain.values.withUnsafeBufferPointer { rain in
      guard let rain = rain.baseAddress else { return }
      for hour in 0..<network.shape.hoursPerToken {
        for y in 0..<rows {
          let band = token * network.shape.hoursPerToken + hour
          let from = rain + band * padded.count + (top + y) * padded.width + left
          if rainFeatures(from, count: columns, into: input + hour * plane + y * row) { rained = true }
        }
      }
    }
    return rained
  }

  /// Runs the encoder over the wet cells; a dry cell looks its result up.
  private func encodeCells(_ rain: DenseRain, _ memory: DenseWorkspace.RainMemory, wet: [Bool]) {
    let (width, encoder) = (network.shape.width, rain.encoder)
    for group in Swift.stride(from: 0, to: cells, by: DenseWorkspace.gatheredCells) {
      let count = min(DenseWorkspace.gatheredCells, cells - group)
      if wet[group..<group + count].contains(true) {
        gatherTokens(
          memory.tokens.start + group, count: network.shape.tokens, tokenStride: width * stride,
          featureStride: stride, features: width, cells: count, into: memory.gathered.start)
      }
      for cell in group..<group + count {
        let pooled =
          memory.pooled.start + cell / laneCount * encoder.pooledCount * laneCount + cell % laneCount
        if wet[cell] {
          encoder(
            memory.gathered.start + (cell - group) * width * laneCount, scratch: memory.scratch.start,
            into: pooled, stride: laneCount)
        } else {
          for index in 0..<encoder.pooledCount { pooled[index * laneCount] = rain.dryPooled[index] }
        }
      }
    }
  }

  /// Place in the area of a cell of the tile.
  func areaIndex(_ cell: Int) -> Int {
    (top + cell / width) * inputs.grid.width + left + cell % width
  }
}
