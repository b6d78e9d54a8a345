import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

@Suite struct AlignTerrainTests {
  /// A plane that rises `slope` m/m towards `azimuth`, in each system's own pixels.
  private func plane(_ system: TestSystem, rise: (east: Double, north: Double)) throws -> (PlacedRaster, MeshGrid) {
    var source = RandomRaster(system, ratio: 30, seed: 1) { _ in 0 }
    let origin = source.corner(0, 0)
    let metres = metresPerDegree(latitude: origin.y / 120)
    for row in 0..<source.height {
      for column in 0..<source.width {
        let a = source.corner(column, row)
        let b = source.corner(column + 1, row + 1)
        let east = ((a.x + b.x) / 2 - origin.x) / 80 * metres.east
        let north = ((a.y + b.y) / 2 - origin.y) / 120 * metres.north
        source.numbers[row * source.width + column] = Float(rise.east * east + rise.north * north)
      }
    }
    let (low, high) = (source.corner(0, source.height), source.corner(source.width, 0))
    let inside = MeshGrid(south: Int(low.y) + 1, west: Int(low.x) + 1, height: 1, width: Int(high.x) - Int(low.x) - 1)
    return (try source.placed(), inside)
  }

  private func metresPerDegree(latitude: Double) -> (east: Double, north: Double) {
    let phi = latitude * .pi / 180
    let (a, e2) = (6_378_137.0, 0.00669438002290)
    let w = 1 - e2 * sin(phi) * sin(phi)
    return (a / w.squareRoot() * cos(phi) * .pi / 180, a * (1 - e2) / (w * w.squareRoot()) * .pi / 180)
  }

  @Test(arguments: TestSystem.allCases, [(0.3, 0.0), (0.0, -0.5), (-0.2, 0.2), (0.1, 0.4)])
  func `a plane has its slope and faces downhill in every system`(
    system: TestSystem, rise: (east: Double, north: Double)
  ) throws {
    let (raster, grid) = try plane(system, rise: rise)
    let terrain = try Terrain(of: raster, on: grid, minimumCoverage: 0)
    let steepness = (rise.east * rise.east + rise.north * rise.north).squareRoot()
    let expected = atan(steepness) * 180 / .pi
    let downhill = atan2(-rise.east, -rise.north) * 180 / .pi
    let sector = UInt8(Int(((downhill + 382.5) / 45).rounded(.down)) % 8 + 1)
    for cell in 0..<grid.count {
      // The plane is flat in degrees while metres shrink northwards: 1e-4 a kilometre of the slope itself.
      #expect(abs(Double(terrain.slope.values[cell]) - expected) < 2e-3 * expected)
      #expect(terrain.aspect.values[cell] == sector)
    }
  }

  @Test func `a hole or an edge does not flatten the slope beside it`() throws {
    let grid = MeshGrid(south: 4_200, west: 2_720, height: 1, width: 1)
    let n = 20
    var numbers = (0..<n * n).map { Float($0 % n) }
    numbers[5 * n + 5] = .nan
    let raster = try PlacedRaster(
      numbers: numbers, width: n, height: n,
      geotransform: [grid.westLongitude, 1.0 / 80 / Double(n), 0, grid.northLatitude, 0, -1.0 / 120 / Double(n)],
      referenceSystem: "EPSG:6668")
    let terrain = try Terrain(of: raster, on: grid)
    let step = metresPerDegree(latitude: grid.southLatitude + 0.5 / 120).east / 80 / Double(n)
    #expect(abs(Double(terrain.slope.values[0]) - atan(1 / step) * 180 / .pi) < 1e-4)
    #expect(terrain.aspect.values[0] == 7)
    #expect(abs(terrain.coverage.values[0] - (1 - 1 / 400)) < 1e-6)
  }

  @Test func `sea is covered but no land, and cells keep their land share under the minimum cover`() throws {
    let grid = MeshGrid(south: 4_200, west: 2_720, height: 1, width: 2)
    // Ten columns a cell: the first cell has one column of land, the second is half sea, half missing.
    let numbers: [Float] = (0..<10).flatMap { _ in
      (0..<20).map { column in column == 0 ? 7 : column < 15 ? 0 : .nan }
    }
    let raster = try PlacedRaster(
      numbers: numbers, width: 20, height: 10,
      geotransform: [grid.westLongitude, 1.0 / 800, 0, grid.northLatitude, 0, -1.0 / 1_200],
      referenceSystem: "EPSG:6668")
    let terrain = try Terrain(of: raster, on: grid, seaValues: [0], minimumCoverage: 0.6)
    #expect(terrain.elevation.values[0] == 7)
    #expect(abs(terrain.landShare.values[0] - 0.1) < 1e-6)
    #expect(abs(terrain.coverage.values[1] - 0.5) < 1e-6)
    #expect(terrain.elevation.values[1].isNaN && terrain.landShare.values[1] == 0)
  }

  @Test(arguments: [(0, -1, 1), (-1, -1, 2), (-1, 0, 3), (-1, 1, 4), (0, 1, 5), (1, 1, 6), (1, 0, 7), (1, -1, 8)])
  func `eight directions have eight classes`(riseEast: Int, riseNorth: Int, expected: Int) {
    #expect(Int(aspectClass(riseEast: Float(riseEast), riseNorth: Float(riseNorth))) == expected)
    #expect(aspectClass(riseEast: 0, riseNorth: 0) == 0)
    #expect(aspectClass(riseEast: .nan, riseNorth: 0) == 0)
  }
}
