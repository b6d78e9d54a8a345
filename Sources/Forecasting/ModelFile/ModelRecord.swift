import Foundation
package import SoilWater

/// Where the weights of a model come from.
package enum ModelKind: String, Hashable, Sendable, Codable {
  /// METHOD 3.2's start: the classifier is zero, the risk is the physics through the skip.
  case startState = "start state"
  case syntheticBenchmark = "trained on the synthetic benchmark"
  case trained = "trained on a landslide inventory"
}

/// Lower edges of the levels 2 to 5, as calibrated probabilities, and where they come from.
package struct ThresholdRecord: Hashable, Sendable, Codable {
  /// At 95, 90, 80, 50 % recall; increasing.
  package var levels: [Float]
  package var recalls = [0.95, 0.9, 0.8, 0.5]
  /// The split whose inner validation gave them, in words; says so when none did.
  package var origin: String
  /// Whether the recalls were measured on held-out samples.
  package var isMeasured: Bool

  package init(levels: [Float], origin: String, isMeasured: Bool) {
    self.levels = levels
    self.origin = origin
    self.isMeasured = isMeasured
  }
}

/// `p = sigmoid(slope z + offset)`, METHOD 7.3.
package struct CalibrationRecord: Hashable, Sendable, Codable {
  package var slope: Double
  package var offset: Double
  package var origin: String

  package init(slope: Double, offset: Double, origin: String) {
    self.slope = slope
    self.offset = offset
    self.origin = origin
  }
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
  /// The method and its switches, such as `proposed` or `proposed without kd`.
  package var method: String

  package init(
    dataHash: String, prevalence: Double, samples: Int, positives: Int, seeds: [UInt64], method: String
  ) {
    self.dataHash = dataHash
    self.prevalence = prevalence
    self.samples = samples
    self.positives = positives
    self.seeds = seeds
    self.method = method
  }
}

/// Everything a model file says beside its weights: JSON strings in the metadata of a safetensors file.
package struct ModelRecord: Hashable, Sendable {
  package var kind: ModelKind
  /// What maps made with the model call it.
  package var title: String
  package var scaling: StaticScaling
  package var thresholds: ThresholdRecord
  package var calibration: CalibrationRecord
  package var training: TrainingRecord
  package var physics: PhysicsSettings
  /// Name and version of the program that wrote it.
  package var tool: String

  package init(
    kind: ModelKind, title: String, scaling: StaticScaling, thresholds: ThresholdRecord,
    calibration: CalibrationRecord, training: TrainingRecord, physics: PhysicsSettings, tool: String
  ) {
    self.kind = kind
    self.title = title
    self.scaling = scaling
    self.thresholds = thresholds
    self.calibration = calibration
    self.training = training
    self.physics = physics
    self.tool = tool
  }

  /// Names of the inputs in the order in which a network of the shape reads them.
  package static func featureOrder(of shape: NetworkShape) -> [String] {
    ["elevation", "slope"] + ["N", "NE", "E", "SE", "S", "SW", "W", "NW"].map { "aspect \($0)" }
      + (1...StaticScaling.soils).map { "soil \($0)" } + (1...StaticScaling.vegetations).map { "vegetation \($0)" }
      + ["rain ln(1 + mm/10), \(shape.hours) hours, oldest first, \(shape.hoursPerToken) a token"]
      + ["q", "logit(q)/4.6", "rank", "swi maximum/200", "hourly rain maximum/50", "swi at window start/200"]
  }

  /// What cannot be used, by metadata key; `nil` when all can.
  package var flaw: (key: String, reason: String)? {
    if let reason = scaling.flaw { return ("standardisation", reason) }
    let levels = thresholds.levels
    guard levels.count == 4, levels.allSatisfy(\.isFinite), zip(levels, levels.dropFirst()).allSatisfy(<) else {
      return ("thresholds", "they are not four increasing numbers")
    }
    guard calibration.slope > 0, calibration.slope.isFinite, calibration.offset.isFinite else {
      return ("calibration", "the slope is not above 0 or a number is not finite")
    }
    guard (0...1).contains(training.prevalence), training.positives >= 0, training.positives <= training.samples
    else { return ("training", "impossible counts or prevalence") }
    if let reason = physics.flaw { return ("physics", reason) }
    return nil
  }
}
