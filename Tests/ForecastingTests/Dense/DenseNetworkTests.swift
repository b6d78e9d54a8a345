import Forecasting
import Mesh
import TestSupport
import Testing

private let area = MeshGrid(south: 4_200, west: 3_120, height: 11, width: 31)

@Test(arguments: [NetworkShape.tiny, .paper] + NetworkFixture.otherShapes + NetworkFixture.otherInputs)
func `an area's logits are those of its patches`(shape: NetworkShape) {
  let parameters = NetworkFixture.parameters(shape)
  let inputs = NetworkFixture.inputs(area, for: shape)
  let logits = DenseNetwork(parameters).evaluate(
    inputs, scaling: NetworkFixture.scaling(for: shape), plan: ForecastPlan(threads: 1)
  )
  .logits
  for (y, x) in [(0, 0), (10, 30), (5, 15), (3, 2), (7, 9), (10, 12)] {
    let reference = NetworkFixture.reference(parameters, inputs, NetworkFixture.scaling(for: shape), y: y, x: x)
    #expect(abs(Double(logits[y, x]) - reference) < 1e-5)
  }
}

@Test(
  arguments: [(1, 42, 12), (2, 42, 12), (2, 7, 3), (3, 31, 1), (1, 1, 11)],
  [NetworkShape.tiny, .memory, NetworkFixture.shape(patch: 13, 12, x: 4)])
func `threads and tiles change no bit`(plan: (threads: Int, width: Int, height: Int), shape: NetworkShape) {
  let network = DenseNetwork(NetworkFixture.parameters(shape))
  let inputs = NetworkFixture.inputs(area, for: shape)
  let whole = network.evaluate(inputs, scaling: NetworkFixture.scaling, plan: ForecastPlan(threads: 1)).logits
  let plan = ForecastPlan(threads: plan.threads, tileWidth: plan.width, tileHeight: plan.height)
  let dealt = network.evaluate(inputs, scaling: NetworkFixture.scaling, plan: plan).logits
  #expect(whole.values.map(\.bitPattern) == dealt.values.map(\.bitPattern))
}

@Test func `a part of an area has the bits of the whole`() {
  let network = DenseNetwork(NetworkFixture.parameters(.paper))
  let inputs = NetworkFixture.inputs(area)
  let whole = network.evaluate(inputs, scaling: NetworkFixture.scaling, plan: ForecastPlan(threads: 2)).logits
  let part = MeshGrid(south: 4_203, west: 3_127, height: 5, width: 9)
  let physics = inputs.physics
  let partial = ForecastInputs(
    statics: inputs.statics.cropped(to: part.padded(by: 4)),
    rain: inputs.rain.cropped(to: part.padded(by: 4), fill: .nan),
    physics: PhysicsLayers(
      q: physics.q.cropped(to: part, fill: .nan), rank: physics.rank.cropped(to: part, fill: .nan),
      soilWaterMaximum: physics.soilWaterMaximum.cropped(to: part, fill: .nan),
      hourlyRainMaximum: physics.hourlyRainMaximum.cropped(to: part, fill: .nan),
      soilWaterAtStart: physics.soilWaterAtStart.cropped(to: part, fill: .nan)))
  let logits = network.evaluate(partial, scaling: NetworkFixture.scaling, plan: ForecastPlan(threads: 1)).logits
  #expect(logits == whole.cropped(to: part, fill: .nan))
}

@Test(arguments: [
  NetworkShape.paper, NetworkFixture.shape(patch: 5, 8, x: 3), NetworkFixture.shape(patch: 15, 4, x: 6),
])
func `a dry cell is looked up with the bits of a computed one`(shape: NetworkShape) {
  let parameters = NetworkFixture.parameters(shape)
  let network = DenseNetwork(parameters)
  let grid = MeshGrid(south: 4_200, west: 3_120, height: 2, width: 3)
  let dry = NetworkFixture.inputs(grid, dryShare: 1, for: shape)
  let logits = network.evaluate(dry, scaling: NetworkFixture.scaling, plan: ForecastPlan(threads: 1)).logits
  // Rain too small for a Float's logarithm to tell from none makes every cell wet without changing an input.
  var damp = dry.rain
  for index in damp.values.indices { damp.values[index] = Float.leastNonzeroMagnitude }
  let computed = network.evaluate(
    ForecastInputs(statics: dry.statics, rain: damp, physics: dry.physics), scaling: NetworkFixture.scaling,
    plan: ForecastPlan(threads: 1)
  ).logits
  #expect(logits.values.map(\.bitPattern) == computed.values.map(\.bitPattern))
  for x in 0..<3 {
    let reference = NetworkFixture.reference(parameters, dry, NetworkFixture.scaling, y: 1, x: x)
    #expect(abs(Double(logits[1, x]) - reference) < 1e-5)
  }
}

@Test func `cells that are not wanted or lack physics stay empty and leave the others alone`() {
  let network = DenseNetwork(NetworkFixture.parameters(.tiny))
  let inputs = NetworkFixture.inputs(area)
  let whole = network.evaluate(inputs, scaling: NetworkFixture.scaling, plan: ForecastPlan(threads: 1)).logits
  let wanted = Layer(grid: area, values: (0..<area.count).map { $0 % 3 != 0 })
  var q = inputs.physics.q
  q.values[4] = .nan
  let physics = PhysicsLayers(
    q: q, rank: inputs.physics.rank, soilWaterMaximum: inputs.physics.soilWaterMaximum,
    hourlyRainMaximum: inputs.physics.hourlyRainMaximum, soilWaterAtStart: inputs.physics.soilWaterAtStart)
  let some = network.evaluate(
    ForecastInputs(statics: inputs.statics, rain: inputs.rain, physics: physics), scaling: NetworkFixture.scaling,
    wanted: wanted, plan: ForecastPlan(threads: 2)
  ).logits
  for index in 0..<area.count {
    if index % 3 == 0 || index == 4 {
      #expect(some.values[index].isNaN)
    } else {
      #expect(some.values[index] == whole.values[index])
    }
  }
}

@Test func `the start state is the physics through the skip`() throws {
  let parameters = NetworkParameters(.paper, seed: 2)
  let inputs = NetworkFixture.inputs(area)
  let logits = DenseNetwork(parameters).evaluate(inputs, scaling: .unfitted, plan: ForecastPlan(threads: 2)).logits
  let skip = try #require(parameters.skip)
  for index in 0..<area.count {
    #expect(logits.values[index] == skip * inputs.physics[index].logit)
  }
}

@Test func `missing hours are counted where they lie`() {
  let inputs = NetworkFixture.inputs(area)
  let padded = inputs.rain.grid
  let place = (5 + 4) * padded.width + 20 + 4
  let expected = (0..<72).count { inputs.rain.values[$0 * padded.count + place].isNaN }
  #expect(Int(inputs.missingHours[5, 20]) == expected)
}
