import Foundation
package import Neural

/// What a method keeps of its learning in a model file: tensors and strings that it alone reads and checks.
package struct ModelPayload: Sendable, Equatable {
  package var tensors: [Tensor]
  /// By names that the header does not use (`ModelHeader.keys`).
  package var settings: [String: String]

  package init(tensors: [Tensor] = [], settings: [String: String] = [:]) {
    self.tensors = tensors
    self.settings = settings
  }

  /// A setting, written with `sortedJSON`.
  /// - Throws: `missingMetadata`, `badMetadata`.
  package func value<Value: Decodable>(
    _ key: String, as type: Value.Type, path: String
  ) throws(ForecastError) -> Value {
    guard let text = settings[key] else { throw .missingMetadata(path: path, key: key) }
    guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
      throw .badMetadata(path: path, key: key, reason: "not the JSON this lsmap writes")
    }
    return value
  }

  /// The finite values of a tensor of this shape.
  /// - Throws: `missingTensor`, `wrongShape`, `notFinite`.
  package func floats(_ name: String, shape: [Int], path: String) throws(ForecastError) -> [Float] {
    guard let tensor = tensors.first(where: { $0.name == name }) else { throw .missingTensor(path: path, name: name) }
    guard tensor.shape == shape, let values = tensor.floats else {
      throw .wrongShape(path: path, name: name, expected: shape, found: tensor.shape)
    }
    guard values.allSatisfy(\.isFinite) else { throw .notFinite(path: path, name: name) }
    return values
  }

  /// The whole numbers of a list of any length.
  /// - Throws: `missingTensor`, `wrongShape`.
  package func integers(_ name: String, path: String) throws(ForecastError) -> [Int32] {
    guard let tensor = tensors.first(where: { $0.name == name }) else { throw .missingTensor(path: path, name: name) }
    guard tensor.shape.count == 1, let values = tensor.integers else {
      throw .wrongShape(path: path, name: name, expected: [tensor.values.count], found: tensor.shape)
    }
    return values
  }

  /// Refuses tensors and settings that the method does not know: what it does not read it must not seem to obey.
  /// - Throws: `unknownTensor`, `badMetadata`.
  package func requireNothingElse(
    tensors names: Set<String> = [], settings keys: Set<String> = [], path: String
  ) throws(ForecastError) {
    if let other = tensors.first(where: { !names.contains($0.name) }) {
      throw .unknownTensor(path: path, name: other.name)
    }
    if let other = settings.keys.sorted().first(where: { !keys.contains($0) }) {
      throw .badMetadata(path: path, key: other, reason: "its method has no such setting")
    }
  }

  /// This payload and another, whose tensors and settings get a prefix to their names.
  package func joined(by other: ModelPayload, under prefix: String) -> ModelPayload {
    ModelPayload(
      tensors: tensors + other.tensors.map { Tensor(prefix + $0.name, shape: $0.shape, $0.values) },
      settings: settings.merging(other.settings.map { (prefix + $0.key, $0.value) }) { _, new in new })
  }

  /// What stands under a prefix, without it, and the rest.
  package func split(at prefix: String) -> (own: ModelPayload, rest: ModelPayload) {
    var (own, rest) = (ModelPayload(), ModelPayload())
    for tensor in tensors {
      if tensor.name.hasPrefix(prefix) {
        own.tensors.append(Tensor(String(tensor.name.dropFirst(prefix.count)), shape: tensor.shape, tensor.values))
      } else {
        rest.tensors.append(tensor)
      }
    }
    for (key, value) in settings {
      if key.hasPrefix(prefix) {
        own.settings[String(key.dropFirst(prefix.count))] = value
      } else {
        rest.settings[key] = value
      }
    }
    return (own, rest)
  }
}
