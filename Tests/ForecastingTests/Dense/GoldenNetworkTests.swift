import Forecasting
import Foundation
import Mesh
import TestSupport
import Testing

/// Logits of PyTorch's network over a small area, made by `fixtures/forecasting/reference.py golden`.
private struct Golden: Decodable {
  let height: Int
  let width: Int
  let tiny: [Double]
  let paper: [Double]
  /// 100 cells of the network of the preset `proposed`.
  let memory: [Double]

  static func load() throws -> Golden {
    let file = URL(fileURLWithPath: Fixtures.path("forecasting/golden.json"))
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Numbers in 0 ..< 1 that the script computes alike: a 32-bit mix of place and salt.
private func hashed(_ count: Int, _ salt: UInt32) -> [Double] {
  (0..<UInt32(count)).map { index in
    var h = index &+ salt &* 0x9E37_79B9
    h = (h ^ (h >> 16)) &* 0x85EB_CA6B
    h = (h ^ (h >> 13)) &* 0xC2B2_AE35
    return Double(h ^ (h >> 16)) / 0x1p32
  }
}

private func goldenParameters(_ shape: NetworkShape) -> NetworkParameters {
  var parameters = NetworkParameters(zeros: shape)
  let entries = parameters.entries.filter { !$0.name.hasPrefix("metric") }
  for (salt, entry) in entries.enumerated() {
    let isScale = entry.name.contains("norm") && entry.name.hasSuffix("weight")
    let width = 2 * (3 / Double(entry.fanIn)).squareRoot()
    parameters[entry.name] = hashed(entry.count, UInt32(salt + 1)).map { u in
      Float((u - 0.5) * (entry.isMatrix ? width : 0.4) + (isScale ? 1 : 0))
    }
  }
  return parameters
}

/// Layers are drawn for four cells around the grid; the network gets as many as it looks at.
private func goldenInputs(_ grid: MeshGrid, halo: Int) -> ForecastInputs {
  let padded = grid.padded(by: 4)
  func field(_ salt: UInt32) -> [Double] { hashed(padded.count, salt) }
  func classes(_ salt: UInt32, _ count: Double) -> Layer<UInt8> {
    Layer(grid: padded, values: field(salt).map { UInt8($0 * (count + 1)) })
  }
  let excess = (0..<8).map { hashed(grid.count, 120 + UInt32($0)) }
  let memory = Layer(
    grid: grid,
    values: (0..<grid.count).map { cell in
      MemoryInput(
        excess: SIMD8((0..<8).map { Float(excess[$0][cell] * 11 - 3) }), soilWaterRank: 0, lowerTanksRank: 0,
        recordDays: 1)
    })
  func physics(_ salt: UInt32, _ scale: Double) -> Layer<Float> {
    Layer(grid: grid, values: hashed(grid.count, salt).map { Float($0 * scale) })
  }
  let statics = StaticLayers(
    elevation: Layer(grid: padded, values: field(101).map { Float($0 * 1_800 - 50) }),
    slope: Layer(grid: padded, values: field(102).map { Float($0 * 45) }), aspect: classes(104, 8),
    soil: classes(105, 10), vegetation: classes(106, 11))
  let rain = hashed(72 * padded.count, 103).enumerated().map { index, draw -> Float in
    let hour = index / padded.count
    return draw < 0.5 || hour % 9 < 3 ? 0 : Float((draw - 0.5) * 60)
  }
  let seen = grid.padded(by: halo)
  return ForecastInputs(
    statics: statics.cropped(to: seen),
    rain: LayerStack(grid: padded, bands: 72, values: rain).cropped(to: seen, fill: .nan),
    physics: PhysicsLayers(
      q: physics(107, 1), rank: physics(108, 1), soilWaterMaximum: physics(109, 250),
      hourlyRainMaximum: physics(110, 60), soilWaterAtStart: physics(111, 120), memory: memory))
}

@Test(arguments: ["tiny", "paper", "memory"])
func `logits agree with PyTorch's network on the same weights`(name: String) throws {
  let golden = try Golden.load()
  let (shape, expected): (NetworkShape, [Double]) =
    switch name {
    case "tiny": (.tiny, golden.tiny)
    case "paper": (.paper, golden.paper)
    default: (.memory, golden.memory)
    }
  let isLarge = name == "memory"
  let grid = MeshGrid(
    south: 4_200, west: 3_120, height: isLarge ? 10 : golden.height, width: isLarge ? 10 : golden.width)
  var scaling = InputScaling(elevationMean: 400, elevationDeviation: 300, slopeMean: 15, slopeDeviation: 8)
  if isLarge {
    var physics = ColumnScaling(fitting: [[Float](repeating: 0, count: shape.physics)])
    physics.means = (0..<shape.physics).map { 0.1 * Float($0) }
    physics.deviations = (0..<shape.physics).map { 0.5 + 0.05 * Float($0) }
    scaling.physics = physics
  }
  let network = DenseNetwork(goldenParameters(shape))
  let logits = network.evaluate(
    goldenInputs(grid, halo: shape.halo), scaling: scaling, plan: ForecastPlan(threads: 2)
  ).logits
  #expect(logits.values.count == expected.count)
  for (logit, reference) in zip(logits.values, expected) { #expect(abs(Double(logit) - reference) < 1e-5) }
}
