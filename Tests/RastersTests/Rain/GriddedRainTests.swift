import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// The rule of fixtures/rain/make-fixtures.py: hour, row from the north, column.
private func rule(_ hour: Int, _ row: Int, _ column: Int) -> Float { Float((7 * hour + 3 * row + 5 * column) % 40) / 2 }

private func hour(_ text: String) throws -> JSTHour { try #require(JSTHour(text)) }

/// A cell that lies within one source pixel, and that pixel.
private struct Probe {
  let code: Mesh3Code
  let row: Int
  let column: Int
}

/// Cells around the centres of pixels `size` degrees wide whose first centre from the north-west is given.
private func probes(north: Double, west: Double, size: Double, _ places: [(Int, Int)]) throws -> [Probe] {
  try places.map { row, column in
    let code = Mesh3Code(latitude: north - size * Double(row), longitude: west + size * Double(column))
    return Probe(code: try #require(code), row: row, column: column)
  }
}

@Test func `ERA5-Land's totals since midnight become hours, in mm`() throws {
  let source = try openRainSource(
    RainInput(format: .netcdf, files: [Fixtures.path("rain/era5-land.nc")], accumulation: .sinceMidnightUTC))
  #expect(source.hours.count == 29)
  #expect(try source.hours.first == hour("2023-08-15T01:00"))
  let grid = MeshGrid(south: 35.0, west: 133.5, north: 36.0, east: 134.5)
  for (place, ending) in source.hours.enumerated() where place % 4 != 1 {
    let field = try #require(try source.field(ending: ending, on: grid))
    for probe in try probes(north: 36.0, west: 133.5, size: 0.1, [(1, 0), (5, 3), (9, 9)]) {
      // Packed in steps of 0.01 mm, the hour is a difference of two.
      #expect(abs(try #require(field.rain[probe.code]) - rule(place + 1, probe.row, probe.column)) < 0.0101)
    }
    let missing = try #require(Mesh3Code(latitude: 35.999, longitude: 133.501))
    #expect(field.rain[missing]?.isNaN == true)
  }
}

@Test func `totals since midnight that are none stop the import`() throws {
  let files = [Fixtures.path("rain/hourly.zarr")]
  let source = try openRainSource(RainInput(format: .zarr, files: files, accumulation: .sinceMidnightUTC))
  let grid = MeshGrid(south: 37.0, west: 132.5, north: 37.5, east: 133.0)
  let error = #expect(throws: RasterError.self) {
    for ending in source.hours { _ = try source.field(ending: ending, on: grid) }
  }
  #expect(error?.description.contains("they are not accumulated since 00 UTC") == true)
}

@Test func `IMERG's transposed half-hourly rates become hours`() throws {
  let source = try openRainSource(
    RainInput(format: .netcdf, files: [Fixtures.path("rain/imerg-*.HDF5")], accumulation: .meanRate))
  #expect(try source.hours == [hour("2023-08-15T01:00"), hour("2023-08-15T02:00")])
  let grid = MeshGrid(south: 35.0, west: 133.5, north: 35.8, east: 134.4)
  for (place, ending) in source.hours.enumerated() {
    let field = try #require(try source.field(ending: ending, on: grid))
    for probe in try probes(north: 35.75, west: 133.55, size: 0.1, [(0, 0), (3, 8), (7, 4)]) {
      let (first, second) = (2 * place, 2 * place + 1)
      let expected = (rule(first, probe.row, probe.column) + rule(second, probe.row, probe.column)) / 2
      #expect(abs(try #require(field.rain[probe.code]) - expected) < 1e-5)
    }
    #expect(field.rain[try #require(Mesh3Code(latitude: 35.05, longitude: 133.55))]?.isNaN == true)
  }
}

@Test func `a rate is refused unless somebody vouches for a mean`() throws {
  let error = #expect(throws: RasterError.self) {
    _ = try openRainSource(RainInput(format: .netcdf, files: [Fixtures.path("rain/imerg-*.HDF5")]))
  }
  #expect(error?.description.contains("an intensity (mm/hr), no hourly total") == true)
}

