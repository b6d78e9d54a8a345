import Evaluation
import Forecasting
import Foundation
import Mesh
import Pipeline
import Rasters
import Simulation
import SoilWater
import TestSupport
import Testing

/// METHOD 11 as a file; each value is that of the paper's letter.
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
  var settings = ExperimentSettings(training: .paperLetter)
  try settings.apply(configuration: try folder.write(yaml, to: "experiment.yaml"))
  return settings
}

@Test func `a file of METHOD's defaults changes nothing`() throws {
  let (stated, plain) = (try settings(method), ExperimentSettings(training: .paperLetter))
  #expect(stated.training == plain.training && stated.physics == plain.physics)
  #expect(stated.evaluation == plain.evaluation && stated.rainyMillimetres == plain.rainyMillimetres)
  #expect(stated.flaw == nil)
}

@Test func `every setting changes what it names`() throws {
  let other = [
    "soilwater.step_minutes": "20", "critical_line.soilwater_axis_mm": "300", "critical_line.rain_axis_mm": "100",
    "eval.split": "day", "rccl.loss": "supcon", "sfa.detach": "true", "kd.onPositives": "false",
    "augment": "true", "skip": "false", "net.physics": "6", "net.standardise": "false", "net.branchDropout": "0.1",
    "net.latentDropout": "0.1", "kd.teacher": "physics", "control.shuffleLabels": "true", "adamw.wd": "0.5",
  ]
  for name in ExperimentSettings.keyNames {
    var changed = ExperimentSettings()
    try changed.apply("\(name)=\(other[name] ?? "7")", from: "test")
    let plain = ExperimentSettings()
    let equal =
      changed.training == plain.training && changed.physics == plain.physics && changed.evaluation == plain.evaluation
      && changed.rainyMillimetres == plain.rainyMillimetres && changed.shufflesLabels == plain.shufflesLabels
    #expect(!equal, "\(name)")
  }
}

@Test func `a setting that is not known, not of its kind or out of range is refused`() throws {
  #expect(throws: SettingError.self) { try settings("ews: {radius: 2}") }
  for (key, value) in [("eval.split", "week"), ("critical_line.centres", "1"), ("soilwater.spinup_days", "nan")] {
    #expect(throws: SettingError.badValue(source: "x", key: key, value: value)) {
      var changed = ExperimentSettings()
      try changed.apply("\(key)=\(value)", from: "x")
    }
  }
  for flawed in [
    "eval.recall=0", "data.blockDays=0", "swi.step_min=7", "eval.split=regions", "net.tokens=20",
    "net.patch=8", "net.physics=7", "net.branchDropout=1", "kd.teacher=nobody", "finetune.loss=hinge",
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
  physics.criticalLine.rankPower = 10
  try samples(of: country, physics: physics).encoded.write(to: URL(fileURLWithPath: path))
  func train(_ change: String) throws {
    var settings = ExperimentSettings(training: .tiny)
    settings.training.pretraining.epochs = 0
    settings.training.finetuning.epochs = 1
    try settings.apply(change, from: "--set")
    _ = try TrainingJob(
      samples: path, model: folder.path + "/model.safetensors", method: try Method(named: "proposed"),
      settings: settings
    ).run()
  }
  let why = "\(path) was built with critical_line.rank_power 10.0; build it again, or leave the setting out"
  #expect(
    throws: SettingError.decidedBefore(source: "--set", key: "critical_line.rank_power", value: "20.0", why: why)
  ) { try train("critical_line.rank_power=20") }
  // METHOD's own sign is taken too.
  try train("ews.rankPower=10")
  let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/model.safetensors"))
  #expect(try ModelFile(reading: data, path: "x").header.physics == physics)
}

/// A small country with six days of rain; the fifth can be predicted.
private struct WetCountry {
  let country: SmallCountry
  let day: JSTDay

  /// `extra` are further lines of the catalogue.
  init(extra: String = "") throws {
    country = try SmallCountry(extra: extra)
    let first = 464_520  // 2022-12-28T16:00 UTC: the hour that ends at 01:00 JST of the 29th
    try country.writeAnalysis(first..<first + 24 * 6, to: "rain.bin") { hour in
      (0..<SmallCountry.rows * SmallCountry.columns).map { (hour + $0) % 7 }
    }
    day = try #require(JSTHour(endingAtUnixSeconds: (first + 24 * 5) * 3_600)).day
  }

  var model: String { country.folder.path + "/model.safetensors" }

