import Foundation
package import Forecasting
import Yams

/// One setting of METHOD 11: its name there, and how a text becomes its value.
private struct SettingKey: Sendable {
  let name: String
  let set: @Sendable (inout TrainingSettings, String) -> Bool

  init<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ path: any WritableKeyPath<TrainingSettings, Value> & Sendable
  ) {
    self.name = name
    set = { settings, text in
      guard let value = Value(text) else { return false }
      settings[keyPath: path] = value
      return true
    }
  }
}

extension TrainingSettings {
  private static var keys: [SettingKey] {
    [
      SettingKey("seed", \.seed),
      SettingKey("net.d", \.network.width), SettingKey("net.heads", \.network.heads),
      SettingKey("net.ff", \.network.feedWidth), SettingKey("net.layers", \.network.layers),
      SettingKey("net.latent", \.network.latent), SettingKey("net.proj", \.network.projection),
      SettingKey("net.dropout", \.dropout), SettingKey("net.minClassSamples", \.leastClassSamples),
      SettingKey("rccl.loss", \.pretraining.loss), SettingKey("rccl.tau", \.pretraining.temperature),
      SettingKey("rccl.batch", \.pretraining.batch), SettingKey("rccl.posFraction", \.pretraining.positiveShare),
      SettingKey("pretrain.epochs", \.pretraining.epochs), SettingKey("pretrain.lr", \.pretraining.rate),
      SettingKey("pretrain.warmup", \.pretraining.warmUpEpochs),
      SettingKey("finetune.epochs", \.finetuning.epochs), SettingKey("finetune.lr", \.finetuning.rate),
      SettingKey("finetune.batch", \.finetuning.batch), SettingKey("finetune.warmup", \.finetuning.warmUpEpochs),
      SettingKey("finetune.slowLr", \.finetuning.slowRate), SettingKey("finetune.slowEpochs", \.finetuning.slowEpochs),
      SettingKey("focal.alpha", \.finetuning.focalAlpha), SettingKey("focal.gamma", \.finetuning.focalGamma),
      SettingKey("sfa.lambda1", \.finetuning.noiseWeight), SettingKey("sfa.sigma1", \.finetuning.scaleNoise),
      SettingKey("sfa.sigma2", \.finetuning.shiftNoise), SettingKey("sfa.warmupSteps", \.finetuning.noiseFreeSteps),
      SettingKey("sfa.detach", \.finetuning.detachesNoise),
      SettingKey("kd.lambda2", \.finetuning.distillation), SettingKey("kd.clip", \.finetuning.teacherClip),
      SettingKey("kd.onPositives", \.finetuning.distilsPositives),
      SettingKey("adamw.beta1", \.optimiser.beta1), SettingKey("adamw.beta2", \.optimiser.beta2),
      SettingKey("adamw.wd", \.optimiser.decay), SettingKey("adamw.clip", \.optimiser.clipping),
      SettingKey("augment", \.augments), SettingKey("skip", \.skips), SettingKey("skip.aInit", \.skipStart),
    ]
  }

  /// Names of all settings, as METHOD 11 has them.
  package static var keyNames: [String] { keys.map(\.name) }

  /// Changes one setting.
  ///
  /// - Parameters:
  ///   - assignment: `rccl.tau=0.3`.
  ///   - source: Where it stands, for the error.
  /// - Throws: `TrainingSettingError`.
  package mutating func apply(_ assignment: String, from source: String) throws(TrainingSettingError) {
    let parts = assignment.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2 else { throw .noAssignment(source: source, text: assignment) }
    guard let key = Self.keys.first(where: { $0.name == parts[0] }) else {
      throw .unknownKey(source: source, key: parts[0], known: Self.keyNames)
    }
    guard key.set(&self, parts[1]) else { throw .badValue(source: source, key: parts[0], value: parts[1]) }
  }

  /// Applies a YAML file of settings: `rccl.tau: 0.3`, or nested, `rccl: {tau: 0.3}`.
  package mutating func apply(configuration path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw CatalogueError.unreadable(path: path) }
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
}

/// What can be wrong with a setting.
package enum TrainingSettingError: ReportedError, Equatable {
  case noAssignment(source: String, text: String)
  case unknownKey(source: String, key: String, known: [String])
  case badValue(source: String, key: String, value: String)
  case unknownPreset(String)
  case unknownSplit(String)
  case tooFewRegions(folds: Int, regions: Int)

  package var exitCode: ExitCode { .usage }
  package var description: String {
    switch self {
    case .noAssignment(let source, let text): "\(source): \(text) is no setting; write KEY=VALUE, as rccl.tau=0.3"
    case .unknownKey(let source, let key, let known):
      "\(source): unknown setting \(key); known: \(known.joined(separator: ", "))"
    case .badValue(let source, let key, let value): "\(source): \(value) is no value for \(key)"
    case .unknownPreset(let name): "\(name): no such preset; use tiny or paper"
    case .unknownSplit(let name): "\(name): no such split; use all, block, day or fold0 to fold4"
    case .tooFewRegions(let folds, let regions):
      "\(folds) folds of regions cannot be made of \(regions) regions; use fewer folds, or block"
    }
  }
}
