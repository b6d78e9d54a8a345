import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Four pixels of 0.5 degrees around 35.5 N, 134.5 E, one hour.
private let grid = MeshGrid(south: 35.1, west: 134.1, north: 35.9, east: 134.9)
private let north = 35.75
private let west = 134.25

private func netCDF(
  _ values: ArrayValues, _ attributes: [(name: String, value: ArrayAttribute)], in folder: ScratchFolder
) throws -> String {
  let path = folder.path + "/rain.nc"
  try ArrayFile.write(
    [
      NamedArray(
        "time", ["time"], .float64([1]),
        attributes: [("units", .text("hours since 2023-08-15T00:00:00+09:00")), ("standard_name", .text("time"))]),
      NamedArray("lat", ["lat"], .float64([north, north - 0.5]), attributes: [("units", .text("degrees_north"))]),
      NamedArray("lon", ["lon"], .float64([west, west + 0.5]), attributes: [("units", .text("degrees_east"))]),
      NamedArray("rain", ["time", "lat", "lon"], values, attributes: [("units", .text("mm"))] + attributes),
    ],
    dimensions: [
      ArrayDimension("time", 1, kind: "TEMPORAL"), ArrayDimension("lat", 2, kind: "HORIZONTAL_Y"),
      ArrayDimension("lon", 2, kind: "HORIZONTAL_X"),
    ], to: path)
  return path
}

/// A Zarr store (version 2) as xarray writes it: one block of plain numbers an array.
private func zarr(
  _ values: ArrayValues, type: String, attributes: String, fill: String = "null", in folder: ScratchFolder
) throws -> String {
  func array(_ name: String, _ shape: [Int], _ type: String, _ bytes: Data, _ attributes: String, fill: String) throws {
    let store = "rain.zarr/\(name)"
    try folder.write(
      """
      {"zarr_format":2,"shape":\(shape),"chunks":\(shape),"dtype":"\(type)","compressor":null,"fill_value":\(fill),
       "order":"C","filters":null}
      """, to: store + "/.zarray")
    try folder.write("{\(attributes)}", to: store + "/.zattrs")
    try folder.write(bytes, to: store + "/" + shape.map { _ in "0" }.joined(separator: "."))
  }
  try folder.write("{\"zarr_format\":2}", to: "rain.zarr/.zgroup")
  let named = { (name: String, unit: String) in "\"_ARRAY_DIMENSIONS\":[\"\(name)\"],\"units\":\"\(unit)\"" }
  try array(
    "time", [1], "<f8", bytes(.float64([1])), named("time", "hours since 2023-08-15T00:00:00+09:00"), fill: "null")
  try array("lat", [2], "<f8", bytes(.float64([north, north - 0.5])), named("lat", "degrees_north"), fill: "null")
  try array("lon", [2], "<f8", bytes(.float64([west, west + 0.5])), named("lon", "degrees_east"), fill: "null")
  try array(
    "rain", [1, 2, 2], type, bytes(values),
    "\"_ARRAY_DIMENSIONS\":[\"time\",\"lat\",\"lon\"],\"units\":\"mm\",\(attributes)", fill: fill)
  return folder.path + "/rain.zarr"
}

private func bytes(_ values: ArrayValues) -> Data {
  switch values {
  case .uint8(let v): Data(v)
  case .uint16(let v): v.withUnsafeBytes { Data($0) }
  case .int32(let v): v.withUnsafeBytes { Data($0) }
  case .float32(let v): v.withUnsafeBytes { Data($0) }
  case .float64(let v): v.withUnsafeBytes { Data($0) }
  }
}

/// What the four pixels come out as, from the north-west.
private func read(_ path: String, _ format: RainInput.Format) throws -> [Float] {
  let source = try openRainSource(RainInput(format: format, files: [path]))
  let hour = try #require(JSTHour("2023-08-15T01:00"))
  let field = try #require(try source.field(ending: hour, on: grid))
  return try [(35.8, 134.2), (35.8, 134.8), (35.2, 134.2), (35.2, 134.8)].map { place in
    let code = try #require(Mesh3Code(latitude: place.0, longitude: place.1))
    return try #require(field.rain[code])
  }
}

private let stored: [(ArrayValues, type: String)] = [
  (.uint8([0, 20, 9, 200]), "|u1"), (.uint16([0, 20, 9, 200]), "<u2"), (.int32([0, 20, 9, 200]), "<i4"),
  (.float32([0, 20, 9, 200]), "<f4"), (.float64([0, 20, 9, 200]), "<f8"),
]

