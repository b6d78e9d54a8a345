import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Where a raster lies, whatever the file makes of it.
@Suite struct AlignPlaceTests {
  private let grid = MeshGrid(south: 4_260, west: 2_700, height: 4, width: 6)
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }
  private var numbers: [Float] { (0..<grid.count).map { Float($0) + 0.25 } }

  private func aligned(_ path: String, system: String? = nil) throws -> (mean: [Float], recognised: [String]) {
    let raster = try PlacedRaster(RasterInput(path, referenceSystem: system))
    return (try AreaMean(of: raster, on: grid).mean.values, raster.recognised)
  }

  @Test func `a file on the lattice is copied and nothing is noticed`() throws {
    let path = try scratch.raster(numbers, width: 6, height: 4, geotransform: grid.geotransform)
    let found = try aligned(path)
    #expect(found.mean == numbers)
    #expect(found.recognised.isEmpty)
  }

  @Test func `rows from the south are turned`() throws {
    var t = grid.geotransform
    (t[3], t[5]) = (grid.southLatitude, 1.0 / 120)
    let flipped = (0..<4).flatMap { (y: Int) -> ArraySlice<Float> in numbers[(3 - y) * 6..<(4 - y) * 6] }
    let found = try aligned(try scratch.raster(flipped, width: 6, height: 4, geotransform: t))
    #expect(found.mean == numbers)
    #expect(found.recognised.contains { $0.contains("from south to north") })
  }

  @Test func `longitudes counted westwards are set right`() throws {
    var t = grid.geotransform
    t[0] -= 360
    let found = try aligned(try scratch.raster(numbers, width: 6, height: 4, geotransform: t))
    #expect(largestDifference(found.mean, numbers) < 1e-3)
    #expect(found.recognised.contains { $0.contains("360 added") })
  }

  @Test func `longitudes from 0 to 360 are read as they are`() throws {
    // One row of 1-degree pixels around the world.
    let wide = (0..<360).map { Float($0) }
    let path = try scratch.raster(wide, width: 360, height: 1, geotransform: [0, 1, 0, 36, 0, -1])
    let found = try aligned(path)
    #expect(found.mean.allSatisfy { $0 == 133 })
    #expect(found.recognised.contains { $0.contains("0 to 360") })
  }

  @Test func `swapped axes are set right`() throws {
    // Columns are latitudes: pixel (column, row) covers latitude by column, longitude by row.
    var swapped = [Float](repeating: 0, count: grid.count)
    for y in 0..<4 { for x in 0..<6 { swapped[x * 4 + y] = numbers[y * 6 + x] } }
    let t = [grid.northLatitude, -1.0 / 120, 0, grid.westLongitude, 0, 1.0 / 80]
    let found = try aligned(try scratch.raster(swapped, width: 4, height: 6, geotransform: t))
    #expect(largestDifference(found.mean, numbers) < 1e-4)
    #expect(found.recognised.contains { $0.contains("swapped") })
  }

  @Test func `a centre given as a corner is moved by half a cell`() throws {
    var t = grid.geotransform
    t[0] += 1.0 / 160
    t[3] -= 1.0 / 240
    let path = try scratch.raster(numbers, width: 6, height: 4, geotransform: t)
    let found = try aligned(path)
    #expect(found.mean == numbers)
    #expect(found.recognised.contains { $0.contains("half a cell") })
    let kept = try PlacedRaster(RasterInput(path, registration: .asStated))
    #expect(kept.recognised.isEmpty)
    #expect(try AreaMean(of: kept, on: grid).mean.values != numbers)
  }

  @Test func `the catalogue can say that coordinates are centres`() throws {
    // A pixel of a third of a cell: nothing shows by itself.
    let t = [grid.westLongitude + 1.0 / 480, 1.0 / 240, 0, grid.northLatitude - 1.0 / 720, 0, -1.0 / 360]
    let fine = (0..<12 * 18).map { (pixel: Int) -> Float in numbers[pixel / 18 / 3 * 6 + pixel % 18 / 3] }
    let path = try scratch.raster(fine, width: 18, height: 12, geotransform: t)
    let raster = try PlacedRaster(RasterInput(path, registration: .centres))
    #expect(largestDifference(try AreaMean(of: raster, on: grid).mean.values, numbers) < 1e-5)
  }

  @Test func `nodata, infinities and an override of nodata are missing`() throws {
    var holed = numbers
    (holed[0], holed[1], holed[2]) = (-9_999, .nan, .infinity)
    let path = try scratch.raster(holed, width: 6, height: 4, geotransform: grid.geotransform, nodata: "-9999")
    let found = try aligned(path).mean
    #expect(found[0].isNaN && found[1].isNaN && found[2].isNaN && found[3] == holed[3])
    let other = try PlacedRaster(RasterInput(path, nodata: Double(holed[5])))
    let again = try AreaMean(of: other, on: grid).mean.values
    #expect(again[5].isNaN && again[0] == -9_999)
  }

  @Test func `a file without reference system, place or band is refused`() throws {
    let bare = try scratch.raster(
      numbers, width: 6, height: 4, geotransform: grid.geotransform, system: nil, name: "bare")
    #expect(throws: RasterError.noReferenceSystem(path: bare)) { try PlacedRaster(RasterInput(bare)) }
    #expect(try aligned(bare, system: "EPSG:6668").mean == numbers)
    let lost = try scratch.raster(numbers, width: 6, height: 4, geotransform: nil, name: "lost")
    #expect(throws: RasterError.self) { try PlacedRaster(RasterInput(lost)) }
    #expect(throws: RasterError.self) { try PlacedRaster(RasterInput(bare, referenceSystem: "EPSG:6668", band: 2)) }
    #expect(throws: RasterError.notFound(path: "/nowhere.tif")) { try PlacedRaster(RasterInput("/nowhere.tif")) }
  }

  @Test func `tiles named by a pattern are one raster`() throws {
    var east = grid.geotransform
    east[0] += 3.0 / 80
    func half(_ first: Int) -> [Float] {
      (0..<4).flatMap { (y: Int) -> ArraySlice<Float> in numbers[y * 6 + first..<y * 6 + first + 3] }
    }
    _ = try scratch.raster(half(0), width: 3, height: 4, geotransform: grid.geotransform, name: "tile-1")
    _ = try scratch.raster(half(3), width: 3, height: 4, geotransform: east, name: "tile-2")
    let found = try aligned(scratch.path + "/tile-*.vrt")
    #expect(found.mean == numbers)
    #expect(found.recognised == ["2 files read as one raster"])
    _ = try scratch.raster(half(3), width: 3, height: 4, geotransform: east, system: "EPSG:3857", name: "other-2")
    _ = try scratch.raster(half(0), width: 3, height: 4, geotransform: grid.geotransform, name: "other-1")
    #expect(throws: RasterError.self) { try aligned(scratch.path + "/other-*.vrt") }
    #expect(throws: RasterError.notFound(path: scratch.path + "/none-*.tif")) {
      try aligned(scratch.path + "/none-*.tif")
    }
  }

  @Test func `an unnamed Bessel datum is refused, Tokyo by any name is known`() throws {
    func sentence(_ system: String) throws -> String {
      let raster = try PlacedRaster(
        numbers: numbers, width: 6, height: 4, geotransform: grid.geotransform, referenceSystem: system)
      return raster.datum.sentence
    }
    #expect(throws: RasterError.self) { try sentence("+proj=longlat +ellps=bessel +type=crs") }
    #expect(try sentence("EPSG:4301").contains("Tokyo"))
    #expect(try sentence("EPSG:30161").contains("Tokyo"))
    #expect(try sentence("EPSG:4612").contains("JGD2000"))
    #expect(try sentence("EPSG:6668") == "none: JGD2011")
    #expect(
      try sentence(
        """
        GEOGCS["GCS_Tokyo",DATUM["D_Tokyo",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0],\
        UNIT["Degree",0.0174532925199433]]
        """
      ).contains("Tokyo"))
  }
}