@Test func `a Zarr store over 0 to 360 degrees is read where Japan lies`() throws {
  let source = try openRainSource(RainInput(format: .zarr, files: [Fixtures.path("rain/hourly.zarr")]))
  #expect(source.name == "Zarr" && source.hours.count == 5)
  let grid = MeshGrid(south: 34.0, west: 132.0, north: 39.0, east: 138.0)
  let field = try #require(try source.field(ending: hour("2023-08-15T03:00"), on: grid))
  for probe in try probes(north: 47.5, west: 0, size: 2.5, [(5, 54), (4, 53), (5, 55)]) {
    #expect(field.rain[probe.code] == rule(2, probe.row, probe.column))
  }
}

@Test func `a cell across two pixels is their mean by area`() throws {
  let source = try openRainSource(RainInput(format: .zarr, files: [Fixtures.path("rain/hourly.zarr")]))
  // The pixels meet at 133.75 E and 36.25 N: both edges of cells; the cells beside them show no mixture.
  let grid = MeshGrid(south: 36.2, west: 133.7, north: 36.3, east: 133.8)
  let field = try #require(try source.field(ending: hour("2023-08-15T02:00"), on: grid))
  #expect(Set(field.rain.values) == [rule(1, 4, 53), rule(1, 4, 54), rule(1, 5, 53), rule(1, 5, 54)])
}

/// A GeoTIFF of one hour a band, values by the rule.
private func writeRaster(
  to path: String, hours: [String], width: Int = 12, height: Int = 10,
  transform: [Double] = [134, 0.02, 0, 35.6, 0, -0.02],
  crs: String = "EPSG:6668", unit: String = "mm", first: Int = 0
) throws {
  let image = GeoTIFFImage(
    width: width, height: height, geotransform: transform, referenceSystem: crs, sample: .float32, nodata: -1,
    unit: unit)
  let bands = hours.enumerated().map { place, name in
    GeoTIFFImage.Band(
      name: name,
      values: (0..<width * height).map { $0 == 0 ? .nan : rule(place + first, $0 / width, $0 % width) })
  }
  try image.write(bands, to: path)
}

/// Mean over 50 × 50 points of a cell of whatever pixel they fall in; `NaN` pixels do not count.
private func sampledMean(
  _ code: Mesh3Code, width: Int, height: Int, transform t: [Double], crs: String, value: (Int, Int) -> Float
) throws -> Float {
  let way = try CoordinateTransformation(from: "EPSG:6668", to: crs)
  var (sum, count) = (0.0, 0.0)
  for i in 0..<50 {
    for j in 0..<50 {
      let latitude = code.southLatitude + (Double(i) + 0.5) / 50 / 120
      let longitude = code.westLongitude + (Double(j) + 0.5) / 50 / 80
      let point = way.transform(x: longitude, y: latitude)
      let (column, row) = (Int(((point.x - t[0]) / t[1]).rounded(.down)), Int(((point.y - t[3]) / t[5]).rounded(.down)))
      guard (0..<width).contains(column), (0..<height).contains(row) else { continue }
      let number = Double(value(row, column))
      if number.isNaN { continue }
      sum += number
      count += 1
    }
  }
  return count >= 1_250 ? Float(sum / count) : .nan
}

@Test(arguments: [
  ("EPSG:6668", [134, 0.02, 0, 35.6, 0, -0.02]), ("EPSG:6668", [134, 0.003, 0, 35.2, 0, 0.003]),
  ("EPSG:6673", [-30_000, 1_500, 0, -40_000, 0, -1_500]), ("EPSG:32653", [410_000, 300, 0, 3_930_000, 0, -300]),
])
func `rasters of any place and size become means by area`(crs: String, transform: [Double]) throws {
  let folder = try ScratchFolder()
  let path = folder.path + "/rain.tif"
  let (width, height) = (40, 33)
  try writeRaster(
    to: path, hours: ["2023-08-15T01:00+09:00"], width: width, height: height, transform: transform, crs: crs)
  let source = try openRainSource(RainInput(format: .geotiff, files: [path]))
  let back = try CoordinateTransformation(from: crs, to: "EPSG:6668")
  let middle = back.transform(x: transform[0] + 20 * transform[1], y: transform[3] + 16 * transform[5])
  let grid = MeshGrid(
    south: middle.y - 0.05, west: middle.x - 0.06, north: middle.y + 0.05, east: middle.x + 0.06)
  let field = try #require(try source.field(ending: source.hours[0], on: grid))
  let aligned = try AreaMean(of: PlacedRaster(RasterInput(path)), on: grid, minimumCoverage: 0.5).mean
  #expect(largestDifference(field.rain.values, aligned.values) < 1e-5)  // the same weights, other sums
  var compared = 0
  for cell in stride(from: 0, to: grid.count, by: 7) {
    let code = grid.code(at: cell)
    let expected = try sampledMean(code, width: width, height: height, transform: transform, crs: crs) {
      $0 == 0 && $1 == 0 ? .nan : rule(0, $0, $1)
    }
    let got = try #require(field.rain[code])
    if got.isNaN || expected.isNaN { continue }
    // Points instead of areas: at an edge up to one row of 50 is on the wrong side, of values 20 mm apart at most.
    #expect(abs(got - expected) < 0.4)
    compared += 1
  }
  #expect(compared > 10)
}

