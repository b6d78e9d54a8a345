import Neural

/// The hybrid network made ready to be evaluated over whole areas (METHOD 3.3).
///
/// Every spatial operator is a valid convolution, so a tile with a halo (4 cells for a patch of 9) shares its
/// convolutions between neighbours and gives each cell what its own patch would. Each value is computed by one fixed chain of
/// operations from its own inputs: tiles, threads and areas change no bit.
package struct DenseNetwork: Sendable {
  package let shape: NetworkShape
  /// `nil` for a network that reads no ground.
  let ground: DenseGround?
  /// `nil` for a network that reads no rain.
  let rain: DenseRain?
  let head: DenseHead

  /// - Parameters:
  ///   - parameters: Of the network.
  ///   - distance: Scores the joined features instead of latent layer and classifier; `nil` for the logit.
  package init(_ parameters: NetworkParameters, distance: OneClassHead? = nil) {
    shape = parameters.shape
    ground = shape.readsGround ? DenseGround(parameters) : nil
    rain = shape.readsRain ? DenseRain(parameters) : nil
    head = distance.map { DenseHead($0) } ?? DenseHead(parameters)
  }
}

/// The static branch of a dense network.
struct DenseGround: Sendable {
  let convolutions: [LaneConvolution]
  /// Features of ground of which nothing is known.
  let unknown: [Float]

  init(_ parameters: NetworkParameters) {
    convolutions = parameters.laneConvolutions("static")
    let branch = ConvolutionBranch(convolutions, halo: parameters.shape.halo, width: 1, height: 1)
    branch.evaluate(width: 1, height: 1)
    unknown = (0..<parameters.shape.staticFeatures).map { branch.features.start[$0 * laneCount] }
  }
}

/// The rain branch of a dense network.
struct DenseRain: Sendable {
  let convolutions: [LaneConvolution]
  /// The token map with the position of each token in its bias.
  let tokenMaps: [LaneLinear]
  let encoder: LaneEncoder
  /// Tokens of a cell whose patch is dry throughout, `(tokens, width)`, and what the encoder makes of them: both are
  /// constants of the model, computed by the same code as any cell.
  let dryTokens: [Float]
  let dryPooled: [Float]

  init(_ parameters: NetworkParameters) {
    let shape = parameters.shape
    func pair(_ name: String) -> (weight: [Float], bias: [Float]) {
      (parameters["\(name).weight"], parameters["\(name).bias"])
    }
    let token = pair("token")
    let width = shape.width
    convolutions = parameters.laneConvolutions("rain")
    tokenMaps = (0..<shape.tokens).map { t in
      let position = positionEncoding(token: t, width: width)
      return LaneLinear(weight: token.weight, bias: zip(token.bias, position).map(+))
    }
    encoder = LaneEncoder(
      width: width, heads: shape.heads, feed: shape.feedWidth,
      layers: (0..<shape.layers).map { layer in
        LaneEncoder.Layer(
          norm1: pair("encoder.\(layer).norm1"), attentionIn: pair("encoder.\(layer).attention.in"),
          attentionOut: pair("encoder.\(layer).attention.out"), norm2: pair("encoder.\(layer).norm2"),
          feed1: pair("encoder.\(layer).feed.0"), feed2: pair("encoder.\(layer).feed.1"))
      }, tokens: shape.tokens)
    (dryTokens, dryPooled) = Self.dryConstants(
      rainConvolutions: convolutions, tokenMaps: tokenMaps, encoder: encoder, halo: shape.halo)
  }

  private static func dryConstants(
    rainConvolutions: [LaneConvolution], tokenMaps: [LaneLinear], encoder: LaneEncoder, halo: Int
  ) -> (tokens: [Float], pooled: [Float]) {
    let branch = ConvolutionBranch(rainConvolutions, halo: halo, width: 1, height: 1)
    branch.evaluate(width: 1, height: 1)
    let width = encoder.width
    let lanes = LaneMemory(width * laneCount)
    let tokens = LaneMemory(width * laneCount)
    var constants = [Float](repeating: 0, count: tokenMaps.count * width)
    for (t, map) in tokenMaps.enumerated() {
      map(branch.features.start, into: lanes.start)
      for feature in 0..<width {
        constants[t * width + feature] = lanes.start[feature * laneCount]
        tokens.start[feature * laneCount + t] = lanes.start[feature * laneCount]
      }
    }
    let scratch = LaneMemory(encoder.scratchCount)
    let pooled = LaneMemory(encoder.pooledCount)
    encoder(tokens.start, scratch: scratch.start, into: pooled.start, stride: 1)
    return (constants, Array(UnsafeBufferPointer(start: pooled.start, count: encoder.pooledCount)))
  }
}

extension NetworkParameters {
  func laneLinear(_ name: String) -> LaneLinear {
    LaneLinear(weight: self["\(name).weight"], bias: self["\(name).bias"])
  }

  /// The two convolutions of a branch.
  fileprivate func laneConvolutions(_ branch: String) -> [LaneConvolution] {
    ["\(branch).conv1", "\(branch).conv2"].map {
      LaneConvolution(weight: self["\($0).weight"], bias: self["\($0).bias"])
    }
  }
}
