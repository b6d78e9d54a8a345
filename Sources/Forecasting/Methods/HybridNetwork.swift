import Neural

/// The network as the payload of a model file: weights, and how static layers are read.
package struct HybridNetwork: Sendable, Equatable {
  package var parameters: NetworkParameters
  package var scaling: InputScaling

  package init(parameters: NetworkParameters, scaling: InputScaling) {
    self.parameters = parameters
    self.scaling = scaling
  }

  private static let metricPrefix = "metric."

  /// Which tensors a payload has.
  package enum Parts: Sendable {
    case all
    /// All but the heads that serve training only.
    case forecaster
    /// The branches alone, for another head than latent layer and classifier.
    case extractor

    func has(_ entry: ParameterEntry) -> Bool {
      switch self {
      case .all: true
      case .forecaster: !entry.servesTraining
      case .extractor: entry.isOfExtractor
      }
    }
  }

  /// Tensors named as in METHOD 3.2.
  package func payload(_ parts: Parts = .forecaster) -> ModelPayload {
    var shape = parameters.shape
    if parts != .all { shape.reconstruction = nil }
    return ModelPayload(
      tensors: parameters.entries.filter(parts.has)
        .map { Tensor($0.name, shape: $0.shape, floats: Array(parameters.values[$0.range])) },
      settings: [
        "architecture": sortedJSON(shape), "features": sortedJSON(shape.featureOrder),
        "standardisation": sortedJSON(scaling),
      ])
  }

  /// Reads a payload and checks all of it: architecture, inputs, numbers, shapes, finiteness.
  ///
  /// - Parameters:
  ///   - payload: Of a model file.
  ///   - isExtractor: Whether it must have the branches alone; the other weights are 0 then.
  ///   - path: Its name, for the error.
  /// - Throws: The first thing that is wrong.
  package init(_ payload: ModelPayload, isExtractor: Bool = false, path: String) throws(ForecastError) {
    func refusal(_ key: String, _ reason: String) -> ForecastError {
      .badMetadata(path: path, key: key, reason: reason)
    }
    let shape = try payload.value("architecture", as: NetworkShape.self, path: path)
    if let flaw = shape.flaw { throw refusal("architecture", flaw) }
    guard try payload.value("features", as: [String].self, path: path) == shape.featureOrder else {
      throw refusal("features", "other inputs than this lsmap computes")
    }
    scaling = try payload.value("standardisation", as: InputScaling.self, path: path)
    if let flaw = scaling.flaw { throw refusal("standardisation", flaw) }
    guard scaling.physics.map({ $0.means.count == shape.physics }) ?? true else {
      throw refusal("standardisation", "of another number of physics inputs than \(shape.physics)")
    }
    parameters = NetworkParameters(zeros: shape)
    let hasMetricHead = payload.tensors.contains { $0.name.hasPrefix(Self.metricPrefix) }
    let wanted = parameters.entries.filter((isExtractor ? Parts.extractor : hasMetricHead ? .all : .forecaster).has)
    for entry in wanted {
      let values = try payload.floats(entry.name, shape: entry.shape, path: path)
      parameters.values.replaceSubrange(entry.range, with: values)
    }
    try payload.requireNothingElse(
      tensors: Set(wanted.map(\.name)), settings: ["architecture", "features", "standardisation"],
      path: path)
  }
}