@Test func `the lattice's own pixels are copied`() throws {
  let folder = try ScratchFolder()
  let grid = MeshGrid(south: 4_200, west: 2_700, height: 10, width: 12)
  try writeRaster(
    to: folder.path + "/a.tif", hours: ["2023-08-15T01:00", "2023-08-15T02:00"], transform: grid.geotransform)
  let source = try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/a.tif"]))
  let wide = grid.padded(by: 2)
  let field = try #require(try source.field(ending: hour("2023-08-15T02:00"), on: wide))
  for cell in 0..<wide.count {
    let (row, column) = (cell / wide.width - 2, cell % wide.width - 2)
    let inside = (0..<10).contains(row) && (0..<12).contains(column) && (row, column) != (0, 0)
    #expect(inside ? field.rain.values[cell] == rule(1, row, column) : field.rain.values[cell].isNaN)
  }
}

@Test func `the hour of a file comes from its name, the hours of a day file from their place`() throws {
  let folder = try ScratchFolder()
  for clock in ["01", "02", "04"] { try writeRaster(to: folder.path + "/rain_20230815\(clock).tif", hours: [""]) }
  let hourly = try openRainSource(
    RainInput(format: .geotiff, files: [folder.path + "/rain_{YYYY}{MM}{DD}{HH}.tif"]))
  #expect(hourly.hours.map(\.description) == [1, 2, 4].map { "2023-08-15T0\($0):00:00+09:00" })
  let utc = try openRainSource(
    RainInput(format: .geotiff, files: [folder.path + "/rain_{YYYY}{MM}{DD}{HH}.tif"], zone: 0, stamp: .start))
  #expect(utc.hours.first?.description == "2023-08-15T11:00:00+09:00")
  try writeRaster(to: folder.path + "/day-2023-08-16.tif", hours: Array(repeating: "", count: 24))
  let daily = try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/day-{YYYY}-{MM}-{DD}.tif"]))
  #expect(try daily.hours == #require(JSTDay("2023-08-16")).hours)
}

@Test func `an hour that stands in two files counts once and is reported`() throws {
  let folder = try ScratchFolder()
  try writeRaster(to: folder.path + "/a.tif", hours: ["2023-08-15T01:00", "2023-08-15T02:00", "2023-08-15T03:00"])
  try writeRaster(
    to: folder.path + "/b.tif", hours: ["2023-08-15T03:00", "2023-08-15T03:20", "2023-08-15T04:00"], first: 9)
  let source = try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/?.tif"]))
  #expect(source.hours.map(\.hourOfDay) == [1, 2, 3, 4])
  #expect(source.irregularities.map(\.kind) == [.duplicate, .shifted])
  #expect(source.irregularities.allSatisfy { $0.file.hasSuffix("b.tif") })
}

