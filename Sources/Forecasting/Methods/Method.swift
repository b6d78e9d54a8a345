package import SoilWater

/// A way to tell dangerous days: a row of the one table that `train`, `predict`, `evaluate`, model files and `inspect`
/// read.
///
/// A further method is a file with its row and its name in `Method.all`. It learns from samples, opens what it learnt
/// from a model file, and owns the payload of that file. Calibration, levels and all else that stands in a model's
/// header are the same for every method and made elsewhere.
package struct Method: Sendable {
  /// What a method reads.
  package enum Need: String, Sendable {
    case physics = "soil water and its history"
    case memory = "what each cell has survived"
    case rain = "hourly rain around the cell"
    case ground = "static layers around the cell"
  }

  /// As the command line and model files have it.
  package let name: String
  /// As tables have it.
  package let title: String
  package let needs: Set<Need>
  /// What the row changes in the settings of a training.
  package let adjust: @Sendable (inout TrainingSettings) -> Void
  /// Learns from samples.
  package let learn: @Sendable (Lesson) throws -> Learned
  /// Opens the payload of a model file, by the path of the file for the error, and checks all of it.
  package let open: @Sendable (ModelPayload, String) throws(ForecastError) -> any RiskScorer
  /// The model that no sample has shaped; `nil` where a method says nothing before it has learnt.
  package let start: (@Sendable (PhysicsSettings, _ tool: String) -> ModelFile)?
  /// The score of a sample, for a method that asks no labels; `nil` for one that must learn.
  package let score: (@Sendable (Sample) -> Double)?

  package init(
    _ name: String, title: String, needs: Set<Need>,
    adjust: @escaping @Sendable (inout TrainingSettings) -> Void = { _ in },
    learn: @escaping @Sendable (Lesson) throws -> Learned,
    open: @escaping @Sendable (ModelPayload, String) throws(ForecastError) -> any RiskScorer,
    start: (@Sendable (PhysicsSettings, String) -> ModelFile)? = nil, score: (@Sendable (Sample) -> Double)? = nil
  ) {
    self.name = name
    self.title = title
    self.needs = needs
    self.adjust = adjust
    self.learn = learn
    self.open = open
    self.start = start
    self.score = score
  }

  /// Whether the scores rest on labels: such a method is trained anew for each test side.
  package var isTrained: Bool { score == nil }

  /// The settings of its training, from those that are asked for.
  package func settings(from asked: TrainingSettings) -> TrainingSettings {
    var settings = asked
    adjust(&settings)
    return settings
  }
}

extension Method: Equatable {
  /// Names are unique.
  package static func == (one: Method, other: Method) -> Bool { one.name == other.name }
}
