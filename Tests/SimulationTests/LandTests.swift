import Foundation
import Simulation
import Testing

@Test func `a contour encloses what is higher and closes`() {
  let grid = PlaneGrid(width: 60, height: 50, spacing: 10, west: -300, north: 250)
  let rings = contour(of: grid, level: 0) { x, y in
    max(150 - (x * x + y * y).squareRoot(), 40 - ((x - 220) * (x - 220) + y * y).squareRoot())
  }
  #expect(rings.count == 2)
  // Linear interpolation of a cone on 10-m pixels: a chord's sagitta, below 1 % of the area.
  #expect(abs(doubleArea(of: rings[0]) / 2 / (.pi * 150 * 150) - 1) < 0.01)
  #expect(abs(doubleArea(of: rings[1]) / 2 / (.pi * 40 * 40) - 1) < 0.05)
}

@Test func `a hole runs the other way round`() {
  let grid = PlaneGrid(width: 50, height: 50, spacing: 10, west: -250, north: 250)
  let rings = contour(of: grid, level: 0) { x, y in
    let radius = (x * x + y * y).squareRoot()
    return min(200 - radius, radius - 80)
  }
  #expect(rings.count == 2)
  #expect(doubleArea(of: rings[0]) > 0)
  #expect(doubleArea(of: rings[1]) < 0)
}

@Test func `land beyond the outermost pixels still makes a closed line`() {
  let grid = PlaneGrid(width: 12, height: 9, spacing: 1, west: 0, north: 9)
  let rings = contour(of: grid, level: 0) { _, _ in 1 }
  #expect(rings.count == 1)
  #expect(doubleArea(of: rings[0]) > 0)
}

@Test func `grown land rises from the sea to the height asked for and keeps no deep pits`() {
  let grid = PlaneGrid(width: 96, height: 80, spacing: 100, west: 0, north: 8_000)
  let terrain = SyntheticTerrain.grow(
    on: grid, high: 900, noise: CoherentNoise(seed: 3), steps: [60, 20], shore: { _, y in y / 8_000 - 0.2 },
    uplift: { _, y in y / 8_000 })
  #expect(terrain.isLand.count { $0 } == 96 * 64)
  let land = terrain.height.indices.filter { terrain.isLand[$0] }
  #expect(
    terrain.height.indices.allSatisfy { terrain.isLand[$0] ? terrain.height[$0] >= 0.5 : terrain.height[$0] == 0 })
  let above = land.count { terrain.height[$0] > 900 }
  #expect(abs(Double(above) / Double(grid.count) - 0.01) < 0.002)
  let pits = land.filter { i in
    let (row, column) = (i / 96, i % 96)
    guard (1..<79).contains(row), (1..<95).contains(column) else { return false }
    let around = [-97, -96, -95, -1, 1, 95, 96, 97].map { terrain.height[i + $0] }
    return terrain.height[i] < (around.min() ?? 0) - 1
  }
  #expect(pits.isEmpty)
}
