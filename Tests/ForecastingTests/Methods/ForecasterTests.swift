import Forecasting
import Mesh
import SoilWater
import TestSupport
import Testing

private let area = MeshGrid(south: 4_200, west: 3_120, height: 6, width: 40)

@Test func `contributions are differences to neutral inputs`() throws {
  var file = ModelFile.startState(shape: .tiny, tool: "test")
  file.payload =
    HybridNetwork(parameters: NetworkFixture.parameters(.tiny), scaling: NetworkFixture.scaling).payload()
  let inputs = NetworkFixture.inputs(area, dryShare: 0.6)
  let model = try Forecaster(file, path: "test")
  let plan = ForecastPlan(threads: 2)
  let forecast = try model.forecast(inputs, plan: plan, drivers: true)
  let contributions = try #require(forecast.contributions)

  // The same differences from whole evaluations with one group replaced by hand.
  func layer(_ value: Float) -> Layer<Float> { Layer(grid: area, filledWith: value) }
  let quiet = PhysicsLayers(
    q: layer(0.01), rank: layer(0), soilWaterMaximum: layer(0), hourlyRainMaximum: layer(0), soilWaterAtStart: layer(0))
  let padded = area.padded(by: 4)
  let nowhere = Layer(grid: padded, filledWith: UInt8(0))
  let unknown = StaticLayers(
    elevation: Layer(grid: padded, filledWith: .nan), slope: Layer(grid: padded, filledWith: .nan), aspect: nowhere,
    soil: nowhere, vegetation: nowhere)
  let dry = LayerStack(grid: padded, bands: 72, filledWith: Float(0))
  let replaced = [
    ForecastInputs(statics: inputs.statics, rain: inputs.rain, physics: quiet),
    ForecastInputs(statics: inputs.statics, rain: dry, physics: inputs.physics),
    ForecastInputs(statics: unknown, rain: inputs.rain, physics: inputs.physics),
  ]
  for (band, inputs) in replaced.enumerated() {
    let without = try model.forecast(inputs, plan: plan).score
    let expected = zip(forecast.score.values, without.values).map { $0 - $1 }
    #expect(contributions.band(band).values == expected)
  }
  #expect(forecast.drivers == Driver.layer(contributions))
  #expect(Set(forecast.drivers?.values ?? []).count > 1)
}

@Test(arguments: [
  ([0.5, 0.2, 0.1], Driver.soilWater), ([0.5, 0.5, 0.1], .soilWater), ([-1, 0.2, 0.1], .rain), ([0, 0, 0.1], .ground),
  ([0, -3, 0.05], Driver.none),
])
func `the largest contribution leads`(contributions: [Float], driver: Driver) {
  #expect(Driver.leading(contributions) == driver)
  #expect(Driver.leading(contributions + [.nan]) == nil)
}

@Test func `the early warning scores by its surface and breaks ties by rank`() throws {
  let grid = MeshGrid(south: 4_200, west: 3_120, height: 1, width: 6)
  let inputs = NetworkFixture.inputs(grid)
  let unfamiliarity: [Float] = [0, 0, 0.2, 0.5, 1, .nan]
  let rank: [Float] = [0.2, 0.9, 0.5, 0.5, 1, 1]
  func physics(_ surface: Layer<Float>?) -> PhysicsLayers {
    PhysicsLayers(
      q: inputs.physics.q, rank: Layer(grid: grid, values: rank), soilWaterMaximum: inputs.physics.soilWaterMaximum,
      hourlyRainMaximum: inputs.physics.hourlyRainMaximum, soilWaterAtStart: inputs.physics.soilWaterAtStart,
      unfamiliarity: surface)
  }
  let warning = try earlyWarning()
  #expect(warning.halo == 0 && warning.windowHours == 72)
  let forecast = try warning.forecast(
    ForecastInputs(
      statics: inputs.statics, rain: inputs.rain, physics: physics(Layer(grid: grid, values: unfamiliarity))),
    plan: ForecastPlan(threads: 1))
  #expect(forecast.level.values == [1, 1, 2, 4, 5, 0])
  #expect(forecast.score.values[1] > forecast.score.values[0])
  #expect(forecast.probability.values[4] == 1)
  // It asks for no cells around, and for the rain of no more than its day.
  let bare = ForecastInputs(
    statics: inputs.statics.cropped(to: grid), rain: LayerStack(grid: grid, bands: 24, filledWith: .nan),
    physics: physics(Layer(grid: grid, values: unfamiliarity)))
  #expect(try warning.forecast(bare, plan: ForecastPlan(threads: 1)).level == forecast.level)
  #expect(throws: ForecastError.missingLayer(method: "swi-ews", layer: "q_rbf")) {
    try warning.forecast(
      ForecastInputs(statics: inputs.statics, rain: inputs.rain, physics: physics(nil)), plan: ForecastPlan(threads: 1))
  }
}

@Test(arguments: ["earlier-rank", "memory-rank"])
func `ranks among earlier days score cells of a map as they score samples, and nothing without a record`(
  name: String
) throws {
  let method = try Method(named: name)
  let samples = madeUpSamples().samples
  let score = try #require(method.score)
  let memory = samples[3].memory
  #expect(score(samples[3]) == Double(name == "memory-rank" ? memory.lowerTanksRank : memory.soilWaterRank))

  let grid = MeshGrid(south: 4_200, west: 3_120, height: 1, width: 2)
  let plain = NetworkFixture.inputs(grid)
  let ranks: [Float] = [0.99, 0.4]
  let record = MemoryDay(
    day: nil, cells: 2, highest: [Float](repeating: 50, count: 16), survived: [Float](repeating: 60, count: 16),
    ranks: ranks + ranks, recordDays: [400, 400], events: EventPeaks(cells: 2))
  func scored(_ memory: Layer<MemoryInput>?) throws -> [Float] {
    let own = plain.physics
    let physics = PhysicsLayers(
      q: own.q, rank: own.rank, soilWaterMaximum: own.soilWaterMaximum, hourlyRainMaximum: own.hourlyRainMaximum,
      soilWaterAtStart: own.soilWaterAtStart, unfamiliarity: own.q, memory: memory)
    let inputs = ForecastInputs(statics: plain.statics, rain: plain.rain, physics: physics)
    return try method.open(ModelPayload(), "x").scores(
      inputs, wanted: nil, plan: ForecastPlan(threads: 1), explains: false
    ).scores.values
  }
  #expect(try scored(Layer(grid: grid, values: (0..<2).map { MemoryInput(record, at: $0) })) == ranks)
  #expect(throws: ForecastError.missingLayer(method: name, layer: "what each cell has survived")) { try scored(nil) }
}

@Test func `methods go by one name in every command`() throws {
  #expect(Set(Method.names).count == Method.all.count)
  #expect(try Method(named: "without-kd").isTrained && !Method(named: "rank").isTrained)
  #expect(throws: ForecastError.unknownMethod("magic", known: Method.names)) { try Method(named: "magic") }
  #expect(try Method(named: "without-skip").settings(from: .tiny).network.hasSkip == false)
}

private func earlyWarning() throws -> Forecaster {
  let start = try #require(Method(named: "swi-ews").start)
  return try Forecaster(start(PhysicsSettings(), "test"), path: "start")
}
