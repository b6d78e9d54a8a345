import Forecasting
import Mesh
import Neural
import Testing

@Test(arguments: [NetworkShape.tiny, .paper] + NetworkFixture.otherShapes + NetworkFixture.otherInputs)
func `training and forecasting compute the same logit of a sample`(shape: NetworkShape) throws {
  let day = try #require(JSTDay("2023-08-15"))
  // 17 x 17 cells with rain in whole tenths of a millimetre, as samples store it.
  let middle = MeshGrid(south: 4_200, west: 3_120, height: 1, width: 1)
  let fixture = NetworkFixture.inputs(middle.padded(by: SampleSite.side / 2 - shape.halo), for: shape)
  let side = fixture.rain.grid
  let tenths = fixture.rain.values.map { $0.isNaN ? SampleSet.missing : UInt16($0 * 10) }
  let sites = SampleSite(
    region: "r", cell: side.code(y: 8, x: 8), elevation: fixture.statics.elevation.values,
    slope: fixture.statics.slope.values, aspect: fixture.statics.aspect.values, soil: fixture.statics.soil.values,
    vegetation: fixture.statics.vegetation.values)
  let physics = PhysicsInput(
    q: 0.7, rank: 0.98, soilWaterMaximum: 180, hourlyRainMaximum: 41, soilWaterAtStart: 66)
  let memory = MemoryInput(
    excess: SIMD8(0.1, -0.4, 0.9, -2, 0.3, 1.1, -0.2, 0.05), soilWaterRank: 0.9, lowerTanksRank: 0.95, recordDays: 700)
  let samples = SampleSet(
    sites: [sites],
    samples: [Sample(site: 0, day: day, label: .none, physics: physics, memory: memory, earlyWarning: 0)],
    firstHour: JSTHour(ending: day, 24).advanced(by: 1 - shape.hours), hours: shape.hours,
    frameOfHour: (0..<shape.hours).map { Int32($0) }, frames: tenths, title: "synthetic")
  let parameters = NetworkFixture.parameters(shape)
  let trained = try logits(
    of: [0], in: samples, parameters: parameters, scaling: NetworkFixture.scaling(for: shape),
    workers: Workers(threads: 1))

  let patch = middle.padded(by: shape.halo)
  func layer(_ value: Float) -> Layer<Float> { Layer(grid: middle, filledWith: value) }
  let millimetres = tenths.map { $0 == SampleSet.missing ? Float.nan : Float($0) / 10 }
  let inputs = ForecastInputs(
    statics: fixture.statics.cropped(to: patch),
    rain: LayerStack(grid: side, bands: shape.hours, values: millimetres).cropped(to: patch, fill: .nan),
    physics: PhysicsLayers(
      q: layer(physics.q), rank: layer(physics.rank), soilWaterMaximum: layer(physics.soilWaterMaximum),
      hourlyRainMaximum: layer(physics.hourlyRainMaximum), soilWaterAtStart: layer(physics.soilWaterAtStart),
      memory: Layer(grid: middle, filledWith: memory)))
  let forecast = DenseNetwork(parameters).evaluate(
    inputs, scaling: NetworkFixture.scaling(for: shape), plan: ForecastPlan(threads: 1))
  #expect(abs(Double(forecast.logits.values[0]) - trained[0]) < 1e-5)
}
