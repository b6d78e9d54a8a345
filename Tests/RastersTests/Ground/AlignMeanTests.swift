import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

@Suite struct AlignMeanTests {
  @Test(arguments: TestSystem.allCases, [1.3, 3.7, 17, 120])
  func `means equal brute-force area weighting`(system: TestSystem, ratio: Double) throws {
    let source = RandomRaster(system, ratio: ratio, seed: 11) { Float(1_000 * $0.uniform()) - 200 }
    let grid = source.grid
    let found = try AreaMean(of: source.placed(), on: grid, minimumCoverage: 0, threads: 2)
    var sums = [Double](repeating: 0, count: grid.count)
    var areas = sums
    source.forEachOverlap(of: grid) { pixel, cell, area in
      guard !source.numbers[pixel].isNaN else { return }
      sums[cell] += area * Double(source.numbers[pixel])
      areas[cell] += area
    }
    for cell in 0..<grid.count {
      // 2e-6 cell is the allowance of a corner between PROJ's nodes.
      #expect(abs(Double(found.coverage.values[cell]) - areas[cell]) < 1e-5)
      guard areas[cell] > 1e-4 else { continue }
      #expect(abs(Double(found.mean.values[cell]) - sums[cell] / areas[cell]) < 1e-5 * 1_000)
    }
  }

  @Test(arguments: TestSystem.allCases, [1.3, 3.7, 17, 120])
  func `shares and majority equal brute force in every cell`(system: TestSystem, ratio: Double) throws {
    let source = RandomRaster(system, ratio: ratio, seed: 12) { Float(100 + Int($0.uniform() * 4)) }
    let grid = source.grid
    let codes: [Int32: UInt8] = [100: 3, 101: 1, 102: 0]  // 103 is unknown
    let placed = try PlacedRaster(
      codes: source.numbers.map { $0.isNaN ? nil : Int32($0) }, width: source.width, height: source.height,
      geotransform: source.geotransform, referenceSystem: system.rawValue)
    let found = try ClassShares(of: placed, codes: codes, classes: 3, on: grid, minimumCoverage: 0, threads: 2)
    var areas = [[Double]](repeating: [0, 0, 0, 0], count: grid.count)
    source.forEachOverlap(of: grid) { pixel, cell, area in
      guard !source.numbers[pixel].isNaN else { return }
      areas[cell][Int(codes[Int32(source.numbers[pixel])] ?? 0)] += area
    }
    for cell in 0..<grid.count {
      let total = areas[cell].reduce(0, +)
      let largest = areas[cell][1...].max() ?? 0
      let leader = largest > 1e-9 ? (1...3).first { areas[cell][$0] >= largest - 1e-9 } ?? 0 : 0
      if total > 1e-4 {
        #expect(Int(found.majority.values[cell]) == leader)
        for k in 1...3 {
          #expect(abs(Double(found.shares.band(k - 1).values[cell]) - areas[cell][k] / total) < 1e-4)
        }
        #expect(abs(Double(found.unknown.values[cell]) - areas[cell][0] / total) < 1e-4)
      }
    }
  }

  @Test(arguments: TestSystem.allCases)
  func `window and threads change no bit`(system: TestSystem) throws {
    let source = RandomRaster(system, ratio: 40, seed: 13) { Float($0.uniform()) }
    let grid = source.grid
    let placed = try source.placed()
    let whole = try Terrain(of: placed, on: grid, minimumCoverage: 0, threads: 1)
    for threads in [2, 3] {
      let again = try Terrain(of: placed, on: grid, minimumCoverage: 0, threads: threads)
      #expect(bits(again) == bits(whole))
    }
    for index in 0..<grid.count {
      let code = grid.code(at: index)
      let cell = MeshGrid(south: code.row, west: code.column, height: 1, width: 1)
      let alone = try Terrain(of: placed, on: cell, minimumCoverage: 0, threads: 1)
      #expect(bits(alone) == bits(whole).map { [$0[index]] })
    }
  }

  @Test func `a raster of cells is copied bit by bit, from the south too`() throws {
    let grid = MeshGrid(south: 4_200, west: 2_720, height: 7, width: 5)
    var stream = RandomStream(seed: 5)
    let numbers = (0..<grid.count).map { _ in Float(stream.uniform()) }
    let north = try PlacedRaster(
      numbers: numbers, width: 5, height: 7, geotransform: grid.geotransform, referenceSystem: "EPSG:6668")
    let flipped = (0..<7).flatMap { (y: Int) -> ArraySlice<Float> in numbers[(6 - y) * 5..<(7 - y) * 5] }
    let south = try PlacedRaster(
      numbers: flipped, width: 5, height: 7,
      geotransform: [grid.westLongitude, 1.0 / 80, 0, grid.southLatitude, 0, 1.0 / 120], referenceSystem: "EPSG:4612")
    for raster in [north, south] {
      let found = try AreaMean(of: raster, on: grid)
      #expect(found.mean.values == numbers)
      #expect(found.coverage.values.allSatisfy { $0 == 1 })
    }
  }

  private func bits(_ terrain: Terrain) -> [[UInt32]] {
    [
      terrain.elevation.values.map(\.bitPattern), terrain.slope.values.map(\.bitPattern),
      terrain.aspect.values.map(UInt32.init), terrain.coverage.values.map(\.bitPattern),
    ]
  }
}

extension RandomRaster {
  func placed() throws -> PlacedRaster {
    try PlacedRaster(
      numbers: numbers, width: width, height: height, geotransform: geotransform, referenceSystem: system.rawValue)
  }
}
