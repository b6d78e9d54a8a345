import Forecasting
import SoilWater

/// One setting of METHOD 11: its name, and how a text becomes its value.
struct SettingKey: Sendable {
  /// As METHOD 11 has it, or the name of the catalogue for what a catalogue decides.
  let name: String
  /// Its sign in METHOD 11 where that is another; taken too.
  let sign: String
  /// Decided when samples are built: a later command can only agree.
  let isOfSamples: Bool
  let set: @Sendable (inout ExperimentSettings, String) -> Bool
  /// The value as a text, equal for equal values.
  let text: @Sendable (ExperimentSettings) -> String

  private init<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ path: any WritableKeyPath<ExperimentSettings, Value> & Sendable, isOfSamples: Bool = false
  ) {
    (self.name, sign) = (name, name)
    self.isOfSamples = isOfSamples
    set = { settings, text in
      guard let value = Value(text) else { return false }
      settings[keyPath: path] = value
      return true
    }
    text = { $0[keyPath: path].description }
  }

  private init(_ setting: PhysicsSetting) {
    (name, sign, isOfSamples) = (setting.name, setting.sign, true)
    set = { setting.set(&$0.physics, $1) }
    text = { setting.text($0.physics) }
  }

  /// All of them, in the order of METHOD 11; the last ones are ours.
  static var all: [SettingKey] {
    PhysicsSetting.all.map { SettingKey($0) } + [
      SettingKey("data.rainyMm", \.rainyMillimetres, isOfSamples: true),
      SettingKey("data.blockDays", \.evaluation.blockDays),
      SettingKey("net.patch", \.training.network.patch), SettingKey("net.tokens", \.training.network.tokens),
      SettingKey("net.hours", \.training.network.hoursPerToken),
      SettingKey("net.minClassSamples", \.training.leastClassSamples), SettingKey("net.d", \.training.network.width),
      SettingKey("net.heads", \.training.network.heads), SettingKey("net.ff", \.training.network.feedWidth),
      SettingKey("net.layers", \.training.network.layers), SettingKey("net.latent", \.training.network.latent),
      SettingKey("net.proj", \.training.network.projection),
      SettingKey("rccl.tau", \.training.pretraining.temperature),
      SettingKey("rccl.batch", \.training.pretraining.batch),
      SettingKey("rccl.posFraction", \.training.pretraining.positiveShare),
      SettingKey("pretrain.epochs", \.training.pretraining.epochs),
      SettingKey("pretrain.lr", \.training.pretraining.rate),
      SettingKey("finetune.epochs", \.training.finetuning.epochs),
      SettingKey("finetune.lr", \.training.finetuning.rate),
      SettingKey("finetune.batch", \.training.finetuning.batch),
      SettingKey("focal.alpha", \.training.finetuning.focalAlpha),
      SettingKey("focal.gamma", \.training.finetuning.focalGamma),
      SettingKey("sfa.lambda1", \.training.finetuning.noiseWeight),
      SettingKey("sfa.sigma1", \.training.finetuning.scaleNoise),
      SettingKey("sfa.sigma2", \.training.finetuning.shiftNoise),
      SettingKey("kd.lambda2", \.training.finetuning.distillation),
      SettingKey("kd.clip", \.training.finetuning.teacherClip),
      SettingKey("adamw.beta1", \.training.optimiser.beta1), SettingKey("adamw.beta2", \.training.optimiser.beta2),
      SettingKey("adamw.wd", \.training.optimiser.decay), SettingKey("skip.aInit", \.training.skipStart),
      SettingKey("eval.folds", \.evaluation.folds), SettingKey("eval.seeds", \.evaluation.seeds),
      SettingKey("eval.split", \.evaluation.split), SettingKey("eval.recall", \.evaluation.recall),
      SettingKey("eval.bootstrap", \.evaluation.resamples),
      SettingKey("net.physics", \.training.network.physics),
      SettingKey("net.standardise", \.training.standardisesPhysics),
      SettingKey("net.branchDropout", \.training.branchDropout),
      SettingKey("net.latentDropout", \.training.latentDropout),
      SettingKey("kd.teacher", \.training.finetuning.teacher),
      SettingKey("trees.count", \.training.trees.count), SettingKey("trees.lr", \.training.trees.rate),
      SettingKey("trees.leaves", \.training.trees.leaves),
      SettingKey("trees.leastSamples", \.training.trees.leastSamples),
      SettingKey("trees.penalty", \.training.trees.penalty),
      SettingKey("levels.folds", \.evaluation.levelFolds), SettingKey("members", \.training.statedMembers),
      SettingKey("mmdaae.mmd", \.training.statedAlignment.discrepancy),
      SettingKey("mmdaae.adv", \.training.statedAlignment.adversary),
      SettingKey("mmdaae.ae", \.training.statedAlignment.reconstruction),
      SettingKey("mmdaae.regions", \.training.statedAlignment.regions),
      SettingKey("mmdaae.samples", \.training.statedAlignment.samples),
      SettingKey("ad", \.training.statedOneClass.reading), SettingKey("ad.epochs", \.training.statedOneClass.epochs),
      SettingKey("ad.lr", \.training.statedOneClass.rate), SettingKey("ad.wd", \.training.statedOneClass.decay),
      SettingKey("ad.shrinkage", \.training.statedOneClass.shrinkage),
      SettingKey("seed", \.training.seed), SettingKey("net.dropout", \.training.dropout),
      SettingKey("rccl.loss", \.training.pretraining.loss),
      SettingKey("pretrain.warmup", \.training.pretraining.warmUpEpochs),
      SettingKey("finetune.loss", \.training.finetuning.loss),
      SettingKey("finetune.warmup", \.training.finetuning.warmUpEpochs),
      SettingKey("finetune.slowLr", \.training.finetuning.slowRate),
      SettingKey("finetune.slowEpochs", \.training.finetuning.slowEpochs),
      SettingKey("sfa.warmupSteps", \.training.finetuning.noiseFreeSteps),
      SettingKey("sfa.detach", \.training.finetuning.detachesNoise),
      SettingKey("kd.onPositives", \.training.finetuning.distilsPositives),
      SettingKey("adamw.clip", \.training.optimiser.clipping), SettingKey("augment", \.training.augments),
      SettingKey("skip", \.training.network.hasSkip), SettingKey("control.shuffleLabels", \.shufflesLabels),
    ]
  }

  static var names: [String] { all.map(\.name) }
}

