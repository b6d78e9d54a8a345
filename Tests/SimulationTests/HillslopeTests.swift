import Foundation
import Simulation
import Testing

private let slope = Hillslope(
  steepness: 35, depth: 1.5, conductivity: 25, delay: 10, drainage: 0.01, porosity: 0.1)

@Test func `an hour of rain moves water as worked by hand`() {
  var water = HillslopeWater()
  (water.unsaturated, water.perched) = (50, 100)
  water.advance(rain: 30, evapotranspiration: 0.2, in: slope)
  // 25 of 30 mm enter; 75/10 = 7.5 go down; half of the halved evapotranspiration is 0.05.
  #expect(abs(water.unsaturated - 67.45) < 1e-12)
  // 7.5 arrive, 0.01 * 100 drain, 1e-4 * 100^1.5 = 0.1 leak.
  #expect(abs(water.perched - 106.4) < 1e-12)
  #expect(abs(water.height(in: slope) - 1.064) < 1e-12)
}

@Test func `without rain the ground dries and never below nothing`() {
  var water = HillslopeWater()
  (water.unsaturated, water.perched) = (80, 60)
  var before = water
  for _ in 0..<5_000 {
    water.advance(rain: 0, evapotranspiration: 0.12, in: slope)
    #expect(water.unsaturated >= 0 && water.perched >= 0)
    #expect(water.unsaturated + water.perched <= before.unsaturated + before.perched)
    before = water
  }
  #expect(water.unsaturated + water.perched < 0.1)
}

@Test func `the water table stays within the soil`() {
  var water = HillslopeWater()
  water.perched = 1_000
  #expect(water.height(in: slope) == 1.5)
}

@Test func `a safety factor as worked by hand`() {
  // 45°, 1 m, no water: FS = (c + 9 tan 33°) / 9.
  let steep = Hillslope(steepness: 45, depth: 1, conductivity: 25, delay: 10, drainage: 0.01, porosity: 0.1)
  let dry = InfiniteSlope.safetyFactor(cohesion: 3, waterTable: 0, slope: steep)
  #expect(abs(dry - (3 + 9 * 0.649_407_593_2) / 9) < 1e-9)
}

@Test(arguments: [0, 0.3, 1.1])
func `the required cohesion just holds the slope and water weakens it`(waterTable: Double) {
  let needed = InfiniteSlope.requiredCohesion(waterTable: waterTable, slope: slope)
  #expect(abs(InfiniteSlope.safetyFactor(cohesion: needed, waterTable: waterTable, slope: slope) - 1) < 1e-12)
  #expect(InfiniteSlope.safetyFactor(cohesion: needed, waterTable: waterTable + 0.1, slope: slope) < 1)
}