@Suite struct PackedArrayTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test(arguments: stored.indices)
  func `scale, offset and missing_value of netCDF are applied once, for every type`(place: Int) throws {
    let path = try netCDF(
      stored[place].0,
      [("scale_factor", .number(0.5)), ("add_offset", .number(1)), ("missing_value", .number(9))], in: scratch)
    let values = try read(path, .netcdf)
    #expect(values[0] == 1 && values[1] == 11 && values[2].isNaN && values[3] == 101)
  }

  @Test(arguments: stored.indices)
  func `scale, offset and fill of Zarr are applied once, for every type`(place: Int) throws {
    let path = try zarr(
      stored[place].0, type: stored[place].type, attributes: "\"scale_factor\":0.5,\"add_offset\":1.0", fill: "9",
      in: scratch)
    let values = try read(path, .zarr)
    #expect(values[0] == 1 && values[1] == 11 && values[2].isNaN && values[3] == 101)
  }

  @Test func `numbers outside of the valid range are missing`() throws {
    let range = try netCDF(
      .int32([0, 20, -9, 200]),
      [("valid_min", .number(0)), ("valid_max", .number(100)), ("scale_factor", .number(0.1))],
      in: scratch)
    let values = try read(range, .netcdf)
    #expect(values[0] == 0 && values[1] == 2 && values[2].isNaN && values[3].isNaN)
  }

  @Test func `a mark of more digits than the numbers is found`() throws {
    let path = try netCDF(.float32([0, 20, 99.9, 2]), [("missing_value", .number(99.9))], in: scratch)
    #expect(try read(path, .netcdf)[2].isNaN)
  }

  @Test(arguments: [0.0, .infinity, .nan])
  func `a scale that makes one value of all is refused`(scale: Double) throws {
    let path = try netCDF(.int32([0, 20, 9, 200]), [("scale_factor", .number(scale))], in: scratch)
    #expect(throws: RasterError.self) { try read(path, .netcdf) }
  }

  @Test func `an array file in a zip or gzip archive under its own name is read`() throws {
    let plain = try netCDF(.float32([0, 20, 9, 200]), [], in: scratch)
    let bytes = try PlainFile.contents(plain)
    let zip = scratch.path + "/zipped.nc"
    try writeZip([(name: "data.nc", contents: bytes)], to: zip)
    #expect(try read(zip, .netcdf) == [0, 20, 9, 200])
    try writeZip([(name: "data.nc", contents: bytes.dropLast(300))], to: zip)
    #expect(throws: RasterError.self) { try read(zip, .netcdf) }
    try PlainFile.contents(zip).dropLast(40).write(to: URL(fileURLWithPath: zip))
    #expect(throws: RasterError.self) { try read(zip, .netcdf) }
  }
}

@Test func `GRIB2 through GDAL gives what our own reader gives: scale and offset count once`() throws {
  let folder = try ScratchFolder()
  let lattice = Grib2Encoder.Grid.lattice(north: 4_300, west: 2_720, rows: 20, columns: 20)
  // (4 + 2 n) / 10 mm.
  let bytes = Grib2Encoder(reference: [2_023, 8, 14, 20, 0]).message([
    .init(
      grid: lattice, product: .init(template: 8, parameter: 8),
      values: .simple(
        numbers: (0..<400).map { $0 % 37 * 7 + 3 }, reference: 4, binaryScale: 1, decimalScale: 1, bits: 16))
  ])
  let path = try folder.write(Data(bytes), to: "rain.grib2")
  let cells = MeshGrid(south: 4_284, west: 2_724, height: 10, width: 10)
  let hour = try #require(JSTHour("2023-08-15T05:00"))
  let fields = try [RainInput.Format.geotiff, .grib2].map { format in
    let source = try openRainSource(RainInput(format: format, files: [path], referenceSystem: "EPSG:6668"))
    return try #require(try source.field(ending: hour, on: cells)).rain.values
  }
  #expect(fields[1].min() == 1 && (fields[1].max() ?? 0) > 50)
  // GDAL places pixels by angles cut to microdegrees: a hair of a neighbour comes in.
  for (ours, theirs) in zip(fields[1], fields[0]) { #expect(abs(ours - theirs) < 0.01) }
}
