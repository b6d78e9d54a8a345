import Foundation
import Statistics

/// Name, shape and place of one parameter tensor.
package struct ParameterEntry: Hashable, Sendable {
  package let name: String
  /// Row-major; matrices are `(outputs, inputs)`, convolutions `(outputs, inputs, 3, 3)`.
  package let shape: [Int]
  /// Place of the first value in `NetworkParameters.values`.
  package let offset: Int

  package var count: Int { shape.reduce(1, *) }
  package var range: Range<Int> { offset..<offset + count }
  /// Matrices and convolutions: what weight decay applies to.
  package var isMatrix: Bool { shape.count > 1 }
  /// Whether it is a part of the branches, whose features latent layer and classifier read.
  package var isOfExtractor: Bool { ["static.", "rain.", "token.", "encoder."].contains(where: name.hasPrefix) }
  /// Whether no forecast reads it.
  package var servesTraining: Bool { ["metric.", "decoder.", "discriminator."].contains(where: name.hasPrefix) }
  /// Inputs that feed one output.
  package var fanIn: Int { shape.dropFirst().reduce(1, *) }
}

/// All weights of the network in one array, in a fixed order with fixed names: the table of METHOD 3.2.
///
/// The same order serves initialisation, the optimiser and the model file.
package struct NetworkParameters: Sendable, Equatable {
  package let shape: NetworkShape
  package let entries: [ParameterEntry]
  package var values: [Float]

  /// All zero, except the scales of the normalisations, which are 1.
  package init(zeros shape: NetworkShape) {
    precondition(shape.flaw == nil, shape.flaw ?? "")
    self.shape = shape
    entries = Self.table(of: shape)
    values = Array(repeating: 0, count: entries.last?.range.upperBound ?? 0)
    for entry in entries where entry.name.hasSuffix("norm1.weight") || entry.name.hasSuffix("norm2.weight") {
      values.replaceSubrange(entry.range, with: Array(repeating: 1, count: entry.count))
    }
  }

  /// The start state of METHOD 3.2, every tensor from a stream of its own name.
  ///
  /// Kaiming uniform, bound √(6 / fan-in), where a ReLU or GELU follows; Xavier uniform, bound √(6 / (fan-in +
  /// fan-out)), where none does and in the attention (whose three input matrices count as one, as in PyTorch); biases 0;
  /// classifier 0, so that the physics speaks alone; `softplus(skip.raw)` = 0.5.
  package init(_ shape: NetworkShape, seed: UInt64) {
    self.init(zeros: shape)
    for entry in entries where entry.isMatrix && entry.name != "classifier.weight" {
      let followedByRectifier =
        entry.shape.count == 4
        || ["latent.weight", "metric.0.weight", "decoder.0.weight", "discriminator.0.weight"].contains(entry.name)
        || entry.name.hasSuffix("feed.0.weight")
      let fan = followedByRectifier ? entry.fanIn : entry.fanIn + entry.shape[0]
      let bound = (6 / Double(fan)).squareRoot()
      var stream = RandomStream(seed: seed, "initialisation", .word(entry.name))
      for index in entry.range { values[index] = Float(stream.uniform(-bound...bound)) }
    }
    if shape.hasSkip { self["skip.raw"] = [Self.rawSkip(of: 0.5)] }
  }

  /// The values of one tensor.
  /// - Precondition: The table has the name.
  package subscript(name: String) -> [Float] {
    get { Array(values[entry(name).range]) }
    set {
      let entry = entry(name)
      precondition(newValue.count == entry.count, "\(newValue.count) values for \(name) of \(entry.count)")
      values.replaceSubrange(entry.range, with: newValue)
    }
  }

  package func entry(_ name: String) -> ParameterEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      preconditionFailure("no parameter is named \(name)")
    }
    return entry
  }

  /// Weight `a` of the physics in the logit, `softplus(skip.raw)`; `nil` for a network without the skip.
  package var skip: Float? { shape.hasSkip ? Float(log1p(exp(Double(self["skip.raw"][0])))) : nil }

  /// The value of `skip.raw` that gives a skip weight.
  package static func rawSkip(of weight: Double) -> Float { Float(log(expm1(weight))) }

  /// Names, shapes and places, in the fixed order.
  package static func table(of shape: NetworkShape) -> [ParameterEntry] {
    var entries: [ParameterEntry] = []
    func add(_ name: String, _ outputs: Int, _ rest: Int...) {
      for (kind, shape) in [("weight", [outputs] + rest), ("bias", [outputs])] {
        let offset = entries.last?.range.upperBound ?? 0
        entries.append(ParameterEntry(name: "\(name).\(kind)", shape: shape, offset: offset))
      }
    }
    if shape.readsGround {
      add("static.conv1", shape.staticWidths[0], shape.staticChannels, 3, 3)
      add("static.conv2", shape.staticWidths[1], shape.staticWidths[0], 3, 3)
    }
    if shape.readsRain {
      add("rain.conv1", shape.rainWidths[0], shape.hoursPerToken, 3, 3)
      add("rain.conv2", shape.rainWidths[1], shape.rainWidths[0], 3, 3)
      add("token", shape.width, shape.tokenFeatures)
    }
    for layer in 0..<(shape.readsRain ? shape.layers : 0) {
      add("encoder.\(layer).norm1", shape.width)
      add("encoder.\(layer).attention.in", 3 * shape.width, shape.width)
      add("encoder.\(layer).attention.out", shape.width, shape.width)
      add("encoder.\(layer).norm2", shape.width)
      add("encoder.\(layer).feed.0", shape.feedWidth, shape.width)
      add("encoder.\(layer).feed.1", shape.width, shape.feedWidth)
    }
    add("latent", shape.latent, shape.joined)
    add("classifier", 1, shape.latent)
    if shape.hasSkip {
      entries.append(ParameterEntry(name: "skip.raw", shape: [1], offset: entries[entries.count - 1].range.upperBound))
    }
    add("metric.0", shape.latent, shape.latent)
    add("metric.1", shape.projection, shape.latent)
    if let reconstruction = shape.reconstruction {
      add("decoder.0", 2 * shape.latent, shape.latent)
      add("decoder.1", reconstruction, 2 * shape.latent)
      add("discriminator.0", shape.latent, shape.latent)
      add("discriminator.1", 1, shape.latent)
    }
    return entries
  }
}
