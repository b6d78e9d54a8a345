import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Tokyo datum: PLATFORM 3.
@Suite struct AlignDatumTests {
  @Test(arguments: [
    ("Tokyo", 139.7671, 35.6812, 464.0), ("Fukuoka", 130.42, 33.59, 422), ("Sapporo", 141.35, 43.06, 407),
    ("Naha", 127.68, 26.21, 487), ("Sendai", 140.87, 38.27, 447), ("Kochi", 133.53, 33.56, 442),
  ])
  func `the shift has the known length`(place: String, longitude: Double, latitude: Double, metres: Double) throws {
    let moved = try latticeDegrees(x: longitude, y: latitude, referenceSystem: "EPSG:4301")
    let east = (moved.longitude - longitude) * .pi / 180 * 6_378_137 * cos(latitude * .pi / 180)
    let north = (moved.latitude - latitude) * .pi / 180 * 6_356_000
    #expect(abs((east * east + north * north).squareRoot() - metres) < 3)
  }

  /// PROJ by itself takes a Korean transformation here and lands 5.9 m away.
  @Test(arguments: [(130.42, 33.59), (130.9, 33.2), (129.3, 34.4), (130.7, 32.8), (131.2, 33.0)])
  func `Kyushu and Tsushima get the Japanese offsets`(longitude: Double, latitude: Double) throws {
    let moved = try latticeDegrees(x: longitude, y: latitude, referenceSystem: "EPSG:4301")
    let expected = tokyoToWorld(longitude: longitude, latitude: latitude)
    #expect(abs(moved.longitude - expected.longitude) < 1e-9)
    #expect(abs(moved.latitude - expected.latitude) < 1e-9)
  }

  @Test func `projected Tokyo coordinates take the same way`() throws {
    // Japan Plane Rectangular CS II on Tokyo datum, origin 33° N 131° E.
    let moved = try latticeDegrees(x: 0, y: 0, referenceSystem: "EPSG:30162")
    let expected = tokyoToWorld(longitude: 131, latitude: 33)
    #expect(abs(moved.longitude - expected.longitude) < 1e-9)
    #expect(abs(moved.latitude - expected.latitude) < 1e-9)
  }

  @Test func `a grid of shifts is bilinear, and the offsets help out where it ends`() throws {
    let scratch = try ScratchFolder()
    let corner = try #require(Mesh3Code(latitude: 33.59, longitude: 130.42))
    func line(_ row: Int, _ column: Int, _ north: Double, _ east: Double) -> String {
      "\(Mesh3Code(row: corner.row + row, column: corner.column + column)) \(north) \(east)"
    }
    let path = try scratch.write(
      """
      JGD2000-TokyoDatum Ver.2.1.2
      MeshCode   dB(sec)   dL(sec)
      \(line(0, 0, 12, -8))
      \(line(0, 1, 13, -8))
      \(line(1, 0, 12, -9))
      \(line(1, 1, 13, -9))
      """, to: "test.par")
    let grid = try TokyoGrid(reading: path)
    let (longitude, latitude) = (corner.westLongitude + 0.25 / 80, corner.southLatitude + 0.5 / 120)
    let inside = try latticeDegrees(x: longitude, y: latitude, referenceSystem: "EPSG:4301", tokyoGrid: grid)
    #expect(abs(inside.latitude - latitude - 12.25 / 3_600) < 1e-12)
    #expect(abs(inside.longitude - longitude + 8.5 / 3_600) < 1e-12)
    let outside = try latticeDegrees(x: 135, y: 35, referenceSystem: "EPSG:4301", tokyoGrid: grid)
    #expect(abs(outside.latitude - tokyoToWorld(longitude: 135, latitude: 35).latitude) < 1e-9)
    #expect(throws: RasterError.self) { try TokyoGrid(reading: try scratch.write("nothing", to: "empty.par")) }
  }

  @Test func `a mesh table on Tokyo datum is weighted between the lattices`() throws {
    let scratch = try ScratchFolder()
    let grid = MeshGrid(south: 4_240, west: 2_720, height: 3, width: 3)
    // Height = column of the Tokyo cell: the mean on the lattice is less by the shift, about 0.29 km / 1.13 km to the west.
    let rows = (0..<9).flatMap { y in
      (0..<9).map { x in
        let code = Mesh3Code(row: grid.south - 3 + y, column: grid.west - 3 + x)
        return "\(code),\(code.column)"
      }
    }
    let path = try scratch.write((["meshcode,h"] + rows).joined(separator: "\n"), to: "tokyo.csv")
    let input = MeshTableInput(path, valueColumn: "h", referenceSystem: "EPSG:4301")
    let (stack, report) = try alignStatic(StaticInputs(elevation: .meshTable(input)), to: grid)
    let moved = tokyoToWorld(longitude: grid.westLongitude, latitude: grid.southLatitude)
    let shift = (grid.westLongitude - moved.longitude) * 80
    #expect(abs(Double(stack.elevation[2, 0]) - (Double(grid.west) + shift)) < 0.01)
    #expect(report.entry("elevation")?.accuracyMetres == 9)
    #expect(report.entry("elevation")?.meanCoverage == 1)
  }
}
