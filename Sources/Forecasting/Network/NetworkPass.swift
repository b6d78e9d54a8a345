package import Neural

/// The layers of METHOD 3.2 on a tape, for a chunk of samples.
///
/// The same weights as `DenseNetwork` reads, patch by patch and with gradients.
package struct NetworkPass {
  private let shape: NetworkShape
  private let entries: [String: ParameterEntry]
  private let values: UnsafePointer<Float>
  private let transposed: UnsafePointer<Float>?
  private let gradient: UnsafeMutablePointer<Float>
  private let positions: [Float]

  /// - Parameters:
  ///   - layout: The table of tensors.
  ///   - values: All parameters, as in `NetworkParameters.values`.
  ///   - transposed: The same layout, of matrices their transposes; `nil` where none are made.
  ///   - gradient: The same layout; added to by `Tape.goBack`.
  package init(
    layout: NetworkLayout, values: UnsafePointer<Float>, transposed: UnsafePointer<Float>? = nil,
    gradient: UnsafeMutablePointer<Float>
  ) {
    shape = layout.shape
    entries = layout.entries
    positions = layout.positions
    self.values = values
    self.transposed = transposed
    self.gradient = gradient
  }

  private func weight(_ name: String) -> Weight {
    guard let entry = entries[name] else { preconditionFailure("no parameter is named \(name)") }
    return Weight(
      values: values + entry.offset, gradient: gradient + entry.offset,
      transposed: entry.shape.count == 2 ? transposed.map { $0 + entry.offset } : nil)
  }

  private func linear(_ name: String, _ x: Activation, _ outputs: Int, on tape: Tape) -> Activation {
    tape.linear(x, weight: weight(name + ".weight"), bias: weight(name + ".bias"), outputs: outputs)
  }

  private func branch(_ name: String, _ maps: MapStack, widths: [Int], on tape: Tape) -> Activation {
    tape.summarise(
      maps,
      by: widths.enumerated().map { index, width in
        let layer = "\(name).conv\(index + 1)"
        return ConvolutionLayer(weight: weight(layer + ".weight"), bias: weight(layer + ".bias"), outputs: width)
      })
  }

  /// The features of both branches beside the physics, shape `(samples, joined)`; dropout only in training.
  package func joined(_ inputs: SampleInputs, dropout: NetworkDropout = .none, on tape: Tape) -> Activation {
    let statics = inputs.statics.map { maps in
      let features = branch("static", maps, widths: shape.staticWidths, on: tape)
      return tape.dropRows(features, dropout.branches)
    }
    let rain = inputs.rain.map { frames in
      let features = branch("rain", frames, widths: shape.rainWidths, on: tape)
      var x = linear("token", features, shape.width, on: tape)
      tape.addPeriodic(positions, to: x)
      for layer in 0..<shape.layers { x = encoder("encoder.\(layer)", x, dropout: dropout.encoder, on: tape) }
      return tape.dropRows(tape.poolMean(x, length: shape.tokens), dropout.branches)
    }
    return tape.concatenate([statics, rain, inputs.physics].compactMap { $0 })
  }

  /// The latent features `h`, shape `(samples, latent)`; dropout only in training.
  package func latent(_ inputs: SampleInputs, dropout: NetworkDropout = .none, on tape: Tape) -> Activation {
    let joined = joined(inputs, dropout: dropout, on: tape)
    return tape.dropOut(tape.rectify(linear("latent", joined, shape.latent, on: tape)), dropout.latent)
  }

  /// A pre-norm layer, as PyTorch's `TransformerEncoderLayer(norm_first, gelu, batch_first)`.
  private func encoder(_ name: String, _ x: Activation, dropout: Dropout?, on tape: Tape) -> Activation {
    func normalised(_ x: Activation, _ norm: String) -> Activation {
      tape.normalise(x, weight: weight("\(name).\(norm).weight"), bias: weight("\(name).\(norm).bias"))
    }
    let asked = linear(name + ".attention.in", normalised(x, "norm1"), 3 * shape.width, on: tape)
    let heard = tape.attend(asked, length: shape.tokens, heads: shape.heads, dropout: dropout)
    let attention = linear(name + ".attention.out", heard, shape.width, on: tape)
    tape.add(x, to: tape.dropOut(attention, dropout))
    let wide = tape.gelu(linear(name + ".feed.0", normalised(attention, "norm2"), shape.feedWidth, on: tape))
    let feed = linear(name + ".feed.1", tape.dropOut(wide, dropout), shape.width, on: tape)
    return tape.add(attention, to: tape.dropOut(feed, dropout))
  }

  /// `z = CLS(h) + a logit(q)`, shape `(samples, 1)`; the second term only in a network with the skip.
  package func logits(_ latent: Activation, physics: [Float], on tape: Tape) -> Activation {
    let z = linear("classifier", latent, 1, on: tape)
    return shape.hasSkip ? tape.addSoftplus(weight("skip.raw"), times: physics, to: z) : z
  }

  /// What the decoder makes of latent features, shape `(samples, reconstruction)`.
  /// - Precondition: The network has a decoder.
  package func reconstruction(_ latent: Activation, on tape: Tape) -> Activation {
    guard let outputs = shape.reconstruction else { preconditionFailure("a network without a decoder") }
    let hidden = tape.rectify(linear("decoder.0", latent, 2 * shape.latent, on: tape))
    return linear("decoder.1", hidden, outputs, on: tape)
  }

  /// The logit of the discriminator that codes are draws of the prior, not latent features; shape `(codes, 1)`.
  package func judgement(_ codes: Activation, on tape: Tape) -> Activation {
    let hidden = tape.rectify(linear("discriminator.0", codes, shape.latent, on: tape))
    return linear("discriminator.1", hidden, 1, on: tape)
  }

  /// The unit vectors of the metric head, shape `(samples, projection)`.
  package func projection(_ latent: Activation, on tape: Tape) -> Activation {
    let hidden = tape.rectify(linear("metric.0", latent, shape.latent, on: tape))
    return tape.normaliseLength(linear("metric.1", hidden, shape.projection, on: tape))
  }
}

/// What passes share: names, places and the table of positions.
package struct NetworkLayout: Sendable {
  package let shape: NetworkShape
  package let entries: [String: ParameterEntry]
  package let positions: [Float]
  /// Values all tensors have together.
  package let count: Int

  package init(_ shape: NetworkShape) {
    let table = NetworkParameters.table(of: shape)
    self.shape = shape
    entries = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0) })
    positions = (0..<shape.tokens).flatMap { positionEncoding(token: $0, width: shape.width) }
    count = table.last?.range.upperBound ?? 0
  }
}
