import Evaluation
import Forecasting
import Foundation
import Mesh
import Pipeline
import Simulation
import TestSupport
import Testing

/// METHOD 11 as a file; each value is the default.
private let method = """
  swi: {step_min: 10, spinup_days: 30}
  ews: {G: 24, rho: 1.5, lambda: 1, X: 400, Y: 120, rankPower: 20, dryHours: 24}
  data: {rainyMm: 5, blockDays: 10}
  net: {patch: 9, tokens: 24, hours: 3, minClassSamples: 20, d: 64, heads: 4, ff: 128, layers: 3, latent: 64, proj: 32}
  rccl: {tau: 0.5, batch: 128, posFraction: 0.25}
  pretrain: {epochs: 100, lr: 1e-4}
  finetune: {epochs: 50, lr: 1e-4, batch: 128}
  focal: {alpha: 0.25, gamma: 2}
  sfa: {lambda1: 3, sigma1: 0.3, sigma2: 0.3}
  kd: {lambda2: 0.1, clip: 0.01}
  adamw: {beta1: 0.9, beta2: 0.999, wd: 0.01}
  skip.aInit: 0.5
  eval: {folds: 5, seeds: 3, split: block, recall: 0.8, bootstrap: 1000}

  """

private func settings(_ yaml: String) throws -> ExperimentSettings {
  let folder = try ScratchFolder()
  var settings = ExperimentSettings()
  try settings.apply(configuration: try folder.write(yaml, to: "experiment.yaml"))
  return settings
}

@Test func `a file of METHOD's defaults changes nothing`() throws {
  let (stated, plain) = (try settings(method), ExperimentSettings())
  #expect(stated.training == plain.training && stated.physics == plain.physics)
  #expect(stated.evaluation == plain.evaluation && stated.rainyMillimetres == plain.rainyMillimetres)
  #expect(stated.flaw == nil)
}

@Test func `every setting changes what it names`() throws {
  let other = [
    "swi.step_min": "20", "eval.split": "day", "rccl.loss": "supcon", "sfa.detach": "true", "kd.onPositives": "false",
    "augment": "false", "skip": "false", "control.shuffleLabels": "true", "adamw.wd": "0.5",
  ]
  for name in ExperimentSettings.keyNames {
    var changed = ExperimentSettings()
    try changed.apply("\(name)=\(other[name] ?? "7")", from: "test")
    let plain = ExperimentSettings()
    let equal =
      changed.training == plain.training && changed.physics == plain.physics && changed.evaluation == plain.evaluation
      && changed.rainyMillimetres == plain.rainyMillimetres
    #expect(!equal, "\(name)")
  }
}

@Test func `a setting that is not known, not of its kind or out of range is refused`() throws {
  #expect(throws: SettingError.self) { try settings("ews: {radius: 2}") }
  #expect(throws: SettingError.badValue(source: "x", key: "eval.split", value: "week")) {
    var changed = ExperimentSettings()
    try changed.apply("eval.split=week", from: "x")
  }
  for flawed in [
    "eval.recall=0", "data.blockDays=0", "ews.G=1", "swi.step_min=7", "eval.split=regions", "net.tokens=20",
    "net.patch=8",
  ] {
    var changed = ExperimentSettings()
    try changed.apply(flawed, from: "x")
    #expect(changed.flaw != nil, "\(flawed)")
  }
}

@Test func `settings that samples decided can only be agreed with`() throws {
  let folder = try ScratchFolder()
  let path = folder.path + "/samples.safetensors"
  let country = makeBenchmark(size: .tiny, seed: 1).country
  var physics = PhysicsSettings()
  physics.rankPower = 10
  try samples(of: country, physics: physics).encoded.write(to: URL(fileURLWithPath: path))
  func train(_ change: String) throws {
    var settings = ExperimentSettings(training: .tiny)
    settings.training.pretraining.epochs = 0
    settings.training.finetuning.epochs = 1
    try settings.apply(change, from: "--set")
    _ = try TrainingJob(samples: path, model: folder.path + "/model.safetensors", settings: settings).run()
  }
  let why = "\(path) was built with ews.rankPower 10.0; build it again, or leave the setting out"
  #expect(
    throws: SettingError.decidedBefore(source: "--set", key: "ews.rankPower", value: "20.0", why: why)
  ) { try train("ews.rankPower=20") }
  try train("ews.rankPower=10")
  let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/model.safetensors"))
  #expect(try ModelFile(reading: data, path: "x").record.physics == physics)
}

@Test func `a model is used only with the physics it learnt from`() throws {
  let country = try SmallCountry(extra: "critical_line: {rank_power: 10}")
  let first = 464_520  // 2022-12-28T16:00 UTC: the hour that ends at 01:00 JST of the 29th
  try country.writeAnalysis(first..<first + 24 * 6, to: "rain.bin") { hour in
    Array(repeating: hour % 7, count: SmallCountry.rows * SmallCountry.columns)
  }
  let day = JSTHour(endingAtUnixSeconds: (first + 24 * 5) * 3_600)?.day
  func predict(_ physics: PhysicsSettings) throws -> PredictionResult {
    let path = country.folder.path + "/model.safetensors"
    try ModelFile.startState(shape: .tiny, physics: physics, tool: "test").encoded().write(
      to: URL(fileURLWithPath: path))
    var request = PredictionRequest(
      catalogue: country.catalogue, area: nil, day: day, out: country.folder.path + "/out")
    request.model = path
    request.overwrite = true
    return try Pipeline.predict(request, console: Console(.quiet))
  }
  var physics = PhysicsSettings()
  let refusal = ForecastError.otherPhysics(
    path: country.folder.path + "/model.safetensors", catalogue: country.catalogue,
    differences: ["ews.rankPower 20.0 instead of 10.0"])
  #expect(throws: refusal) { try predict(physics) }
  physics.rankPower = 10
  let result = try predict(physics)
  #expect(result.cellsByLevel.dropFirst().reduce(0, +) > 0)
}
