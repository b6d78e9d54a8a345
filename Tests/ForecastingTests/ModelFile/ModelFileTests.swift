import Forecasting
import Foundation
import Mesh
import Neural
import SoilWater
import TestSupport
import Testing

private let model = ModelFile.startState(shape: .tiny, seed: 3, tool: "lsmap test")

/// The model's file with its metadata or tensors changed.
private func changed(_ change: (inout Safetensors) throws -> Void) throws -> Data {
  var file = try Safetensors(reading: model.encoded(), path: "start")
  try change(&file)
  return file.encoded
}

private func readingError(_ data: Data) -> ForecastError? {
  do {
    _ = try Forecaster(reading: data, path: "m")
    return nil
  } catch {
    return error
  }
}

@Test func `a model survives its file`() throws {
  #expect(try ModelFile(reading: model.encoded(), path: "m") == model)
  let whole = try HybridNetwork(model.payload, path: "m")
  let withoutHead = try HybridNetwork(whole.payload(), path: "m")
  #expect(withoutHead.scaling == whole.scaling)
  #expect(withoutHead.parameters["latent.weight"] == whole.parameters["latent.weight"])
  #expect(whole.parameters["metric.0.weight"].contains { $0 != 0 })
  #expect(withoutHead.parameters["metric.0.weight"].allSatisfy { $0 == 0 })
  #expect(model.encoded() == ModelFile.startState(shape: .tiny, seed: 3, tool: "lsmap test").encoded())
}

@Test func `a model of another patch and window survives its file, which says so`() throws {
  let other = ModelFile.startState(shape: NetworkFixture.shape(patch: 13, 12, x: 4), seed: 3, tool: "lsmap test")
  let data = other.encoded()
  #expect(try ModelFile(reading: data, path: "m") == other)
  let file = try Safetensors(reading: data, path: "m")
  #expect(file.metadata["architecture"]?.contains("\"patch\":13") == true)
  #expect(file.metadata["features"]?.contains("48 hours, oldest first, 4 a token") == true)
  let forecaster = try Forecaster(other, path: "m")
  #expect(forecaster.halo == 6 && forecaster.windowHours == 48)
  // The inputs are those of the file's own architecture.
  let mixed = try changed { $0.metadata["features"] = file.metadata["features"] }
  guard case .badMetadata("m", "features", _) = readingError(mixed) else {
    Issue.record("the features of another window were accepted")
    return
  }
}

@Test func `the shipped model is of this format and knows what it was trained on`() throws {
  let shipped = URL(fileURLWithPath: Fixtures.path("models/demo.safetensors"))
  let model = try ModelFile(reading: Data(contentsOf: shipped), path: shipped.path)
  #expect(try HybridNetwork(model.payload, path: shipped.path).parameters.shape == .memory)
  #expect(model.header.method == "proposed" && model.header.kind == .synthetic)
  #expect(try Forecaster(model, path: shipped.path).title.contains("synthetic landslides"))
  #expect(model.header.physics == PhysicsSettings())
  #expect(model.header.levels.isMeasured)
}

@Test(arguments: [
  "format", "method", "architecture", "features", "kind", "title", "standardisation", "levels", "calibration",
  "training",
  "physics", "tool",
])
func `a model without one of its records is refused by name`(key: String) throws {
  let missing = try changed { $0.metadata[key] = nil }
  #expect(readingError(missing) != nil)
  guard key != "title", key != "tool" else { return }
  let garbage = try changed { $0.metadata[key] = "{]" }
  #expect(readingError(garbage) != nil)
}

@Test func `flawed records are named`() throws {
  func error(_ key: String, _ from: String, _ to: String) throws -> ForecastError? {
    let data = try changed { $0.metadata[key] = $0.metadata[key]?.replacingOccurrences(of: from, with: to) }
    return readingError(data)
  }
  let cases = [
    ("architecture", "\"layers\":1", "\"layers\":99"), ("architecture", "\"heads\":4", "\"heads\":3"),
    ("architecture", "\"patch\":9", "\"patch\":10"), ("architecture", "\"tokens\":24", "\"tokens\":9"),
    ("architecture", "\"width\":16", "\"width\":1000000000"), ("standardisation", "420", "-1"),
    ("calibration", "\"slope\":1", "\"slope\":0"), ("features", "elevation", "height"), ("kind", "start", "end"),
    ("training", "0.025", "25"), ("levels", "\"edges\":[", "\"edges\":[0.99,"), ("levels", "0.95", "0.5"),
    ("levels", "[0.95,0.9,0.8,0.5]", "[0.9,0.8,0.7,0.5]"), ("method", "proposed", "prophecy"),
  ]
  for (key, from, to) in cases {
    guard case .badMetadata("m", key, _) = try error(key, from, to) else {
      Issue.record("\(key) with \(to) was accepted or blamed on something else")
      continue
    }
  }
  #expect(try error("format", "3", "1") == .otherFormat(path: "m", version: "lsmap model 1"))
}