extension ExperimentSettings {
  /// Names of all settings, as METHOD 11 has them.
  package static var keyNames: [String] { SettingKey.names }
}

/// What can be wrong with a setting.
package enum SettingError: ReportedError, Equatable {
  case noAssignment(source: String, text: String)
  case unknownKey(source: String, key: String, known: [String])
  case badValue(source: String, key: String, value: String)
  case outOfRange(String)
  case unknownPreset(String)
  case unknownSplit(String, folds: Int)
  case tooFewRegions(folds: Int, regions: Int)
  case decidedBefore(source: String, key: String, value: String, why: String)

  package var exitCode: ExitCode { .usage }
  package var description: String {
    switch self {
    case .noAssignment(let source, let text): "\(source): \(text) is no setting; write KEY=VALUE, as rccl.tau=0.3"
    case .unknownKey(let source, let key, let known):
      "\(source): unknown setting \(key); known: \(known.joined(separator: ", "))"
    case .badValue(let source, let key, let value): "\(source): \(value) is no value for \(key)"
    case .outOfRange(let flaw): "settings: \(flaw); change the preset, --config or --set"
    case .unknownPreset(let name):
      "\(name): no such preset; use one of \(TrainingSettings.Preset.allCases.map(\.rawValue).joined(separator: ", "))"
    case .unknownSplit(let name, let folds):
      "\(name): no such split; use all, block, day or fold0 to fold\(folds - 1)"
    case .tooFewRegions(let folds, let regions):
      "\(folds) folds of regions cannot be made of \(regions) regions; use fewer folds, or block"
    case .decidedBefore(let source, let key, let value, let why):
      "\(source): \(key) \(value) comes too late: \(why)"
    }
  }
}
