package import Evaluation
package import Forecasting
import Foundation
package import SoilWater

/// A model file in words: what it is, what its levels rest on, what it learnt from.
package struct ModelInspection: Codable, Sendable {
  package let method: String
  package let title: String
  package let kind: ModelKind
  package let levels: Levels
  /// `nil` where the score is taken as it is.
  package let calibration: Calibration?
  package let training: TrainingRecord
  package let physics: PhysicsSettings
  package let tool: String
  /// What the method reads.
  package let needs: [String]
  /// Models whose mean it is; 1 but for an ensemble.
  package let members: Int
  /// What it learnt, in its own words.
  package let learnt: String

  /// - Throws: What is wrong with the file.
  init(reading data: Data, path: String) throws(ForecastError) {
    let forecaster = try Forecaster(reading: data, path: path)
    let header = forecaster.header
    method = header.method
    title = header.title
    kind = header.kind
    levels = header.levels
    calibration = header.calibration
    training = header.training
    physics = header.physics
    tool = header.tool
    needs = try Method(named: method).needs.map(\.rawValue).sorted()
    members = forecaster.scorer.members
    learnt = forecaster.scorer.words
  }

  /// Level by level, where recalls were measured.
  private var meanings: [String] {
    levels.isMeasured ? levels.layer().classes : ["levels: no measured recall"]
  }

  var words: String {
    """
    \(title)
    method: \(method), reads \(needs.joined(separator: ", "))
    kind: \(kind.rawValue)
    levels 2 to 5 from p = \(levels.edges.map { "\($0)" }.joined(separator: ", ")): \(levels.origin)
    \(meanings.joined(separator: "\n"))
    calibration: \(calibration?.origin ?? "none, the score as it is")
    \(learnt)
    physics: \(physics.words)
    training: \(training.recipe), \(training.samples) samples, \(training.positives) positive
    made by \(tool)
    """
  }
}