@Test func `a changed file changes the digest of its days only`() throws {
  let folder = try ScratchFolder()
  for name in ["2023081501", "2023081502", "2023081601"] {
    try writeRaster(to: folder.path + "/\(name).tif", hours: [""])
  }
  let input = RainInput(format: .geotiff, files: [folder.path + "/{YYYY}{MM}{DD}{HH}.tif"])
  let days = try ["2023-08-15", "2023-08-16"].map { try #require(JSTDay($0)) }
  func digests() throws -> [String] {
    let source = try openRainSource(input)
    return days.map { source.fingerprint(of: $0).hexadecimal }
  }
  let before = try digests()
  #expect(try digests() == before)
  try writeRaster(to: folder.path + "/2023081601.tif", hours: [""], first: 5)
  let after = try digests()
  #expect(after[0] == before[0] && after[1] != before[1])
}

@Test(arguments: [
  (["no time here"], "mm", "does not say its time"), (["2023-08-15T01:00"], "", "does not say in what unit"),
  (["2023-08-15T01:00"], "K", "\"K\" is no unit of rain"), (["2023-08-15T01:00"], "mm/h", "an intensity (mm/h)"),
  (["2023-08-15T01:00", "2023-08-15T04:00"], "mm", "3.0 h apart"),
])
func `a raster that does not say what it is is refused`(hours: [String], unit: String, expected: String) throws {
  let folder = try ScratchFolder()
  try writeRaster(to: folder.path + "/rain.tif", hours: hours, unit: unit)
  let error = #expect(throws: RasterError.self) {
    _ = try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/rain.tif"]))
  }
  #expect(error?.description.contains(expected) == true)
}

@Test func `files that are not there are named as the user wrote them`() {
  for format in [RainInput.Format.geotiff, .netcdf, .zarr] {
    #expect(throws: RasterError.notFound(path: "/nowhere/*.tif")) {
      _ = try openRainSource(RainInput(format: format, files: ["/nowhere/*.tif"]))
    }
  }
}

@Test func `times in the middle of hours need a word from the user`() throws {
  let folder = try ScratchFolder()
  let path = folder.path + "/rain.tif"
  try writeRaster(to: path, hours: ["2023-08-15T00:30", "2023-08-15T01:30", "2023-08-15T02:30"])
  let error = #expect(throws: RasterError.self) {
    _ = try openRainSource(RainInput(format: .geotiff, files: [path]))
  }
  #expect(error?.description.contains("make no whole hour") == true)
  let source = try openRainSource(RainInput(format: .geotiff, files: [path], stamp: .centre))
  #expect(source.hours.map(\.hourOfDay) == [1, 2, 3])
}

/// A virtual raster that reads the numbers of `source` as `type` and says how they are packed.
private func writePacked(_ source: String, as type: String, nodata: Int, to path: String) throws {
  let text = """
    <VRTDataset rasterXSize="12" rasterYSize="10">
      <SRS>EPSG:6668</SRS><GeoTransform>134, 0.0125, 0, 35.6, 0, -0.00833333333333333</GeoTransform>
      <VRTRasterBand dataType="\(type)" band="1">
        <Description>2023-08-15T01:00</Description><UnitType>mm</UnitType>
        <NoDataValue>\(nodata)</NoDataValue><Offset>1</Offset><Scale>0.5</Scale>
        <SimpleSource><SourceFilename>\(source)</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
      </VRTRasterBand>
    </VRTDataset>
    """
  try text.write(toFile: path, atomically: true, encoding: .utf8)
}

@Test(arguments: ["Byte", "Int16", "UInt16", "Int32", "UInt32", "Float32", "Float64"])
func `scale and offset of packed rain are applied once, and nodata is compared before them`(type: String) throws {
  let folder = try ScratchFolder()
  let grid = MeshGrid(south: 4_262, west: 2_720, height: 10, width: 12)
  let image = GeoTIFFImage(
    width: 12, height: 10, geotransform: grid.geotransform, referenceSystem: "EPSG:6668", sample: .float32, nodata: -1,
    unit: "mm")
  let stored = (0..<120).map { Float($0) }
  try image.write([GeoTIFFImage.Band(name: "", values: stored)], to: folder.path + "/stored.tif")
  try writePacked(folder.path + "/stored.tif", as: type, nodata: 7, to: folder.path + "/packed.vrt")
  let source = try openRainSource(RainInput(format: .geotiff, files: [folder.path + "/packed.vrt"]))
  let field = try #require(try source.field(ending: source.hours[0], on: grid))
  for (place, value) in field.rain.values.enumerated() {
    #expect(place == 7 ? value.isNaN : value == stored[place] * 0.5 + 1)
  }
}
