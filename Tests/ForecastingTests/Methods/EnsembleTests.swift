import Evaluation
import Foundation
import Mesh
import Neural
import Testing

@testable import Forecasting

struct EnsembleTests {
  private static func model(_ name: String = "without-pretraining", members: Int, threads: Int = 1) throws
    -> TrainedModel
  {
    let samples = madeUpSamples()
    let method = try Method(named: name)
    var settings = TrainingSettings.tiny
    settings.finetuning.epochs = 3
    settings.statedMembers = members
    let places = Array(samples.samples.indices)
    let lesson = Lesson(
      samples, training: places, settings: method.settings(from: settings), workers: Workers(threads: threads))
    return try method.train(
      lesson, validation: ValidationPlan(samples: places, units: "all"), dataHash: "", tool: "test")
  }

  @Test func `risk and uncertainty are mean and deviation of the members, one by one`() throws {
    let file = try Self.model(members: 3).file
    let forecaster = try Forecaster(reading: file.encoded(), path: "ensemble")
    let samples = madeUpSamples()
    let method = try Method(named: file.header.method)
    let platts = try file.payload.value("members", as: [Calibration].self, path: "ensemble")
    let calibration = try #require(file.header.calibration)
    for pick in [1, 8, 20] {
      let inputs = PatchInputs.of(samples.samples[pick], in: samples, halo: forecaster.halo)
      let found = try forecaster.forecast(inputs, plan: ForecastPlan(threads: 1))
      let logits = try (0..<3).map { member -> Double in
        let own = file.payload.split(at: "member\(member).").own
        let score = try method.open(own, "member").scores(
          inputs, wanted: nil, plan: ForecastPlan(threads: 1), explains: false
        ).scores.values[0]
        return platts[member].slope * Double(score) + platts[member].offset
      }
      func sigma(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
      let mean = logits.map(sigma).reduce(0, +) / 3
      let score = log(mean / (1 - mean))
      #expect(abs(Double(found.score.values[0]) - score) < 1e-5)
      #expect(abs(Double(found.probability.values[0]) - calibration.probability(ofLogit: score)) < 1e-6)
      let own = logits.map(calibration.probability(ofLogit:))
      let middle = own.reduce(0, +) / 3
      let deviation = (own.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / 3).squareRoot()
      let spread = try #require(found.spread).values[0]
      #expect(deviation > 1e-6 && abs(Double(spread) - deviation) < 0.01 * deviation, "\(deviation) \(spread)")
      let sampled = try forecaster.scorer.scores(of: [pick], in: samples, workers: Workers(threads: 1))
      #expect(abs(sampled[0] - score) < 1e-4)
    }
  }

  @Test func `one member is the plain model, and the first of more`() throws {
    let plain = try Self.model(members: 1)
    #expect(plain.file.payload.settings["members"] == nil && plain.scorer.members == 1)
    let ensemble = try Self.model(members: 2)
    #expect(ensemble.file.payload.split(at: "member0.").own == plain.file.payload)
    #expect(ensemble.file.header.training.seeds == Method.memberSeeds(2, of: 0))
    #expect(Method.memberSeeds(3, of: 7)[0] == 7 && Set(Method.memberSeeds(5, of: 7)).count == 5)
    let samples = madeUpSamples()
    let inputs = PatchInputs.of(samples.samples[0], in: samples, halo: plain.scorer.halo)
    #expect(try Forecaster(plain.file, path: "m").forecast(inputs, plan: ForecastPlan(threads: 1)).spread == nil)
    let alone = EnsembleScorer(ensemble: [.init(scorer: plain.scorer, calibration: .identity(origin: ""))])
    let places = Array(0..<10)
    let one = try alone.scores(of: places, in: samples, workers: Workers(threads: 1))
    let own = try plain.scorer.scores(of: places, in: samples, workers: Workers(threads: 1))
    #expect(zip(one, own).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func `an ensemble is the same on any threads, and of one-class models too`() throws {
    #expect(try Self.model(members: 2, threads: 2).file == Self.model(members: 2).file)
    let anomaly = try Self.model("ctlgnet-ad", members: 2).file
    #expect(try Forecaster(reading: anomaly.encoded(), path: "m").scorer.words.hasPrefix("ensemble of 2"))
  }

  @Test func `probabilities near 0 and 1 leave the score a number`() {
    #expect(EnsembleScorer.score([600, 600]) == 600 && EnsembleScorer.score([-600, -600]) == -600)
    #expect(EnsembleScorer.score([2, -2]) == 0 && EnsembleScorer.score([1, .nan]).isNaN)
  }

  @Test(arguments: ["logistic", "memory-rank"])
  func `a method that learns the same from every seed has no members`(name: String) {
    #expect(throws: TrainingError.self) { try Self.model(name, members: 2) }
  }

  @Test func `a member too many or too few is refused`() throws {
    var file = try Self.model(members: 2).file
    let whole = file
    file.payload.tensors.removeAll { $0.name.hasPrefix("member1.") }
    #expect(throws: ForecastError.self) { try Forecaster(file, path: "m") }
    file = whole
    file.payload = file.payload.joined(by: whole.payload.split(at: "member0.").own, under: "member2.")
    #expect(throws: ForecastError.self) { try Forecaster(file, path: "m") }
    file = whole
    file.payload.settings["members"] = "[]"
    #expect(throws: ForecastError.self) { try Forecaster(file, path: "m") }
    #expect(throws: Never.self) { try Forecaster(whole, path: "m") }
  }
}
