package import Evaluation
package import Forecasting
import Foundation
import Rasters
package import SoilWater
import Yams

/// Every setting of METHOD 11: what an experiment is, from the tanks to the interval of a score.
///
/// One file of settings serves all commands. A command uses what it decides; what was decided before, when the samples
/// were built, is compared with them and refused where it differs, so that nobody believes to have changed it.
package struct ExperimentSettings: Sendable {
  /// Network and training.
  package var training: TrainingSettings
  /// Tanks and critical line; decided when samples are built.
  package var physics = PhysicsSettings()
  /// Least rain of a day that is a sample, mm; decided when samples are built.
  package var rainyMillimetres = 5.0
  package var evaluation = EvaluationSettings()
  /// Deals all labels out anew before anything else: a control, in which every method must come out at the prevalence.
  package var shufflesLabels = false
  /// What was stated, by name, and where.
  private var stated: [String: String] = [:]

  package init(training: TrainingSettings = .proposed) { self.training = training }

  /// How the calendar is cut for splits.
  package var blockRule: BlockRule {
    BlockRule(days: evaluation.blockDays, windowHours: training.network.hours)
  }

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? { training.flaw ?? physics.flaw ?? evaluation.flaw }

  /// The samples that an experiment with these settings is about.
  /// - Throws: Where the settings are out of range, or stated otherwise than the samples were built.
  func samples(of set: SampleSet, path: String) throws(SettingError) -> SampleSet {
    if let flaw { throw .outOfRange(flaw) }
    try check(against: set, path: path)
    return shufflesLabels ? set.shufflingLabels() : set
  }

  /// Changes one setting.
  ///
  /// - Parameters:
  ///   - assignment: `rccl.tau=0.3`.
  ///   - source: Where it stands, for the error.
  /// - Throws: `SettingError`.
  package mutating func apply(_ assignment: String, from source: String) throws(SettingError) {
    let parts = assignment.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2 else { throw .noAssignment(source: source, text: assignment) }
    guard let key = SettingKey.all.first(where: { $0.name == parts[0] || $0.sign == parts[0] }) else {
      throw .unknownKey(source: source, key: parts[0], known: SettingKey.names)
    }
    guard key.set(&self, parts[1]) else { throw .badValue(source: source, key: key.name, value: parts[1]) }
    stated[key.name] = source
  }

  /// Applies a YAML file of settings: `rccl.tau: 0.3`, or nested, `rccl: {tau: 0.3}`.
  package mutating func apply(configuration path: String) throws {
    let data = try PlainFile.contents(path, limit: Catalogue.mostBytes)
    let node: Node?
    do { node = try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) } catch {
      throw CatalogueError.notYAML(path: path, reason: "\(error)".split(separator: "\n").joined(separator: " "))
    }
    guard let mapping = node?.mapping else { throw CatalogueError.notAMapping(path: path, line: 1) }
    for (key, value) in mapping {
      let name = key.string ?? "?"
      if let inner = value.mapping {
        for (key, value) in inner {
          try apply("\(name).\(key.string ?? "?")=\(value.scalar?.string ?? "")", from: path)
        }
      } else {
        try apply("\(name)=\(value.scalar?.string ?? "")", from: path)
      }
    }
  }

  /// Refuses what was stated otherwise than samples were built.
  package func check(against samples: SampleSet, path: String) throws(SettingError) {
    var built = self
    built.physics = samples.basis.physics
    built.rainyMillimetres = samples.basis.rainyMillimetres ?? rainyMillimetres
    try check(against: built) { key, found in
      "\(path) was built with \(key) \(found); build it again, or leave the setting out"
    }
  }

  /// Refuses what was stated otherwise than a catalogue has it.
  package func check(against catalogue: Catalogue) throws(SettingError) {
    var own = self
    own.physics = catalogue.physics
    try check(against: own) { key, found in
      "\(catalogue.path) has \(key) \(found); change it there, under soilwater or critical_line"
    }
  }

  private func check(against other: ExperimentSettings, _ words: (String, String) -> String) throws(SettingError) {
    for key in SettingKey.all where key.isOfSamples {
      let found = key.text(other)
      guard let source = stated[key.name], key.text(self) != found else { continue }
      throw .decidedBefore(source: source, key: key.name, value: key.text(self), why: words(key.name, found))
    }
  }

  /// Whether a setting was stated.
  package func states(_ name: String) -> Bool { stated[name] != nil }
}

/// How samples are held out and figures told.
package struct EvaluationSettings: Hashable, Sendable {
  /// How days are held out: by blocks of the calendar, or by single days as the paper does, which leaks.
  package var split = EvaluationProtocol.block
  package var folds = 5
  /// How many seeds, from 0 on.
  package var seeds = 3
  /// Where precision is told.
  package var recall = 0.8
  /// Draws of a bootstrap interval.
  package var resamples = 1_000
  /// Length of a block of the calendar.
  package var blockDays = CalendarBlock.usualDays
  /// Folds of the training side that set a model's thresholds and calibration, each scored by a model of its own; 0 leaves
  /// that to one inner validation.
  package var levelFolds = 0

  package init() {}

  package var flaw: String? {
    guard split != .regions else { return "eval.split regions: days are held out by block or day" }
    guard (2...1_000).contains(folds), (1...1_000).contains(seeds) else {
      return "folds outside 2 ... 1000, or seeds outside 1 ... 1000"
    }
    guard recall > 0, recall <= 1 else { return "a recall outside 0 ... 1" }
    guard (1...1_000_000).contains(resamples) else { return "resamples outside 1 ... 1000000" }
    guard levelFolds == 0 || (2...100).contains(levelFolds) else { return "levels.folds outside 2 ... 100, and not 0" }
    guard (1...366).contains(blockDays) else { return "blocks of \(blockDays) days" }
    return nil
  }
}
