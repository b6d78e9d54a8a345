import Foundation
import SoilWater
import Statistics
import Testing

private let basis = GaussianBasis(nodes: 93, centres: 24, rho: 1.5)

private func visits(_ bins: [(Int, Int, Int)]) -> [GaussianBasis.Visits] {
  bins.map { GaussianBasis.Visits(soilWater: $0.0, rain: $0.1, events: $0.2) }
}

private func surface(_ bins: [(Int, Int, Int)]) throws -> (sums: [Double], envelope: CriticalSurface) {
  let sums = basis.surface(try #require(basis.weights(visits(bins), lambda: 1)))
  return (sums, CriticalSurface(sums: sums, rows: 93, columns: 93, soilWaterAxis: 400, rainAxis: 120))
}

@Test(arguments: [
  (1, [0.779469, 0.624112, 0.320449, 0.499720]), (5, [0.946445, 0.757809, 0.389095, 0.606769]),
  (50, [0.994373, 0.796184, 0.408799, 0.637496]),
])
func `one node visited by some events gives the published surface`(events: Int, expected: [Double]) throws {
  let (sums, envelope) = try surface([(40, 20, events)])
  for (node, value) in zip([(40, 20), (44, 20), (48, 20), (44, 24)], expected) {
    #expect(abs(sums[node.0 * 93 + node.1] - value) < 1.5e-6)
  }
  #expect(abs(Double(envelope.values[0]) - expected[0]) < 1.5e-6)
}

@Test func `two visited nodes give the published surface and envelope`() throws {
  let (sums, envelope) = try surface([(40, 20, 3), (60, 8, 1)])
  for (node, value) in [((40, 20), 0.913854), ((60, 8), 0.779543), ((50, 14), 0.255981)] {
    #expect(abs(sums[node.0 * 93 + node.1] - value) < 1.5e-6)
  }
  for (node, value) in [((50, 8), 0.779543), ((30, 8), 0.913854), ((50, 14), 0.474738), ((62, 8), 0.737091)] {
    #expect(abs(Double(envelope.values[node.0 * 93 + node.1]) - value) < 1.5e-6)
  }
}

@Test(arguments: 1..<6 as Range<UInt64>)
func `both linear systems have the same solution`(seed: UInt64) throws {
  let small = GaussianBasis(nodes: 21, centres: 6, rho: 1.5)
  var stream = RandomStream(seed: seed, "visits")
  let cells = (0..<441).filter { _ in stream.uniform() < 0.1 }
  let visits = cells.map {
    GaussianBasis.Visits(soilWater: $0 / 21, rain: $0 % 21, events: 1 + stream.index(below: 9))
  }
  let dual = try #require(small.dualWeights(visits, 1))
  let primal = try #require(small.primalWeights(visits, 1))
  for (a, b) in zip(dual, primal) { #expect(abs(a - b) < 1e-9) }
}

/// The surface by its definition: Gaussians in the plane, normal equations by elimination.
private func plainSurface(
  _ bins: [(Int, Int, Int)], nodes: Int, centres: Int, rho: Double, lambda: Double
) -> [Double] {
  func activations(_ i: Int, _ j: Int) -> [Double] {
    let (u, v) = (Double(i) / Double(nodes - 1), Double(j) / Double(nodes - 1))
    let radius = rho / Double(centres - 1)
    return (0..<centres * centres).map { k in
      let (p, q) = (Double(k / centres) / Double(centres - 1), Double(k % centres) / Double(centres - 1))
      return exp(-((u - p) * (u - p) + (v - q) * (v - q)) / (radius * radius))
    }
  }
  let size = centres * centres
  var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
  for i in 0..<size { matrix[i][i] = lambda }
  for (i, j, events) in bins {
    let h = activations(i, j)
    for a in 0..<size {
      for b in 0..<size { matrix[a][b] += Double(events) * h[a] * h[b] }
      matrix[a][size] += Double(events) * h[a]
    }
  }
  for a in 0..<size {
    for b in 0..<size where b != a {
      let factor = matrix[b][a] / matrix[a][a]
      for c in a...size { matrix[b][c] -= factor * matrix[a][c] }
    }
  }
  let weights = (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
  return (0..<nodes * nodes).map { node in
    zip(weights, activations(node / nodes, node % nodes)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

@Test func `the surface is the sum of Gaussians that the definition gives`() throws {
  let bins = [(2, 3, 1), (2, 4, 2), (10, 3, 4), (7, 7, 1), (0, 0, 9)]
  let small = GaussianBasis(nodes: 13, centres: 4, rho: 1.5)
  let sums = small.surface(try #require(small.weights(visits(bins), lambda: 0.7)))
  let plain = plainSurface(bins, nodes: 13, centres: 4, rho: 1.5, lambda: 0.7)
  for (a, b) in zip(sums, plain) { #expect(abs(a - b) < 1e-6) }
}

private func randomSurface(_ seed: UInt64) throws -> CriticalSurface {
  var stream = RandomStream(seed: seed, "bins")
  let nodes = Set((0..<60).map { _ in stream.index(below: 45) * 93 + stream.index(below: 30) }).sorted()
  return try surface(nodes.map { ($0 / 93, $0 % 93, 1 + stream.index(below: 5)) }).envelope
}

@Test(arguments: 1..<5 as Range<UInt64>)
func `cover never grows with soil water or rain`(seed: UInt64) throws {
  let surface = try randomSurface(seed)
  var stream = RandomStream(seed: seed, "states")
  for _ in 0..<2_000 {
    let (x, y) = (Float(stream.uniform(0...410)), Float(stream.uniform(0...125)))
    let here = surface.cover(soilWater: x, rain: y)
    #expect((0...1.000001).contains(here))
    #expect(surface.cover(soilWater: x + 3, rain: y) <= here + 1e-6)
    #expect(surface.cover(soilWater: x, rain: y + 2) <= here + 1e-6)
  }
  #expect(surface.cover(soilWater: 401, rain: 0) == 0)
  #expect(surface.cover(soilWater: 0, rain: 121) == 0)
}

@Test func `one more event never lowers the sum at its own node`() throws {
  let bins = [(40, 20, 3), (60, 8, 1), (41, 20, 2)]
  let before = try surface(bins).sums
  for place in bins.indices {
    var more = bins
    more[place].2 += 1
    let after = try surface(more).sums
    let node = bins[place].0 * 93 + bins[place].1
    #expect(min(after[node], 1) >= min(before[node], 1) - 1e-6)
  }
}

@Test(arguments: 1..<4 as Range<UInt64>)
func `a contour falls from the rain axis to the soil water axis through points of its cover`(seed: UInt64) throws {
  let surface = try randomSurface(seed)
  for level in Climatology.levels {
    let line = surface.contour(level: level)
    guard surface.values[0] >= level else {
      #expect(line.isEmpty)
      continue
    }
    #expect(line.first?.soilWater == 0 && line.last?.rain == 0)
    for (a, b) in zip(line, line.dropFirst()) { #expect(b.soilWater >= a.soilWater && b.rain <= a.rain) }
    for point in line {
      #expect(abs(surface.cover(soilWater: point.soilWater, rain: point.rain) - level) < 1e-4)
    }
  }
}
