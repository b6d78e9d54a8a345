import Evaluation
import Foundation
import Mesh
import Neural
import Testing

@testable import Forecasting

struct LogisticMethodTests {
  /// Weights of scikit-learn 1.9, `LogisticRegression(C=1, tol=1e-12)` after standardising the same forty samples.
  @Test func `weights are those of scikit-learn`() {
    let rows = TabularFixture.rows(40)
    let fitted = LogisticRegression(fitting: rows, labels: TabularFixture.labels(40), inputs: ["a", "b", "c"])
    let found = fitted.weights + [fitted.bias, fitted.logit(rows[0])]
    let expected = [1.998862, 0.755473, -0.0264506, -1.1627827, -0.1470144]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `an input that never changes has no weight, and labels that it divides cleanly have a finite one`() {
    let rows: [[Float]] = (0..<20).map { [Float($0), 7] }
    let labels = (0..<20).map { $0 >= 15 }
    let fitted = LogisticRegression(fitting: rows, labels: labels, inputs: ["a", "b"])
    #expect(fitted.weights[1] == 0)
    #expect(fitted.weights[0] > 1 && fitted.weights[0] < 10)
    #expect(fitted.logit([19, 7]) > 0 && fitted.logit([0, 7]) < 0)
  }

  @Test(arguments: ["logistic", "logistic-without-memory", "trees", "trees-without-memory", "memory-rank"])
  func `a trained model scores cells as it scored samples`(name: String) throws {
    let samples = madeUpSamples()
    let places = Array(samples.samples.indices)
    var settings = TrainingSettings.tiny
    settings.trees.leastSamples = 3
    let lesson = Lesson(samples, training: places, settings: settings, workers: Workers(threads: 1))
    let model = try Method(named: name).train(
      lesson, validation: ValidationPlan(samples: places, units: "all"), dataHash: "", tool: "test")
    let forecaster = try Forecaster(reading: model.file.encoded(), path: "model")

    let grid = MeshGrid(south: 4_200, west: 3_120, height: 1, width: samples.samples.count)
    func layer(_ value: (PhysicsInput) -> Float) -> Layer<Float> {
      Layer(grid: grid, values: samples.samples.map { value($0.physics) })
    }
    let physics = PhysicsLayers(
      q: layer(\.q), rank: layer(\.rank), soilWaterMaximum: layer(\.soilWaterMaximum),
      hourlyRainMaximum: layer(\.hourlyRainMaximum), soilWaterAtStart: layer(\.soilWaterAtStart),
      unfamiliarity: layer(\.q), memory: Layer(grid: grid, values: samples.samples.map(\.memory)))
    let inputs = NetworkFixture.inputs(grid)
    let forecast = try forecaster.forecast(
      ForecastInputs(
        statics: inputs.statics.cropped(to: grid), rain: LayerStack(grid: grid, bands: 24, filledWith: 0),
        physics: physics), plan: ForecastPlan(threads: 1))
    #expect(
      forecast.score.values
        == (try model.scorer.scores(of: places, in: samples, workers: lesson.workers)).map { Float($0) })
    #expect(Set(forecast.score.values).count > 2)
    #expect(Set(forecast.level.values).isSubset(of: [1, 2, 3, 4, 5]))
  }

  @Test func `a payload of other inputs or impossible numbers is refused`() throws {
    let fitted = LogisticRegression(
      fitting: [[1], [2], [3]], labels: [false, true, false], inputs: ["another input"])
    let payload = ModelPayload(settings: ["logistic": sortedJSON(fitted)])
    #expect(throws: ForecastError.self) { try Method(named: "logistic").open(payload, "model") }
    #expect(fitted.flaw(wanting: ["another input"]) == nil)
    #expect(throws: ForecastError.missingMetadata(path: "model", key: "logistic")) {
      try Method(named: "logistic").open(ModelPayload(), "model")
    }
  }
}
