import Evaluation
import Foundation
import Neural
import Testing

@testable import Forecasting

struct OutOfFoldTests {
  /// The made-up landslides lie in two blocks.
  private static func dealt(_ samples: SampleSet) throws -> OutOfFolds {
    try #require(
      OutOfFolds(
        of: Array(samples.samples.indices), keys: samples.keys, labels: samples.samples.map { $0.label == .landslide },
        folds: 5, seed: 0))
  }

  private static func lesson(_ samples: SampleSet, _ settings: TrainingSettings = .tiny) -> Lesson {
    Lesson(samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: 1))
  }

  @Test func `levels and calibration rest on pooled scores of models that had not seen the fold`() throws {
    let samples = madeUpSamples(sites: 6)
    let folds = try Self.dealt(samples)
    #expect(folds.splits.count == 2)
    let method = try Method(named: "logistic")
    let plan = ValidationPlan(samples: [], folds: folds.splits, units: folds.words)
    let model = try method.train(Self.lesson(samples), validation: plan, dataHash: "", tool: "test")

    // The same by hand.
    func regression(_ places: [Int]) -> LogisticRegression {
      LogisticRegression(
        fitting: places.map { samples.samples[$0].evidence.vector(PhysicsVector.count) },
        labels: places.map { samples.samples[$0].label == .landslide }, inputs: PhysicsVector.names)
    }
    var (scores, labels) = ([Double](), [Bool]())
    for fold in folds.splits {
      let own = regression(fold.training)
      scores += fold.test.map { Double(Float(own.logit(samples.samples[$0].evidence.vector(PhysicsVector.count)))) }
      labels += fold.test.map { samples.samples[$0].label == .landslide }
    }
    let platt = Calibration(fitting: scores, labels: labels, origin: "")
    let header = model.file.header
    #expect(header.calibration?.slope == platt.slope && header.calibration?.offset == platt.offset)
    let curve = PrecisionRecallCurve(
      scores: scores.map { Double(platt.probability(of: Float($0))) }, labels: labels)
    #expect(header.levels.edges == Levels(measuredOn: curve, origin: "")?.edges)
    #expect(header.levels.origin == "validation out of folds: 72 samples, 18 landslides, 2 folds of blocks of 10 days")
    #expect(header.levels.recallIntervals?.count == 4)
    #expect(model.validation.map(\.score) == scores)
    // The model itself learns from all.
    let whole = regression(Array(samples.samples.indices))
    let found = try model.scorer.scores(of: [3], in: samples, workers: Workers(threads: 1))
    #expect(found[0] == Double(Float(whole.logit(samples.samples[3].evidence.vector(PhysicsVector.count)))))
  }

  @Test func `each model of an ensemble's folds keeps its own checkpoint, and the progress rises to its end`() throws {
    let samples = madeUpSamples()
    var settings = TrainingSettings.tiny
    settings.finetuning.epochs = 2
    settings.statedMembers = 2
    let method = try Method(named: "without-pretraining")
    var lesson = Self.lesson(samples, method.settings(from: settings))
    var parts: [String] = []
    var sizes: Set<Int> = []
    var progress: [Int] = []
    lesson.checkpoints = { part, training in
      if parts.last != part { parts.append(part) }
      sizes.insert(training.count)
      return CheckpointKeeper(samples: "", split: "", path: part, saved: nil, mustFit: false) { _ in }
    }
    lesson.onEpoch = { progress.append($1 * 100 / $2) }
    let folds = try Self.dealt(samples)
    let plan = ValidationPlan(samples: [], folds: folds.splits, units: folds.words)
    let model = try method.train(lesson, validation: plan, dataHash: "", tool: "test")
    // A checkpoint knows the samples of its own fold.
    #expect(sizes == Set([samples.samples.count] + folds.splits.map(\.training.count)))
    #expect(parts == ["", ".1", ".fold1", ".fold1.1", ".fold2", ".fold2.1"])
    #expect(progress.count == 12 && progress == progress.sorted() && progress.last == 100)
    #expect(model.scorer.members == 2)
  }

  @Test func `a model that gives all samples one score is refused`() throws {
    let samples = madeUpSamples()
    let indifferent = Method(
      "indifferent", title: "Indifferent", needs: [.physics],
      learn: { _ in Learned(payload: ModelPayload(settings: [:]), recipe: "") },
      open: { _, _ in CellwiseScorer(method: "indifferent", words: "", needsMemory: false) { _ in 0.5 } })
    let plan = ValidationPlan(samples: Array(samples.samples.indices), units: "all")
    #expect(throws: TrainingError.nothingLearnt(method: "Indifferent")) {
      try indifferent.train(Self.lesson(samples), validation: plan, dataHash: "", tool: "test")
    }
  }
}
