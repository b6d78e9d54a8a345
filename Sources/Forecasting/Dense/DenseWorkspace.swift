import Neural

/// The memory of one worker for tiles up to a size.
final class DenseWorkspace {
  /// Neighbouring cells whose tokens are gathered together: one cache line of each feature's row.
  static let gatheredCells = 16

  /// `nil` for a network that reads no ground.
  let staticBranch: ConvolutionBranch?
  /// `nil` for a network that reads no rain.
  let rain: RainMemory?
  /// Inputs of the latent layer for 24 cells: static, rain, physics.
  let joined: LaneMemory
  let hidden: LaneMemory
  let output: LaneMemory
  /// Whether it rained in any hour, for each cell of the tile and its halo.
  var rained: [Bool]
  /// Whether a cell's patch saw rain.
  var wet: [Bool]

  init(_ network: DenseNetwork, width: Int, height: Int) {
    let shape = network.shape
    staticBranch = network.ground.map {
      ConvolutionBranch($0.convolutions, halo: shape.halo, width: width, height: height)
    }
    rain = network.rain.map { RainMemory($0, shape, width: width, height: height) }
    joined = LaneMemory(shape.joined * laneCount)
    hidden = LaneMemory((network.head.hidden?.outputs ?? 0) * laneCount)
    output = LaneMemory(network.head.output.outputs * laneCount)
    rained = Array(repeating: false, count: (width + 2 * shape.halo) * (height + 2 * shape.halo))
    wet = Array(repeating: false, count: width * height)
  }

  /// What the rain branch needs.
  final class RainMemory {
    let branch: ConvolutionBranch
    /// Shape `(tokens, width, cells)`.
    let tokens: LaneMemory
    /// Shape `(gatheredCells, width, 24)`, a token a lane.
    let gathered: LaneMemory
    let scratch: LaneMemory
    /// Encoder outputs of all cells, shape `(blocks of 24, feed + width, 24)`.
    let pooled: LaneMemory
    /// One block of `pooled` for cells without rain.
    let dryPooled: LaneMemory

    init(_ rain: DenseRain, _ shape: NetworkShape, width: Int, height: Int) {
      let stride = ConvolutionBranch.stride(cells: width * height)
      branch = ConvolutionBranch(rain.convolutions, halo: shape.halo, width: width, height: height)
      tokens = LaneMemory(shape.tokens * shape.width * stride)
      gathered = LaneMemory(DenseWorkspace.gatheredCells * shape.width * laneCount)
      scratch = LaneMemory(rain.encoder.scratchCount)
      pooled = LaneMemory(rain.encoder.pooledCount * stride)
      dryPooled = LaneMemory(rain.encoder.pooledCount * laneCount)
    }
  }
}