@Test func `wrong weights are refused by name`() throws {
  func error(_ change: (inout [Tensor]) -> Void) throws -> ForecastError? {
    let data = try changed { change(&$0.tensors) }
    return readingError(data)
  }
  #expect(try error { $0.removeAll { $0.name == "token.bias" } } == .missingTensor(path: "m", name: "token.bias"))
  let extra = Tensor("spy", shape: [1], floats: [0])
  #expect(try error { $0.append(extra) } == .unknownTensor(path: "m", name: "spy"))
  let flat = Tensor("skip.raw", shape: [1, 1], floats: [0])
  #expect(
    try error { $0 = $0.map { $0.name == "skip.raw" ? flat : $0 } }
      == .wrongShape(path: "m", name: "skip.raw", expected: [1], found: [1, 1]))
  let infinite = Tensor("skip.raw", shape: [1], floats: [.infinity])
  #expect(
    try error { $0 = $0.map { $0.name == "skip.raw" ? infinite : $0 } } == .notFinite(path: "m", name: "skip.raw"))
  let words = Tensor("skip.raw", shape: [1], .uint16([1]))
  #expect(try error { $0 = $0.map { $0.name == "skip.raw" ? words : $0 } } != nil)
}

@Test func `a model of a method that learns nothing carries no payload`() throws {
  let start = try #require(Method(named: "swi-ews").start)
  var file = start(PhysicsSettings(), "test")
  #expect(file.payload == ModelPayload())
  #expect(try ModelFile(reading: file.encoded(), path: "m") == file)
  file.payload.settings["surprise"] = "1"
  #expect(
    readingError(file.encoded())
      == .badMetadata(path: "m", key: "surprise", reason: "its method has no such setting"))
}

@Test func `files of other kinds and cut files are refused`() throws {
  let whole = model.encoded()
  #expect(throws: ForecastError.self) { try ModelFile(reading: Data(), path: "m") }
  #expect(throws: ForecastError.self) { try ModelFile(reading: Data("hello world, no model".utf8), path: "m") }
  for share in stride(from: 0.0, to: 1, by: 0.01) {
    let cut = whole.prefix(Int(share * Double(whole.count)))
    #expect(throws: ForecastError.self) { try ModelFile(reading: cut, path: "m") }
  }
  #expect(throws: ForecastError.self) { try ModelFile(reading: whole + Data([0]), path: "m") }
  let plain = Safetensors([Tensor("a", shape: [1], floats: [1])]).encoded
  #expect(throws: ForecastError.self) { try ModelFile(reading: plain, path: "m") }
}

@Test func `beyond the record the start state goes on where q has reached its end, and nowhere else`() throws {
  let excess: [Float] = [-1, 0, 0.1, 0.5, 0.7, 1.5, 3]
  let grid = MeshGrid(south: 4_200, west: 3_120, height: 3, width: excess.count)
  let inputs = NetworkFixture.inputs(grid, for: .memory)
  // Rows of q at its end, at .97 and at .5.
  let q = [1, 0.97, 0.5].flatMap { q in excess.map { _ in Float(q) } }
  let memory = (excess + excess + excess).map { excess in
    var memory = MemoryInput.none
    memory.excess[MemoryIndex.soilWater.rawValue] = excess
    return memory
  }
  let physics = PhysicsLayers(
    q: Layer(grid: grid, values: q), rank: inputs.physics.rank, soilWaterMaximum: inputs.physics.soilWaterMaximum,
    hourlyRainMaximum: inputs.physics.hourlyRainMaximum, soilWaterAtStart: inputs.physics.soilWaterAtStart,
    memory: Layer(grid: grid, values: memory))
  let start = ModelFile.startState(tool: "lsmap test")
  let forecast = try Forecaster(start, path: "m").forecast(
    ForecastInputs(statics: inputs.statics, rain: inputs.rain, physics: physics), plan: ForecastPlan(threads: 1))
  let logit = forecast.probability.values.map { log(Double($0) / (1 - Double($0))) }
  let count = excess.count
  let expected = excess.map { max(0, 2 * min(Double($0), log(2)) + 0.1 * max(0, Double($0) - log(2))) }
  for place in 0..<count {
    #expect(abs(logit[place] - logit[0] - expected[place]) < 1e-4)
    #expect(abs(logit[2 * count + place] - logit[2 * count]) < 1e-5)
  }
  // At .97 only what is over ten times beyond.
  #expect((0..<6).allSatisfy { abs(logit[count + $0] - logit[count]) < 1e-5 })
  #expect(Array(forecast.level.values.suffix(2 * count).prefix(count)) == [UInt8](repeating: 5, count: count))
}

@Test func `the start state maps q to levels as it says`() throws {
  let grid = MeshGrid(south: 4_200, west: 3_120, height: 1, width: 8)
  let inputs = NetworkFixture.inputs(grid)
  let q: [Float] = [0, 0.49, 0.51, 0.76, 0.91, 0.98, 1, .nan]
  let physics = PhysicsLayers(
    q: Layer(grid: grid, values: q), rank: inputs.physics.rank, soilWaterMaximum: inputs.physics.soilWaterMaximum,
    hourlyRainMaximum: inputs.physics.hourlyRainMaximum, soilWaterAtStart: inputs.physics.soilWaterAtStart)
  let forecast = try Forecaster(model, path: "m").forecast(
    ForecastInputs(statics: inputs.statics, rain: inputs.rain, physics: physics), plan: ForecastPlan(threads: 1))
  #expect(forecast.level.values == [1, 1, 2, 3, 4, 5, 5, 0])
  #expect(zip(forecast.probability.values, forecast.probability.values.dropFirst()).allSatisfy { !($0 > $1) })
  #expect(forecast.probability.values[7].isNaN && forecast.score.values[7].isNaN)
  #expect(!model.header.levels.isMeasured && model.header.title.contains("not trained"))
}
