package import Forecasting
package import SoilWater

/// A model file in words: what it is, what its levels rest on, what it was trained on.
package struct ModelInspection: Codable, Sendable {
  package let title: String
  package let kind: ModelKind
  package let architecture: NetworkShape
  package let thresholds: ThresholdRecord
  package let calibration: CalibrationRecord
  package let training: TrainingRecord
  package let physics: PhysicsSettings
  package let tool: String

  init(_ file: ModelFile) {
    let record = file.record
    architecture = file.parameters.shape
    title = record.title
    kind = record.kind
    thresholds = record.thresholds
    calibration = record.calibration
    training = record.training
    physics = record.physics
    tool = record.tool
  }

  var words: String {
    let network =
      "patch of \(architecture.patch) cells, \(architecture.tokens) tokens of \(architecture.hoursPerToken) h, "
      + "\(architecture.layers) layers of width \(architecture.width)"
    return """
      \(title)
      kind: \(kind.rawValue)
      levels 2 to 5 from p = \(thresholds.levels.map { "\($0)" }.joined(separator: ", ")): \(thresholds.origin)
      calibration: \(calibration.origin)
      network: \(network)
      physics: \(physics.words)
      training: \(training.method), \(training.samples) samples, \(training.positives) positive
      made by \(tool)
      """
  }
}
