package import Evaluation
package import SoilWater

/// Where what a model knows comes from.
package enum ModelKind: String, Hashable, Sendable, Codable {
  /// No sample has shaped it.
  case startState = "start state"
  case synthetic = "trained on synthetic landslides"
  case trained = "trained on a landslide inventory"
}

/// What the model was trained on and how.
package struct TrainingRecord: Hashable, Sendable, Codable {
  /// SHA-256 of the sample file; empty for a model that saw no sample.
  package var dataHash: String
  /// Share of positive samples.
  package var prevalence: Double
  package var samples: Int
  package var positives: Int
  package var seeds: [UInt64]
  /// How the method learnt, in words.
  package var recipe: String

  package init(
    dataHash: String, prevalence: Double, samples: Int, positives: Int, seeds: [UInt64], recipe: String
  ) {
    self.dataHash = dataHash
    self.prevalence = prevalence
    self.samples = samples
    self.positives = positives
    self.seeds = seeds
    self.recipe = recipe
  }

  /// Of a model that saw no sample.
  package static func none(seed: UInt64) -> TrainingRecord {
    TrainingRecord(dataHash: "", prevalence: 0, samples: 0, positives: 0, seeds: [seed], recipe: "start state")
  }
}

/// What every model file says whatever its method: JSON strings in the metadata of a safetensors file.
package struct ModelHeader: Hashable, Sendable {
  /// Name of the method whose payload the file holds.
  package var method: String
  package var kind: ModelKind
  /// What the samples were called, or what a start state is.
  package var title: String
  package var levels: Levels
  /// From the method's score to a probability; `nil` where the score, cut to 0 ... 1, is taken as it is.
  package var calibration: Calibration?
  package var training: TrainingRecord
  package var physics: PhysicsSettings
  /// Name and version of the program that wrote it.
  package var tool: String

  package init(
    method: String, kind: ModelKind, title: String, levels: Levels, calibration: Calibration?,
    training: TrainingRecord, physics: PhysicsSettings, tool: String
  ) {
    self.method = method
    self.kind = kind
    self.title = title
    self.levels = levels
    self.calibration = calibration
    self.training = training
    self.physics = physics
    self.tool = tool
  }

  /// The probability of a score, as layers have it; `NaN` for a `NaN`.
  package func probability(of score: Float) -> Float {
    guard let calibration else { return score > 1 ? 1 : score < 0 ? 0 : score }
    return calibration.probability(of: score)
  }

  /// What cannot be used, by metadata key; `nil` when all can.
  package var flaw: (key: String, reason: String)? {
    if let reason = levels.flaw { return ("levels", reason) }
    if let reason = calibration?.flaw { return ("calibration", reason) }
    guard (0...1).contains(training.prevalence), training.positives >= 0, training.positives <= training.samples
    else { return ("training", "impossible counts or prevalence") }
    if let reason = physics.flaw { return ("physics", reason) }
    return nil
  }
}

extension ModelHeader {
  /// Names of the header's strings in the metadata.
  package static let keys: Set = [
    "method", "kind", "title", "levels", "calibration", "training", "physics", "tool",
  ]

  /// The header as strings.
  var metadata: [String: String] {
    [
      "method": method, "kind": kind.rawValue, "title": title, "levels": sortedJSON(levels),
      "calibration": sortedJSON(calibration), "training": sortedJSON(training), "physics": sortedJSON(physics),
      "tool": tool,
    ]
  }

  /// Reads and checks the strings of a file.
  /// - Throws: `missingMetadata`, `badMetadata`.
  init(metadata: [String: String], path: String) throws(ForecastError) {
    let strings = ModelPayload(settings: metadata)
    func string(_ key: String) throws(ForecastError) -> String {
      guard let text = metadata[key] else { throw .missingMetadata(path: path, key: key) }
      return text
    }
    func refusal(_ key: String, _ reason: String) -> ForecastError {
      .badMetadata(path: path, key: key, reason: reason)
    }
    guard let kind = ModelKind(rawValue: try string("kind")) else { throw refusal("kind", "unknown to this lsmap") }
    self.init(
      method: try string("method"), kind: kind, title: try string("title"),
      levels: try strings.value("levels", as: Levels.self, path: path),
      calibration: try strings.value("calibration", as: Calibration?.self, path: path),
      training: try strings.value("training", as: TrainingRecord.self, path: path),
      physics: try strings.value("physics", as: PhysicsSettings.self, path: path), tool: try string("tool"))
    if let flaw { throw refusal(flaw.key, flaw.reason) }
  }
}
