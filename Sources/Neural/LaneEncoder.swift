import CKernels

/// The transformer of one cell: its tokens through pre-norm encoder layers, then the mean over the tokens.
///
/// Tokens stand side by side in 24 lanes. Lanes behind the last one are computed too, but nothing reads them: keys of the
/// attention and means are those of the tokens alone.
///
/// The second feed-forward matrix of the last layer is linear and so can be applied after the mean: the encoder gives
/// the mean of that matrix's inputs and the mean of the residual stream, and `last` finishes many cells at once.
package struct LaneEncoder: Sendable {
  /// Weights of one layer, row-major `(outputs, inputs)` as in the model file.
  package struct Layer: Sendable {
    package var norm1: (weight: [Float], bias: [Float])
    /// Rows: queries, keys, values.
    package var attentionIn: (weight: [Float], bias: [Float])
    package var attentionOut: (weight: [Float], bias: [Float])
    package var norm2: (weight: [Float], bias: [Float])
    package var feed1: (weight: [Float], bias: [Float])
    package var feed2: (weight: [Float], bias: [Float])

    package init(
      norm1: (weight: [Float], bias: [Float]), attentionIn: (weight: [Float], bias: [Float]),
      attentionOut: (weight: [Float], bias: [Float]), norm2: (weight: [Float], bias: [Float]),
      feed1: (weight: [Float], bias: [Float]), feed2: (weight: [Float], bias: [Float])
    ) {
      self.norm1 = norm1
      self.attentionIn = attentionIn
      self.attentionOut = attentionOut
      self.norm2 = norm2
      self.feed1 = feed1
      self.feed2 = feed2
    }
  }

  package let width: Int
  package let feed: Int
  package let tokens: Int
  /// Adds the last layer's feed-forward output to the mean residual stream.
  package let last: LaneLinear
  private let sizes: lsmap_encoder_sizes
  private let weights: EncoderWeights

  /// - Precondition: At least one layer; `width`, `feed`, the width of a head and `tokens` are multiples of 4, `tokens` at
  ///   most 24.
  package init(width: Int, heads: Int, feed: Int, layers: [Layer], tokens: Int = laneCount) {
    precondition(
      width.isMultiple(of: 4 * heads) && feed.isMultiple(of: 4) && !layers.isEmpty,
      "an encoder of width \(width), \(heads) heads, feed \(feed), \(layers.count) layers")
    self.width = width
    precondition(
      tokens.isMultiple(of: 4) && (4...laneCount).contains(tokens), "\(tokens) tokens in \(laneCount) lanes")
    self.feed = feed
    self.tokens = tokens
    sizes = lsmap_encoder_sizes(width: width, heads: heads, feed: feed, layers: layers.count, tokens: tokens)
    weights = EncoderWeights(width: width, heads: heads, layers: layers)
    let final = layers[layers.count - 1].feed2
    last = LaneLinear(weight: final.weight, bias: final.bias)
  }

  /// Floats of scratch that `callAsFunction` needs.
  package var scratchCount: Int { (5 * width + feed + laneCount) * laneCount }
  /// Values it gives a cell: `feed` means, then `width` means.
  package var pooledCount: Int { feed + width }

  /// - Parameters:
  ///   - x: Shape `(width, 24)`, a token a lane; overwritten.
  ///   - scratch: `scratchCount` floats.
  ///   - pooled: `pooledCount` values, `stride` apart.
  ///   - stride: Distance of two pooled values: 24 to fill one lane of a block of cells.
  package func callAsFunction(
    _ x: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    into pooled: UnsafeMutablePointer<Float>, stride: Int
  ) {
    lsmap_lanes_encode(weights.layers, sizes, x, scratch, pooled, stride)
  }
}

/// The packed matrices of all layers, laid out in the order of their use, and the table the kernel reads.
private final class EncoderWeights: @unchecked Sendable {
  let layers: UnsafeMutablePointer<lsmap_encoder_layer>
  private let memory: LaneMemory

  init(width: Int, heads: Int, layers source: [LaneEncoder.Layer]) {
    let scale = 1 / Float(width / heads).squareRoot()
    var values: [Float] = []
    var starts: [Int] = []
    func add(_ part: [Float]) {
      starts.append(values.count)
      // Each part on a cache line of its own.
      values += part + Array(repeating: 0, count: (16 - part.count % 16) % 16)
    }
    func add(matrix: (weight: [Float], bias: [Float])) {
      add(packedPanels(matrix.weight, rows: matrix.bias.count))
      add(matrix.bias)
    }
    for layer in source {
      add(layer.norm1.weight)
      add(layer.norm1.bias)
      var queries = layer.attentionIn
      for i in 0..<width * width { queries.weight[i] *= scale }
      for i in 0..<width { queries.bias[i] *= scale }
      add(matrix: queries)
      add(matrix: layer.attentionOut)
      add(layer.norm2.weight)
      add(layer.norm2.bias)
      add(matrix: layer.feed1)
      add(matrix: layer.feed2)
    }
    memory = LaneMemory(values)
    layers = .allocate(capacity: source.count)
    let base = memory.start
    for index in source.indices {
      let part = (0..<12).map { UnsafePointer(base + starts[12 * index + $0]) }
      (layers + index).initialize(
        to: lsmap_encoder_layer(
          norm1_weight: part[0], norm1_bias: part[1], attention_in: part[2], attention_in_bias: part[3],
          attention_out: part[4], attention_out_bias: part[5], norm2_weight: part[6], norm2_bias: part[7],
          feed1: part[8], feed1_bias: part[9], feed2: part[10], feed2_bias: part[11]))
    }
  }

  deinit { layers.deallocate() }
}
