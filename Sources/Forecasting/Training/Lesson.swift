package import Neural

/// What a method learns from.
package struct Lesson {
  package let samples: SampleSet
  /// Places of the samples that may be learnt from; those without a label too.
  package var training: [Int]
  /// Everything that decides what is learnt; a method reads what concerns it.
  package var settings: TrainingSettings
  /// Threads; any number gives the same bytes.
  package let workers: Workers
  /// Which of the models of a training learns, as its checkpoint's name ends: empty for the first or only one.
  package private(set) var part = ""
  /// Where a model that learns in epochs keeps its progress, by its `part` and `training`; `nil` to keep none.
  package var checkpoints: ((_ part: String, _ training: [Int]) -> CheckpointKeeper)?
  /// Gets the figures of each epoch, how many epochs are done and how many there are; what it throws ends the learning.
  package var onEpoch: (EpochRecord, Int, Int) throws -> Void = { _, _, _ in }

  package init(_ samples: SampleSet, training: [Int], settings: TrainingSettings, workers: Workers) {
    self.samples = samples
    self.training = training
    self.settings = settings
    self.workers = workers
  }

  /// Where this model keeps its progress.
  var keeper: CheckpointKeeper? { checkpoints?(part, training) }

  /// The lesson of one of `count` models that learn one after another; the first keeps the name.
  func part(_ number: Int, of count: Int, named name: String) -> Lesson {
    var own = self
    if number > 0 { own.part += ".\(name)\(number)" }
    let report = onEpoch
    own.onEpoch = { record, done, all in try report(record, number * all + done, count * all) }
    return own
  }

  /// Labelled training samples.
  package var labelled: [Int] { training.filter { samples.samples[$0].label != .unlabelled } }
  package var positives: Int { training.count { samples.samples[$0].label == .landslide } }
}

/// What a method learnt, before calibration and levels.
package struct Learned {
  /// What its model file is to hold.
  package let payload: ModelPayload
  /// How it learnt, in words.
  package let recipe: String
  /// A row an epoch; empty for a method that learns in one go.
  package let records: [EpochRecord]

  package init(payload: ModelPayload, recipe: String, records: [EpochRecord] = []) {
    self.payload = payload
    self.recipe = recipe
    self.records = records
  }
}
