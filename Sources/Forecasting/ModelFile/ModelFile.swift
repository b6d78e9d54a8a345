package import Foundation
import Neural
import SoilWater

/// A model: weights and what must be known to use them, in one safetensors file that Python reads too.
///
/// The metric head is needed for pre-training only; a file may leave it out.
package struct ModelFile: Sendable, Equatable {
  package static let formatVersion = "lsmap model 2"

  package var parameters: NetworkParameters
  package var record: ModelRecord

  package init(parameters: NetworkParameters, record: ModelRecord) {
    self.parameters = parameters
    self.record = record
  }

  /// The bytes of the file: the same model gives the same bytes.
  package func encoded(withMetricHead: Bool = false) -> Data {
    let tensors = parameters.entries
      .filter { withMetricHead || !$0.name.hasPrefix(Self.metricPrefix) }
      .map { Tensor($0.name, shape: $0.shape, floats: Array(parameters.values[$0.range])) }
    let metadata = [
      "format": Self.formatVersion, "architecture": sortedJSON(parameters.shape),
      "features": sortedJSON(ModelRecord.featureOrder(of: parameters.shape)), "kind": record.kind.rawValue,
      "title": record.title,
      "standardisation": sortedJSON(record.scaling), "thresholds": sortedJSON(record.thresholds),
      "calibration": sortedJSON(record.calibration), "training": sortedJSON(record.training),
      "physics": sortedJSON(record.physics),
      "tool": record.tool,
    ]
    return Safetensors(tensors, metadata: metadata).encoded
  }

  /// Reads a model and checks all of it before use: format, architecture, inputs, numbers, shapes, finiteness.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - path: Its name, for the error.
  /// - Throws: The first thing that is wrong.
  package init(reading data: Data, path: String) throws(ForecastError) {
    let file: Safetensors
    do {
      file = try Safetensors(reading: data, path: path)
    } catch {
      switch error {
      case .badTensorFile(_, let reason): throw .notAModel(path: path, reason: reason)
      }
    }
    let metadata = Metadata(path: path, strings: file.metadata)
    guard let format = file.metadata["format"], format.hasPrefix("lsmap model ") else {
      throw .notAModel(path: path, reason: "a safetensors file of something else")
    }
    guard format == Self.formatVersion else { throw .otherFormat(path: path, version: format) }
    let shape = try metadata.value("architecture", as: NetworkShape.self)
    if let flaw = shape.flaw { throw .badMetadata(path: path, key: "architecture", reason: flaw) }
    let order = try metadata.value("features", as: [String].self)
    guard order == ModelRecord.featureOrder(of: shape) else {
      throw .badMetadata(path: path, key: "features", reason: "other inputs than this lsmap computes")
    }
    guard let kind = ModelKind(rawValue: try metadata.string("kind")) else {
      throw .badMetadata(path: path, key: "kind", reason: "unknown to this lsmap")
    }
    record = ModelRecord(
      kind: kind, title: try metadata.string("title"),
      scaling: try metadata.value("standardisation", as: StaticScaling.self),
      thresholds: try metadata.value("thresholds", as: ThresholdRecord.self),
      calibration: try metadata.value("calibration", as: CalibrationRecord.self),
      training: try metadata.value("training", as: TrainingRecord.self),
      physics: try metadata.value("physics", as: PhysicsSettings.self), tool: try metadata.string("tool"))
    if let flaw = record.flaw { throw .badMetadata(path: path, key: flaw.key, reason: flaw.reason) }
    parameters = try Self.parameters(of: file, shape: shape, path: path)
  }

  private static let metricPrefix = "metric."

  /// The weights, once every tensor of the table is there with its shape and nothing else is.
  private static func parameters(
    of file: Safetensors, shape: NetworkShape, path: String
  ) throws(ForecastError) -> NetworkParameters {
    let table = NetworkParameters.table(of: shape)
    var weights: [(entry: ParameterEntry, values: [Float])] = []
    for entry in table {
      guard let tensor = file.tensor(entry.name) else {
        if entry.name.hasPrefix(metricPrefix) { continue }
        throw .missingTensor(path: path, name: entry.name)
      }
      guard tensor.shape == entry.shape, let values = tensor.floats else {
        throw .wrongShape(path: path, name: entry.name, expected: entry.shape, found: tensor.shape)
      }
      guard values.allSatisfy(\.isFinite) else { throw .notFinite(path: path, name: entry.name) }
      weights.append((entry, values))
    }
    let names = Set(table.map(\.name))
    if let other = file.tensors.first(where: { !names.contains($0.name) }) {
      throw .unknownTensor(path: path, name: other.name)
    }
    var parameters = NetworkParameters(zeros: shape)
    for (entry, values) in weights { parameters.values.replaceSubrange(entry.range, with: values) }
    return parameters
  }
}

/// The metadata of one file, read with errors that name it.
private struct Metadata {
  let path: String
  let strings: [String: String]

  func string(_ key: String) throws(ForecastError) -> String {
    guard let text = strings[key] else { throw .missingMetadata(path: path, key: key) }
    return text
  }

  func value<Value: Decodable>(_ key: String, as type: Value.Type) throws(ForecastError) -> Value {
    let text = try string(key)
    guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
      throw .badMetadata(path: path, key: key, reason: "not the JSON this lsmap writes")
    }
    return value
  }
}
