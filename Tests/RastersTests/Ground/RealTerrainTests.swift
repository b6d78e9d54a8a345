import Mesh
import Rasters
import TestSupport
import Testing

/// SRTM30 over central Japan, 30″ pixels that lie a third of a cell beside the lattice.
@Suite(.enabled(if: RealData.isPresent))
struct RealTerrainTests {
  private let terrain: Terrain
  private static let grid = MeshGrid(south: 4_137, west: 2_997, height: 297, width: 197)

  init() throws {
    let path = RealData.path("dem-japan/srtm30_central_japan.tif")
    terrain = try Terrain(of: PlacedRaster(RasterInput(path)), on: Self.grid, threads: 2)
  }

  /// Reference: `gdaldem slope` (Horn) on each three rows with the metric spacing of the middle one on GRS 80, then the
  /// exact area mean in NumPy. Over all 58,115 cells the largest difference was 2.6e-6 degrees.
  @Test(
    arguments: [
      (10, 10, 8.184_482), (100, 60, 8.470_935), (150, 100, 1.172_472), (200, 150, 0), (60, 40, 4.360_445),
      (250, 30, 2.828_123),
    ] as [(Int, Int, Float)])
  func `mean slope is that of gdaldem with metric spacing, averaged by area`(y: Int, x: Int, slope: Float) {
    #expect(abs(terrain.slope[y, x] - slope) < 1e-5)
  }

  @Test func `gauges stand at the height of their cells`() throws {
    let stations = try readStations(RealData.path("amedas-2023/stations.csv"))
    let pairs = stations.compactMap { station -> (gauge: Double, cell: Double)? in
      guard let altitude = station.altitude,
        let code = Mesh3Code(latitude: station.latitude, longitude: station.longitude),
        let height = terrain.elevation[code], !height.isNaN
      else { return nil }
      return (altitude, Double(height))
    }
    #expect(pairs.count > 150)
    let differences = pairs.map { $0.gauge - $0.cell }.sorted()
    // Gauges stand in valleys: some metres below the mean of their cell.
    #expect((-10...0).contains(differences[differences.count / 2]))
    #expect(correlation(pairs) > 0.99)
  }

  private func correlation(_ pairs: [(gauge: Double, cell: Double)]) -> Double {
    let n = Double(pairs.count)
    let (x, y) = (pairs.reduce(0) { $0 + $1.gauge } / n, pairs.reduce(0) { $0 + $1.cell } / n)
    let sums = pairs.reduce(into: (xy: 0.0, xx: 0.0, yy: 0.0)) { sums, pair in
      let (dx, dy) = (pair.gauge - x, pair.cell - y)
      sums = (sums.xy + dx * dy, sums.xx + dx * dx, sums.yy + dy * dy)
    }
    return sums.xy / (sums.xx * sums.yy).squareRoot()
  }
}
