import Forecasting
import Foundation
import Mesh
import Pipeline
import Simulation
import TestSupport
import Testing

/// The samples of a benchmark country as if all its slides had come in one storm: a day on which it rained in most regions.
private func oneStorm() throws -> SampleSet {
  let set = try samples(of: makeBenchmark(size: .small, seed: 1).country)
  let regions = Dictionary(grouping: set.samples, by: \.day).mapValues { Set($0.map(set.region)).count }
  let storm = try #require(regions.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.first?.key)
  let relabelled = set.samples.map {
    Sample(
      site: $0.site, day: $0.day, label: $0.day == storm ? .landslide : .none, physics: $0.physics,
      midnights: $0.midnights, earlyWarning: $0.earlyWarning)
  }
  return SampleSet(
    sites: set.sites, samples: relabelled, firstHour: set.firstHour, hours: set.hours, frameOfHour: set.frameOfHour,
    frames: set.frames, title: set.title, isSynthetic: set.isSynthetic, basis: set.basis, notes: set.notes)
}

@Test func `an inventory of one storm trains, and the model says what its recalls rest on`() throws {
  let folder = try ScratchFolder()
  let path = folder.path + "/storm.safetensors"
  let set = try oneStorm()
  #expect(set.positives >= 4)
  try set.encoded.write(to: URL(fileURLWithPath: path))
  var settings = ExperimentSettings(training: .tiny)
  settings.training.pretraining.epochs = 1
  settings.training.finetuning.epochs = 1
  var job = TrainingJob(
    samples: path, model: folder.path + "/model.safetensors", method: try Method(named: "proposed"), settings: settings)
  job.split = .none
  let model = try job.run().header
  #expect(model.levels.isMeasured)
  #expect(model.levels.origin.contains("regions kept apart, for the landslides lie in one block of the calendar"))
  #expect(model.training.positives < set.positives)
}
