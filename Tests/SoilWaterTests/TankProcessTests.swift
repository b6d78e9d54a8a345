import SoilWater
import Testing

private func series(_ rain: [Double], from start: TankStorage<Double>, minutes: Int) throws -> [TankStorage<Double>] {
  let parameters = try TankParameters.nationwide.stepping(minutes: minutes)
  var storage = start
  return rain.map { amount in
    storage = advanceHour(storage, rain: amount, by: parameters)
    return storage
  }
}

private let threeHours: [Double] = [30, 30, 30, 0, 0, 0]

@Test func `thirty millimetres in each of three hours fill the tanks as published`() throws {
  let hours = try series(threeHours, from: .empty, minutes: 10)
  let expected: [(Double, Double, Double)] = [
    (28.3183, 1.4428, 0.0163), (51.3820, 5.8902, 0.1699), (69.5179, 12.5883, 0.5930),
    (56.4163, 19.3898, 1.3641), (46.4574, 24.2353, 2.4236), (38.4981, 27.5717, 3.6809),
  ]
  for (hour, tanks) in zip(hours, expected) {
    #expect(abs(hour.surface - tanks.0) < 5e-5)
    #expect(abs(hour.middle - tanks.1) < 5e-5)
    #expect(abs(hour.deep - tanks.2) < 5e-5)
  }
}

@Test(arguments: [
  (10, [29.7774, 57.4421, 82.6993, 77.1702, 73.1164, 69.7507]),
  (60, [30.0000, 58.5000, 84.5100, 76.4277, 72.0173, 68.4196]),
])
func `the index after three wet hours depends on the step as published`(minutes: Int, expected: [Double]) throws {
  let hours = try series(threeHours, from: .empty, minutes: minutes)
  for (hour, index) in zip(hours, expected) { #expect(abs(hour.total - index) < 1e-4) }
}

@Test(arguments: [
  (
    10,
    [
      88.7021, 92.4103, 102.8729, 139.3081, 193.9033, 197.3810, 186.4366, 176.5390, 169.2936, 162.9833, 157.4213,
      152.4911,
    ]
  ),
  (
    60,
    [
      88.7000, 92.4035, 103.1175, 140.9960, 200.1597, 200.7478, 186.5777, 174.9676, 167.5221, 161.0738, 155.4486,
      150.5065,
    ]
  ),
])
func `a storm on wet ground gives the published index`(minutes: Int, expected: [Double]) throws {
  let rain: [Double] = [0, 5, 12, 40, 65, 20, 3, 0, 0, 0, 0, 0]
  let hours = try series(rain, from: TankStorage(surface: 10, middle: 20, deep: 60), minutes: minutes)
  for (hour, index) in zip(hours, expected) { #expect(abs(hour.total - index) < 1e-4) }
}

@Test(arguments: [(1.0, (25.0 / 3, 17.5, 51.25)), (10.0, (52.2727, 70.2273, 183.0682))], [10, 60])
func `steady rain ends in the fixed point whatever the step`(
  fixed: (rain: Double, tanks: (Double, Double, Double)), minutes: Int
) throws {
  let last = try #require(
    try series(Array(repeating: fixed.rain, count: 4_000), from: .empty, minutes: minutes).last)
  #expect(abs(last.surface - fixed.tanks.0) < 1e-4)
  #expect(abs(last.middle - fixed.tanks.1) < 1e-4)
  #expect(abs(last.deep - fixed.tanks.2) < 1e-4)
}

@Test(arguments: [10, 60])
func `rain is stored, runs off or seeps away and nothing else`(minutes: Int) throws {
  let parameters = try TankParameters.nationwide.stepping(minutes: minutes)
  let tanks = TankCoefficients<Double>(parameters)
  let step = parameters.stepHours
  var storage = TankStorage<Double>(surface: 80, middle: 40, deep: 30)
  let start = storage.total
  var (fallen, lost) = (0.0, 0.0)
  for n in 0..<5_000 {
    let rain = Double((n * 7_919) % 101) / 20 * (n % 50 < 10 ? 1 : 0)
    fallen += rain
    lost += step * (tanks.lower.flow(from: storage.surface) + tanks.upper.flow(from: storage.surface))
    lost += step * (tanks.side.flow(from: storage.middle) + tanks.base.flow(from: storage.deep))
    lost += step * tanks.percolation.deep * storage.deep
    storage = advance(storage, rain: rain, hours: step, by: tanks)
  }
  #expect(abs(start + fallen - lost - storage.total) < 1e-9)
}

@Test(arguments: 0..<24)
func `more rain in any hour lowers no later index`(hour: Int) throws {
  var rain = (0..<72).map { Double(($0 * 37) % 11) * ($0 % 13 < 5 ? 3 : 0) }
  let before = try series(rain, from: TankStorage(surface: 10, middle: 20, deep: 60), minutes: 10)
  rain[hour * 2] += 0.5
  let after = try series(rain, from: TankStorage(surface: 10, middle: 20, deep: 60), minutes: 10)
  for (a, b) in zip(after, before) { #expect(a.total >= b.total) }
}

@Test func `a full first tank falls as in JMA's forecasts`() throws {
  let after = try series([0], from: TankStorage(surface: 90, middle: 0, deep: 0), minutes: 10)
  #expect(abs(after[0].surface - 70.4) < 0.05)  // METHOD 1.2
}

@Test(arguments: [0, 7, 61, 120])
func `a step that does not divide the hour is refused`(minutes: Int) {
  #expect(throws: SoilWaterError.self) { try TankParameters.nationwide.stepping(minutes: minutes) }
}

@Test func `rates that empty a tank within a step are refused`() {
  let national = TankParameters.nationwide
  #expect(throws: SoilWaterError.self) {
    try TankParameters(
      lower: .init(height: 15, rate: 0.9), upper: national.upper, side: national.side, base: national.base,
      percolation: national.percolation, stepMinutes: 60)
  }
}

@Test func `parameters that differ have another hash`() throws {
  #expect(try TankParameters.nationwide.stepping(minutes: 60).hash != TankParameters.nationwide.hash)
  #expect(TankParameters.nationwide.hash.count == 16)
}

@Test func `the third tank is what JMA's index leaves`() {
  #expect(
    tankStorages(soilWaterIndex: 100, tank1: 30, tank2: -24) == TankStorage(surface: 30, middle: 24, deep: 46))
  #expect(tankStorages(soilWaterIndex: 50, tank1: 30, tank2: 24).deep == 0)
}
