import Forecasting
import Foundation
import Neural
import Testing

struct TrainingTests {
  static let settings: TrainingSettings = {
    var settings = TrainingSettings.tiny
    settings.pretraining.epochs = 2
    settings.finetuning.epochs = 2
    settings.pretraining.batch = 16
    settings.finetuning.batch = 20
    settings.finetuning.noiseFreeSteps = 0
    return settings
  }()

  private func finish(
    _ samples: SampleSet, _ settings: TrainingSettings, threads: Int, from state: TrainingState? = nil,
    afterEpoch: (TrainingState) throws -> Void = { _ in }
  ) throws -> TrainingState {
    let run = try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: threads))
    return try run.run(from: state ?? run.start, afterEpoch: afterEpoch)
  }

  @Test(arguments: ContrastiveLoss.allCases)
  func `one thread, two threads and a run resumed from its file end in the same bytes`(loss: ContrastiveLoss) throws {
    let samples = madeUpSamples()
    var settings = Self.settings
    settings.pretraining.loss = loss.rawValue
    var files: [Data] = []
    let one = try finish(samples, settings, threads: 1) { state in
      files.append(TrainingCheckpoint(state: state, settings: settings, samples: "a", split: "b").encoded)
    }
    let two = try finish(samples, settings, threads: 2)
    #expect(one == two)
    #expect(files.count == 4)
    for file in files.dropLast() {
      let checkpoint = try TrainingCheckpoint(reading: file, path: "checkpoint")
      #expect(checkpoint.settings == settings)
      #expect(try finish(samples, settings, threads: 1, from: checkpoint.state) == one)
    }
  }

  @Test func `a run whose progress cannot be kept ends with that error, and goes on from what was kept`() throws {
    struct Full: Error {}
    let samples = madeUpSamples()
    let whole = try finish(samples, Self.settings, threads: 1)
    var kept: [TrainingState] = []
    #expect(throws: Full.self) {
      try finish(samples, Self.settings, threads: 1) { state in
        guard kept.isEmpty else { throw Full() }
        kept.append(state)
      }
    }
    let state = try #require(kept.first)
    #expect(state.epochs == 1)
    #expect(try finish(samples, Self.settings, threads: 1, from: state) == whole)
  }

  @Test func `training learns labels that the physics does not know`() throws {
    let samples = madeUpSamples(days: 16)
    var settings = Self.settings
    settings.finetuning.epochs = 60
    settings.finetuning.rate = 3e-3
    settings.augments = false
    settings.dropout = 0
    settings.pretraining.epochs = 0
    let run = try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: 1))
    let end = try run.run(from: run.start)
    let records = end.records
    #expect((records.last?.focal ?? 1) < 0.3 * (records.first?.focal ?? 0))
  }

  @Test func `a network of another patch and window learns in both phases`() throws {
    let samples = madeUpSamples(days: 16)
    var settings = Self.settings
    settings.network = NetworkFixture.shape(patch: 13, 12, x: 4)
    settings.pretraining.epochs = 12
    settings.pretraining.rate = 3e-3
    settings.finetuning.epochs = 60
    settings.finetuning.rate = 3e-3
    settings.augments = false
    settings.dropout = 0
    let end = try finish(samples, settings, threads: 2)
    let contrast = end.records.filter { $0.phase == .pretraining }.map(\.loss)
    let focal = end.records.filter { $0.phase == .finetuning }.map(\.focal)
    #expect(contrast[contrast.count - 1] < contrast[0])
    #expect(focal[focal.count - 1] < 0.3 * focal[0])
  }

  @Test func `the widest patch leaves the augmentation its room, on any threads`() throws {
    let samples = madeUpSamples()
    var settings = Self.settings
    settings.network = NetworkFixture.shape(patch: 15, 8, x: 3)
    let one = try finish(samples, settings, threads: 1)
    let two = try finish(samples, settings, threads: 2)
    #expect(one == two)
    #expect(one.records.allSatisfy { $0.loss.isFinite })
  }

  @Test func `samples whose rain is shorter than the window are named`() throws {
    let samples = madeUpSamples()
    var settings = Self.settings
    settings.network = NetworkFixture.shape(patch: 9, 24, x: 10)
    // The first sample is of the fifth day of rain.
    let refusal = TrainingError.shortRain(sample: samples.keys[0].words, hours: 240)
    #expect(throws: refusal) {
      try TrainingRun(
        samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: 1))
    }
    #expect(throws: refusal) {
      try logits(
        of: [0], in: samples, parameters: NetworkParameters(settings.network, seed: 1), scaling: .unfitted,
        workers: Workers(threads: 1))
    }
    #expect(samples.hasWindow(samples.samples[0], hours: 120) && !samples.hasWindow(samples.samples[0], hours: 121))
  }

  @Test func `a loss that is no number stops the run and names the batch`() throws {
    let samples = madeUpSamples()
    let run = try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: Self.settings, workers: Workers(threads: 1))
    var state = run.start
    state.parameters["latent.bias"] = Array(repeating: .nan, count: NetworkShape.tiny.latent)
    #expect {
      _ = try run.run(from: state)
    } throws: { error in
      guard case TrainingError.notANumber("pre-training", 1, 1, let named) = error else { return false }
      return named.count == 16
    }
  }

  @Test func `samples of one region are refused for pre-training`() {
    let samples = madeUpSamples(sites: 1)
    #expect(throws: TrainingError.self) {
      try TrainingRun(
        samples, training: Array(samples.samples.indices), settings: Self.settings, workers: Workers(threads: 1))
    }
  }

  @Test func `the first logits are the prior and the physics alone`() throws {
    let samples = madeUpSamples()
    var settings = Self.settings
    settings.pretraining.epochs = 0
    let run = try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: 1))
    let start = run.start.parameters
    let found = try logits(
      of: [0, 5, 20], in: samples, parameters: start, scaling: run.scaling, workers: Workers(threads: 1))
    for (z, pick) in zip(found, [0, 5, 20]) {
      let expected = start["classifier.bias"][0] + 0.5 * samples.samples[pick].physics.logit
      #expect(abs(Float(z) - expected) < 1e-5)
    }
  }

  @Test func `unlabelled samples change the weights through the distillation only`() throws {
    let plain = madeUpSamples()
    let samples = SampleSet(
      sites: plain.sites,
      samples: plain.samples.enumerated().map { index, sample in
        Sample(
          site: sample.site, day: sample.day, label: index % 5 == 4 ? .unlabelled : sample.label,
          physics: sample.physics, earlyWarning: 0)
      }, firstHour: plain.firstHour, hours: plain.hours, frameOfHour: plain.frameOfHour, frames: plain.frames,
      title: "")
    var settings = Self.settings
    settings.pretraining.epochs = 0
    let labelled = samples.samples.indices.filter { samples.samples[$0].label != .unlabelled }
    let run = try TrainingRun(
      samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: 1))
    #expect(run.training == labelled)
    #expect(run.unlabelled.count == samples.samples.count - labelled.count)
    let end = try run.run(from: run.start)
    #expect(end.records.allSatisfy { $0.loss.isFinite && $0.distillation > 0 })
  }

  @Test func `the preset with memory learns, drops branches and ends in the same bytes on any threads`() throws {
    let samples = madeUpSamples(days: 16)
    var settings = TrainingSettings.proposed
    settings.pretraining.epochs = 2
    settings.pretraining.batch = 16
    settings.finetuning.epochs = 30
    settings.finetuning.batch = 20
    let one = try finish(samples, settings, threads: 1)
    #expect(try finish(samples, settings, threads: 2) == one)
    let records = one.records.filter { $0.phase == .finetuning }
    #expect(records[records.count - 1].focal < 0.5 * records[0].focal)
    // Noise on the features from the second epoch on.
    #expect(records[0].noisyFocal == 0 && records[1].noisyFocal > 0)
    settings.branchDropout = 0
    #expect(try finish(samples, settings, threads: 1) != one)
  }

  @Test func `the teacher is fitted on training labels alone and knows no more than the network`() throws {
    let samples = madeUpSamples(days: 16)
    let training = Array(samples.samples.indices.prefix(24))
    let teacher = DistillationTeacher.logistic
    let taught = teacher.probabilities(of: samples, training: training, inputs: 6)
    let others = SampleSet(
      sites: samples.sites,
      samples: samples.samples.enumerated().map { index, sample in
        // Other labels and memories of what does not train.
        training.contains(index)
          ? sample
          : Sample(
            site: sample.site, day: sample.day, label: .landslide, physics: sample.physics, memory: .none,
            earlyWarning: 0)
      }, firstHour: samples.firstHour, hours: samples.hours, frameOfHour: samples.frameOfHour,
      frames: samples.frames, title: "")
    #expect(teacher.probabilities(of: others, training: training, inputs: 6) == taught)
    #expect(teacher.probabilities(of: others, training: training, inputs: 14) != taught)
    #expect(taught.allSatisfy { (0...1).contains($0) })
    #expect(
      DistillationTeacher.physics.probabilities(of: samples, training: [], inputs: 6)[3]
        == Double(samples.samples[3].physics.q))
  }
}
