import Forecasting
import Foundation
import Neural
import Pipeline
import Simulation
import TestSupport
import Testing

@Test func `models and samples are told in words, and one of another format says which`() throws {
  let folder = try ScratchFolder()
  func inspect(_ data: Data, _ name: String) throws -> String {
    let path = folder.path + "/" + name
    try data.write(to: URL(fileURLWithPath: path))
    return try Inspection(of: path).words
  }
  var shape = NetworkShape.tiny
  shape.patch = 7
  let model = ModelFile.startState(shape: shape, tool: "test").encoded()
  #expect(try inspect(model, "m.safetensors").contains("patch of 7 cells, 24 tokens of 3 h"))
  let set = try samples(of: makeBenchmark(size: .tiny, seed: 1).country)
  let words = try inspect(set.encoded, "s.safetensors")
  #expect(words.contains("\(set.samples.count) samples of \(set.sites.count) cells"))
  #expect(words.contains("physics: usual settings"))

  var older = try Safetensors(reading: model, path: "m")
  older.metadata["format"] = "lsmap model 1"
  let path = folder.path + "/older.safetensors"
  #expect(throws: ForecastError.otherFormat(path: path, version: "lsmap model 1")) {
    try inspect(older.encoded, "older.safetensors")
  }
}
