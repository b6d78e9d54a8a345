import Foundation
import Mesh
import Neural
import Statistics
import Testing

@testable import Forecasting

struct AlignmentTests {
  static let settings: TrainingSettings = {
    var settings = TrainingSettings.tiny
    settings.finetuning.epochs = 3
    settings.finetuning.warmUpEpochs = 0
    settings.finetuning.slowEpochs = 0
    settings.statedAlignment.regions = 3
    settings.statedAlignment.samples = 5
    return Method.mmdAAE.settings(from: settings)
  }()

  private func run(_ settings: TrainingSettings, threads: Int = 1) throws -> TrainingRun {
    let samples = madeUpSamples()
    return try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: threads))
  }

  private func epoch(_ run: TrainingRun) throws -> AlignmentEpoch {
    let sampler = try RegionSampler(run.samples, training: run.training, settings: run.settings.statedAlignment)
    let targets = ReconstructionTargets(run.samples, training: run.training, scaling: run.scaling, hours: 72)
    return AlignmentEpoch(run, sampler, targets)
  }

  /// The gradient along a direction in some tensors beside the difference of the losses there. The discrepancy has its own
  /// check (its widths are constants for the gradient) and is left out.
  @Test(arguments: ["decoder.", "discriminator.", "latent.", "rain.", "classifier."])
  func `the gradient of every part is a central difference`(prefix: String) throws {
    var settings = Self.settings
    settings.statedAlignment.discrepancy = 0
    settings.statedAlignment.adversary = 0.7
    settings.statedAlignment.reconstruction = 0.5
    let run = try run(settings)
    let epoch = try epoch(run)
    let reversal = 0.6
    let picks = Array(0..<20)
    var state = run.start
    state.parameters = NetworkFixture.parameters(settings.network)
    _ = epoch.losses(of: picks, state, number: 0, reversal: reversal)
    var gradient = [Float](repeating: 0, count: state.parameters.values.count)
    run.batches.sumGradients(picks.count, into: &gradient)
    var stream = RandomStream(seed: 3, "direction")
    var direction = [Double](repeating: 0, count: gradient.count)
    for entry in state.parameters.entries where entry.name.hasPrefix(prefix) {
      for index in entry.range { direction[index] = stream.normal() }
    }
    let slope = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * $1.1 }
    // The discriminator lowers its loss; the layers before the latent features raise it.
    let sign = prefix == "discriminator." ? 1 : -reversal
    func loss(_ step: Double) -> Double {
      var moved = state
      for index in direction.indices { moved.parameters.values[index] += Float(step * direction[index]) }
      let parts = epoch.losses(of: picks, moved, number: 0, reversal: reversal)
      return parts.label + sign * 0.7 * parts.alignment.adversary + 0.5 * parts.alignment.reconstruction
    }
    // A rectifier that switches within the step falsifies the difference however short the step is; one of three steps meets none.
    // Rounding of the losses in Float is about 1e-7 of them, in units of the shortest step 1e-3.
    let differences = [2e-3, 5e-4, 1e-4].map { (loss($0) - loss(-$0)) / (2 * $0) }
    #expect(abs(slope) > 1e-3)
    #expect(differences.contains { abs(slope - $0) < 0.02 * abs($0) + 5e-4 }, "\(slope) \(differences)")
  }

  @Test func `one thread, two threads and a resumed run end in the same bytes`() throws {
    var files: [Data] = []
    let one = try run(Self.settings)
    let end = try one.run(from: one.start) {
      files.append(TrainingCheckpoint(state: $0, settings: Self.settings, samples: "a", split: "b").encoded)
    }
    let two = try run(Self.settings, threads: 2)
    #expect(try two.run(from: two.start) == end)
    let checkpoint = try TrainingCheckpoint(reading: files[0], path: "checkpoint")
    #expect(try two.run(from: checkpoint.state) == end)
    #expect(end.records.count == 3 && end.records.allSatisfy { $0.alignment.map { $0.reconstruction > 0 } ?? false })
  }

  @Test func `a weight on the discrepancy brings the regions together`() throws {
    func discrepancy(_ weight: Double) throws -> Double {
      var settings = Self.settings
      settings.finetuning.epochs = 25
      settings.finetuning.rate = 3e-3
      settings.augments = false
      settings.dropout = 0
      settings.statedAlignment.discrepancy = weight
      let run = try run(settings)
      return try run.run(from: run.start).records.last?.alignment?.discrepancy ?? .nan
    }
    #expect(try discrepancy(20) < 0.7 * discrepancy(0))
  }

  @Test func `batches hold as many samples of each region, all of them before any again`() throws {
    let samples = madeUpSamples(sites: 4)
    var settings = AlignmentSettings()
    (settings.regions, settings.samples) = (3, 4)
    let sampler = try RegionSampler(samples, training: Array(samples.samples.indices), settings: settings)
    #expect(sampler.batches == 4)
    var stream = RandomStream(seed: 1, "batches")
    let batches = sampler.epoch(from: &stream)
    var seen: [String: [Int]] = [:]
    for batch in batches {
      let regions = batch.map { samples.region(of: samples.samples[$0]) }
      #expect(
        batch.count == 12 && Set(regions).count == 3
          && regions
            == regions.sorted { a, b in
              (regions.firstIndex(of: a) ?? 0) < (regions.firstIndex(of: b) ?? 0)
            }
      )
      for (pick, region) in zip(batch, regions) { seen[region, default: []].append(pick) }
    }
    for picks in seen.values { #expect(Set(picks.prefix(12)).count == min(12, picks.count)) }
    #expect(throws: TrainingError.self) {
      try RegionSampler(madeUpSamples(sites: 1), training: [0, 1], settings: settings)
    }
  }

  @Test func `the decoder's targets are the standardised inputs of the cell itself`() throws {
    let samples = madeUpSamples()
    let training = Array(samples.samples.indices)
    let scaling = InputScaling(fitting: samples, training: training, patch: 9, leastSamples: 1)
    let targets = ReconstructionTargets(samples, training: training, scaling: scaling, hours: 72)
    let rows = training.map { targets[$0] }
    #expect(rows.allSatisfy { $0.count == 109 })
    // The last hour of the day's rain, and q: standardised by hand.
    func lastHour(_ sample: Sample) -> Float {
      let frame = Int(samples.frameOfHour[sample.site * samples.hours + samples.lastHour(of: sample.day)])
      return frame < 0 ? 0 : log1pf(Float(samples.frames[frame * SampleSite.cells + 144]) / 100)
    }
    let columns: [(Int, [Double])] = [
      (102, samples.samples.map { Double(lastHour($0)) }), (103, samples.samples.map { Double($0.physics.q) }),
    ]
    for (column, own) in columns {
      let mean = own.reduce(0, +) / Double(own.count)
      var square = 0.0
      for x in own { square += (x - mean) * (x - mean) }
      let deviation = (square / Double(own.count)).squareRoot()
      for (row, x) in zip(rows, own) { #expect(abs(Double(row[column]) - (x - mean) / deviation) < 1e-4) }
    }
  }

  @Test func `the prior has the variance 1`() {
    var stream = RandomStream(seed: 5, "prior")
    let draws = (0..<20_000).map { _ in stream.laplace() }
    #expect(abs(draws.reduce(0, +) / 20_000) < 0.03)
    #expect(abs(draws.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.06)
    // The mean size of Laplace's distribution is its scale.
    #expect(abs(draws.reduce(0) { $0 + abs($1) } / 20_000 - 0.5.squareRoot()) < 0.02)
  }

  @Test(arguments: ["mmd-aae", "mmd-aae-ad"])
  func `a model file keeps nothing of decoder and discriminator and scores a map as its samples`(name: String) throws {
    let samples = madeUpSamples()
    let places = Array(samples.samples.indices)
    let method = try Method(named: name)
    var settings = Self.settings
    settings.statedOneClass.epochs = 2
    let lesson = Lesson(
      samples, training: places, settings: method.settings(from: settings), workers: Workers(threads: 2))
    let model = try method.train(
      lesson, validation: ValidationPlan(samples: places, units: "all"), dataHash: "", tool: "test")
    #expect(!model.file.payload.tensors.contains { $0.name.hasPrefix("decoder") || $0.name.hasPrefix("discriminator") })
    let forecaster = try Forecaster(reading: model.file.encoded(), path: "model")
    let scored = try model.scorer.scores(of: [4], in: samples, workers: Workers(threads: 1))
    let inputs = PatchInputs.of(samples.samples[4], in: samples, halo: forecaster.halo)
    let found = try forecaster.forecast(inputs, plan: ForecastPlan(threads: 1))
    #expect(abs(Double(found.score.values[0]) - scored[0]) < 1e-4 * max(1, abs(scored[0])))
  }
}