  func predict(_ model: ModelFile) throws -> PredictionResult {
    try model.encoded().write(to: URL(fileURLWithPath: self.model))
    var request = PredictionRequest(
      catalogue: country.catalogue, area: nil, period: .day(day), out: country.folder.path + "/out")
    request.model = self.model
    request.overwrite = true
    return try Pipeline.predict(request, console: Console(.quiet))
  }
}

@Test func `a model is used only with the physics it learnt from`() throws {
  let wet = try WetCountry(extra: "critical_line: {rank_power: 10}")
  var physics = PhysicsSettings()
  let refusal = ForecastError.otherPhysics(
    path: wet.model, catalogue: wet.country.catalogue, differences: ["critical_line.rank_power 20.0 instead of 10.0"])
  #expect(throws: refusal) { try wet.predict(.startState(shape: .tiny, physics: physics, tool: "test")) }
  physics.criticalLine.rankPower = 10
  let result = try wet.predict(.startState(shape: .tiny, physics: physics, tool: "test"))
  #expect(result.cellsByLevel.dropFirst().reduce(0, +) > 0)
  #expect(result.notes.contains("Soil water began with empty tanks 5 days before; 60 are recommended."))
}

@Test func `a model of a wide patch and another window sees the cells and hours it was made for`() throws {
  let wet = try WetCountry()
  func risk(_ shape: NetworkShape, deciding: Bool) throws -> [Float] {
    var model = ModelFile.startState(shape: shape, tool: "test")
    var network = try HybridNetwork(model.payload, path: "test")
    // Before training the classifier is zero and any network says what the physics says.
    if deciding { network.parameters["classifier.weight"] = Array(repeating: 0.5, count: shape.latent) }
    model.payload = network.payload()
    let result = try wet.predict(model)
    return try LayerFile.read(result.folder + "/risk.tif").stack.values.map { $0.isNaN ? -1 : $0 }
  }
  var wide = NetworkShape.tiny
  (wide.patch, wide.tokens, wide.hoursPerToken) = (15, 12, 4)
  #expect(try risk(wide, deciding: false) == risk(.tiny, deciding: false))
  let folders = try FileManager.default.contentsOfDirectory(atPath: wet.country.folder.path + "/work")
  #expect(folders.contains { $0.hasSuffix("-halo7") } && folders.contains { !$0.contains("-halo") })
  // The risk of a deciding network depends on its window: two days do not tell what three do.
  let two = try risk(wide, deciding: true)
  #expect(try two == risk(wide, deciding: true))
  #expect(try two != risk(.tiny, deciding: true))
}

@Test func `an ensemble's run has the mean risk and a map of its uncertainty, a single model's none`() throws {
  let wet = try WetCountry()
  let start = ModelFile.startState(shape: .tiny, tool: "test")
  func model(_ payload: ModelPayload) -> ModelFile { ModelFile(header: start.header, payload: payload) }
  let payloads = try [Float(0.5), 0.1].map { weight in
    var network = try HybridNetwork(start.payload, path: "test")
    network.parameters["classifier.weight"] = Array(repeating: weight, count: NetworkShape.tiny.latent)
    return network.payload()
  }
  func values(_ payload: ModelPayload, _ layer: String) throws -> [Float]? {
    let file = try wet.predict(model(payload)).folder + "/\(layer).tif"
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    return try LayerFile.read(file).stack.values.map { $0.isNaN ? -1 : $0 }
  }
  // The start state's calibration leaves logits as they are, and so do the members'.
  let plain = "{\"slope\":1,\"offset\":0,\"origin\":\"\"}"
  let ensemble = ModelPayload(settings: ["members": "[\(plain),\(plain)]"])
    .joined(by: payloads[0], under: "member0.").joined(by: payloads[1], under: "member1.")
  let risks = try payloads.map { try #require(try values($0, "risk")) }
  let (risk, spread) = (try #require(try values(ensemble, "risk")), try #require(try values(ensemble, "uncertainty")))
  for cell in risk.indices {
    let (a, b) = (risks[0][cell], risks[1][cell])
    #expect(abs(risk[cell] - (a < 0 ? -1 : (a + b) / 2)) < 1e-6)
    #expect(abs(spread[cell] - (a < 0 ? -1 : abs(a - b) / 2)) < 1e-6)
  }
  #expect((spread.max() ?? 0) > 0.01)
  #expect(try values(payloads[0], "uncertainty") == nil)
}
