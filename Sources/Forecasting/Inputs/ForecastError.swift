/// What can be wrong with a model file or with what a forecast is asked for: the fact and the remedy.
package enum ForecastError: Error, Equatable {
  case notAModel(path: String, reason: String)
  case otherFormat(path: String, version: String)
  case missingMetadata(path: String, key: String)
  case badMetadata(path: String, key: String, reason: String)
  case missingTensor(path: String, name: String)
  case unknownTensor(path: String, name: String)
  case wrongShape(path: String, name: String, expected: [Int], found: [Int])
  case notFinite(path: String, name: String)
  case unknownMethod(String, known: [String])
  case missingLayer(method: String, layer: String)
  case untrained(method: String)
  case otherMethod(path: String, holds: String, wanted: String)
  case otherPhysics(path: String, catalogue: String, differences: [String])
  case samplesOfOtherPhysics(path: String, samples: String, differences: [String])
}

extension ForecastError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAModel(let path, let reason):
      "\(path): not a model of lsmap: \(reason); name a file that lsmap train wrote"
    case .otherFormat(let path, let version):
      "\(path): model format \(version), not this lsmap's; train it anew or use the lsmap that wrote it"
    case .missingMetadata(let path, let key): "\(path): the model lacks its \(key); train it anew"
    case .badMetadata(let path, let key, let reason):
      "\(path): the model's \(key) cannot be used: \(reason); train it anew"
    case .missingTensor(let path, let name): "\(path): the model lacks the weights \(name); the file is incomplete"
    case .unknownTensor(let path, let name): "\(path): weights \(name) belong to no part of its method; train it anew"
    case .wrongShape(let path, let name, let expected, let found):
      "\(path): weights \(name) have the shape \(found), its method needs \(expected); train it anew"
    case .notFinite(let path, let name): "\(path): weights \(name) hold a value that is no finite number; train it anew"
    case .unknownMethod(let name, let known):
      "no method is named \(name); use one of \(known.joined(separator: ", "))"
    case .otherPhysics(let path, let catalogue, let differences):
      "\(path): the model learnt from a physics with \(differences.joined(separator: ", ")); say so in \(catalogue) under "
        + "soilwater or critical_line, or use a model of its physics"
    case .samplesOfOtherPhysics(let path, let samples, let differences):
      "\(path): the model learnt from a physics with \(differences.joined(separator: ", ")) as \(samples) was built with; "
        + "build the samples with the model's settings"
    case .untrained(let method):
      "method \(method) says nothing before it has learnt: lsmap train --method \(method), then name its file with --model"
    case .otherMethod(let path, let holds, let wanted):
      "\(path): a model of method \(holds), not of \(wanted); name another file, or leave --method out"
    case .missingLayer(let method, let layer): "method \(method) needs the layer \(layer); run the soil water first"
    }
  }
}
