/// What can be wrong with a file of tensors.
package enum NeuralError: Error, Equatable {
  case badTensorFile(path: String, reason: String)
}

extension NeuralError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badTensorFile(let path, let reason): "\(path): not a usable safetensors file: \(reason)"
    }
  }
}
