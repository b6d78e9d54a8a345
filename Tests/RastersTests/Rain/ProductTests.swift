import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Products of rain as their makers hand them out, each written here after its description, with a rule for its values.
private func rule(_ hour: Int, _ row: Int, _ column: Int) -> Float { Float((7 * hour + 3 * row + 5 * column) % 40) / 2 }

/// A cell wholly inside the pixel around a centre.
private func cell(_ latitude: Double, _ longitude: Double) throws -> Mesh3Code {
  try #require(Mesh3Code(latitude: latitude, longitude: longitude))
}

private let grid = MeshGrid(south: 35.0, west: 134.0, north: 36.0, east: 135.0)

/// Fields of 32-bit floats, little-endian, one after the other.
private func floats(_ fields: [(Int, Int) -> Float], width: Int, height: Int) -> Data {
  var numbers: [Float] = []
  for field in fields { for row in 0..<height { for column in 0..<width { numbers.append(field(row, column)) } } }
  return numbers.withUnsafeBytes { Data($0) }
}

@Suite struct ProductTests {
  @Test(arguments: [("YREV", true), ("", false)])
  func `a raw binary is read as its GrADS control file says, times from the names`(option: String, fromNorth: Bool)
    throws
  {
    let folder = try ScratchFolder()
    try folder.write(
      """
      DSET   ^rain.%y4%m2%d2.%h200.dat
      TITLE  hourly rates
      OPTIONS \(option) LITTLE_ENDIAN TEMPLATE
      UNDEF  -99.0
      XDEF   20 LINEAR  133.55 0.1
      YDEF   30 LINEAR  33.55 0.1
      ZDEF     1 LEVELS 1013
      TDEF   87600 LINEAR 00Z1mar2014 1hr
      VARS    2
      count   0  99   number of passes
      precip  0  99   hourly averaged rain rate [mm/hr]
      ENDVARS
      """, to: "rain.ctl")
    for hour in [15, 16] {
      let marks: [Float] = [-4, -8, -99, -999.9, .nan, 1e36]
      let fields: [(Int, Int) -> Float] = [
        { _, _ in 7 },
        { row, column in
          // Column 19 holds what is no rain.
          column == 19 ? marks[row % 6] : rule(hour, row, column)
        },
      ]
      try folder.write(floats(fields, width: 20, height: 30), to: "rain.20230814.\(hour)00.dat")
    }
    let input = RainInput(
      format: .grads, files: [folder.path + "/rain.ctl"], accumulation: .meanRate, stamp: .start)
    let source = try openRainSource(input)
    #expect(source.hours == [JSTHour("2023-08-15T01:00"), JSTHour("2023-08-15T02:00")])
    for (place, hour) in source.hours.enumerated() {
      let field = try #require(try source.field(ending: hour, on: grid))
      for (row, column) in [(16, 5), (20, 8), (24, 14)] {
        // Rows are stored from the north or from the south; centres are the same.
        let latitude = fromNorth ? 36.45 - 0.1 * Double(row) : 33.55 + 0.1 * Double(row)
        guard (35.0...36.0).contains(latitude) else { continue }
        let found = field.rain[try cell(latitude, 133.55 + 0.1 * Double(column))]
        #expect(found == rule(15 + place, row, column), "row \(row)")
      }
    }
    let unstamped = RainInput(format: .grads, files: [folder.path + "/rain.ctl"], accumulation: .meanRate)
    let error = #expect(throws: RasterError.self) { try openRainSource(unstamped) }
    #expect(error?.description.contains("stamp: start") == true)
  }

  @Test func `half-hourly fields of a file make hours`() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      DSET ^%y4/CMORPH_8KM-30MIN_%y4%m2%d2%h2
      OPTIONS LITTLE_ENDIAN TEMPLATE
      UNDEF -999.0
      XDEF 20 LINEAR 133.55 0.1
      YDEF 30 LINEAR 33.55 0.1
      TDEF 2 LINEAR 00Z01jan2023 30mn
      VARS 1
      cmorph 1 99 rain rate [mm/hr]
      ENDVARS
      """, to: "cmorph.ctl")
    try folder.write(
      floats([{ rule(1, $0, $1) }, { rule(2, $0, $1) }], width: 20, height: 30), to: "2023/CMORPH_8KM-30MIN_2023081415")
    let source = try openRainSource(
      RainInput(format: .grads, files: [folder.path + "/cmorph.ctl"], accumulation: .meanRate, stamp: .start))
    #expect(source.hours == [JSTHour("2023-08-15T01:00")])
    let field = try #require(try source.field(ending: source.hours[0], on: grid))
    #expect(field.rain[try cell(35.55, 134.05)] == (rule(1, 20, 5) + rule(2, 20, 5)) / 2)
  }

  @Test func `GSMaP is read without a control file too, and packed`() throws {
    let folder = try ScratchFolder()
    let (width, height) = (3_600, 1_200)
    // 59.95 N, 0.05 E eastward, then southward.
    let bytes = floats(
      [{ row, column in row == 245 && column == 1_345 ? -4 : rule(3, row, column) }], width: width, height: height)
    let name = "gsmap_mvk.20230814.1500.v8.0000.0.dat"
    try folder.write(bytes, to: name)
    let input = RainInput(
      format: .grads, files: [folder.path + "/gsmap_mvk.{YYYY}{MM}{DD}.{HH}{mm}.v8.0000.0.dat.gz"], units: "mm/h",
      accumulation: .meanRate, stamp: .start)
    let source = try openRainSource(input)
    #expect(source.hours == [JSTHour("2023-08-15T01:00")])
    let field = try #require(try source.field(ending: source.hours[0], on: grid))
    #expect(field.rain[try cell(35.55, 134.35)] == rule(3, 244, 1_343))
    #expect(field.rain[try cell(35.45, 134.55)]?.isNaN == true)
    try folder.write(bytes.dropLast(4), to: name)
    // The one file, and cut: an error, not a gap.
    let cut = try openRainSource(input)
    #expect(throws: RasterError.self) { try cut.field(ending: cut.hours[0], on: grid) }
  }

  @Test(arguments: [
    ("OPTIONS TEMPLATE", "order of bytes"), ("OPTIONS LITTLE_ENDIAN SEQUENTIAL", "sequential"),
    ("OPTIONS BIG_ENDIAN\nDTYPE netcdf", "netcdf"),
  ])
  func `a control file that is not read here says why`(line: String, word: String) throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      DSET ^a_%y4%m2%d2%h2.bin
      \(line)
      XDEF 20 LINEAR 133.55 0.1
      YDEF 30 LINEAR 33.55 0.1
      TDEF 2 LINEAR 00Z01jan2023 1hr
      VARS 1
      r 0 99 rain [mm/hr]
      ENDVARS
      """, to: "a.ctl")
    let error = #expect(throws: RasterError.self) {
      try openRainSource(
        RainInput(format: .grads, files: [folder.path + "/a.ctl"], accumulation: .meanRate, stamp: .end))
    }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  /// Latitude and longitude of every pixel, longitude first, no time: GSMaP's HDF5.
  private func pixelwise(_ folder: ScratchFolder, bend: Double) throws -> String {
    let (columns, rows) = (12, 11)
    let path = folder.path + "/GPMMRG_MAP_2308141500_H_L3S_MCH_05A.nc"
    let places = (0..<columns * rows).map { ($0 / rows, $0 % rows) }
    func text(_ value: String) -> [(name: String, value: ArrayAttribute)] { [("units", .text(value))] }
    try ArrayFile.write(
      [
        NamedArray(
          "Latitude", ["nlon", "nlat"], .float32(places.map { Float(35.05 + 0.1 * Double($1) + bend * Double($0)) }),
          attributes: text("degrees")),
        NamedArray(
          "Longitude", ["nlon", "nlat"], .float32(places.map { column, _ in Float(133.95 + 0.1 * Double(column)) }),
          attributes: text("degrees")),
        NamedArray(
          "hourlyPrecipRate", ["nlon", "nlat"], .float32(places.map { $0 == 3 && $1 == 3 ? -9999.9 : rule(5, $1, $0) }),
          attributes: text("mm/hr") + [("missing_value", .number(Double(Float(-9999.9))))]),
      ], dimensions: [ArrayDimension("nlon", columns), ArrayDimension("nlat", rows)], to: path)
    return folder.path + "/GPMMRG_MAP_{YY}{MM}{DD}{HH}{mm}_H_L3S_MCH_05A.nc"
  }

  @Test func `places given pixel by pixel are a grid where they are one, the time stands in the name`() throws {
    let folder = try ScratchFolder()
    let files = try pixelwise(folder, bend: 0)
    let source = try openRainSource(
      RainInput(format: .netcdf, files: [files], accumulation: .meanRate, stamp: .start))
    #expect(source.hours == [JSTHour("2023-08-15T01:00")])
    let field = try #require(try source.field(ending: source.hours[0], on: grid))
    #expect(field.rain[try cell(35.65, 134.45)] == rule(5, 6, 5))
    #expect(field.rain[try cell(35.35, 134.25)]?.isNaN == true)
  }

  @Test func `places of a curved grid are refused`() throws {
    let folder = try ScratchFolder()
    let files = try pixelwise(folder, bend: 0.01)
    let error = #expect(throws: RasterError.self) {
      try openRainSource(RainInput(format: .netcdf, files: [files], accumulation: .meanRate, stamp: .start))
    }
    #expect(error?.description.contains("regrid it") == true)
  }

  @Test func `MSM of Kyoto RISH, packed, rows from the north, rain of the hour before`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/0814.nc"
    let (rows, columns) = (21, 17)
    let stored = (0..<3 * rows * columns).map { Int32($0 * 7 % 3_000) }
    func text(_ pairs: KeyValuePairs<String, String>) -> [(name: String, value: ArrayAttribute)] {
      pairs.map { ($0.key, .text($0.value)) }
    }
    try ArrayFile.write(
      [
        NamedArray(
          "lat", ["lat"], .float32((0..<rows).map { 36 - 0.05 * Float($0) }),
          attributes: text(["units": "degrees_north"])),
        NamedArray(
          "lon", ["lon"], .float32((0..<columns).map { 134 + 0.0625 * Float($0) }),
          attributes: text(["units": "degrees_east"])),
        NamedArray(
          "time", ["time"], .float32([15, 16, 17]), attributes: text(["units": "hours since 2023-08-14 00:00:00+00:00"])
        ),
        NamedArray("temp", ["time", "lat", "lon"], .int32(stored), attributes: text(["units": "K"])),
        NamedArray(
          "r1h", ["time", "lat", "lon"], .int32(stored),
          attributes: text(["units": "mm/h", "long_name": "rainfall in 1 hour"]) + [
            ("scale_factor", .number(0.006)), ("add_offset", .number(0)),
          ]),
      ],
      dimensions: [
        ArrayDimension("time", 3, kind: "TEMPORAL"), ArrayDimension("lat", rows, kind: "HORIZONTAL_Y"),
        ArrayDimension("lon", columns, kind: "HORIZONTAL_X"),
      ], to: path)
    let source = try openRainSource(
      RainInput(format: .netcdf, files: [path], variable: "r1h", accumulation: .meanRate, stamp: .end))
    #expect(source.hours == [JSTHour("2023-08-15T00:00"), JSTHour("2023-08-15T01:00"), JSTHour("2023-08-15T02:00")])
    let field = try #require(try source.field(ending: source.hours[1], on: grid))
    let (row, column) = (8, 6)
    let wanted = Double(stored[(rows + row) * columns + column]) * 0.006
    let found = try #require(field.rain[try cell(36 - 0.05 * Double(row), 134 + 0.0625 * Double(column))])
    // The layer keeps steps of 1/128 mm.
    #expect(abs(Double(found) - wanted) < 0.01)
  }

  /// Three hourly files' worth in one: 0.25 degrees, rows from the south, longitudes through 360 degrees, -9999 for none.
  @Test(arguments: [true, false])
  func `CMORPH in NetCDF, whole globe, with and without bounds of its hours`(withBounds: Bool) throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/CMORPH_V1.0_ADJ_0.25deg-HLY_2023081415.nc"
    let (rows, columns, start) = (480, 1_440, 1_692_025_200.0)
    func text(_ pairs: KeyValuePairs<String, String>) -> [(name: String, value: ArrayAttribute)] {
      pairs.map { ($0.key, .text($0.value)) }
    }
    let rates = (0..<2 * rows * columns).map { place -> Float in
      let (hour, row, column) = (place / (rows * columns), place / columns % rows, place % columns)
      return row == 381 && column == 537 ? -9_999 : rule(hour, row, column)
    }
    var arrays = [
      NamedArray(
        "lat", ["lat"], .float32((0..<rows).map { 0.25 * Float($0) - 59.875 }),
        attributes: text(["units": "degrees_north"])),
      NamedArray(
        "lon", ["lon"], .float32((0..<columns).map { 0.25 * Float($0) + 0.125 }),
        attributes: text(["units": "degrees_east"])),
      NamedArray(
        "time", ["time"], .float64([start, start + 3_600]),
        attributes: text(["units": "seconds since 1970-01-01 00:00:00"])
          + (withBounds ? text(["bounds": "time_bounds"]) : [])),
      NamedArray(
        "cmorph", ["time", "lat", "lon"], .float32(rates),
        attributes: text(["units": "mm/hr"]) + [("missing_value", .number(-9_999))]),
    ]
    var dimensions = [
      ArrayDimension("time", 2, kind: "TEMPORAL"), ArrayDimension("lat", rows, kind: "HORIZONTAL_Y"),
      ArrayDimension("lon", columns, kind: "HORIZONTAL_X"),
    ]
    if withBounds {
      arrays.append(NamedArray("time_bounds", ["time", "nv"], .float64([0, 3_600, 3_600, 7_200].map { start + $0 })))
      dimensions.append(ArrayDimension("nv", 2))
    }
    try ArrayFile.write(arrays, dimensions: dimensions, to: path)
    let stated = RainInput(
      format: .netcdf, files: [path], variable: "cmorph", accumulation: .meanRate, stamp: withBounds ? nil : .start)
    let source = try openRainSource(stated)
    #expect(source.hours == [JSTHour("2023-08-15T01:00"), JSTHour("2023-08-15T02:00")])
    let field = try #require(try source.field(ending: source.hours[1], on: grid))
    for (row, column) in [(380, 536), (382, 538), (383, 539)] {
      let (latitude, longitude) = (0.25 * Double(row) - 59.875, 0.25 * Double(column) + 0.125)
      #expect(field.rain[try cell(latitude, longitude)] == rule(1, row, column))
    }
    let first = try #require(try source.field(ending: source.hours[0], on: grid))
    #expect(first.rain[try cell(0.25 * 381 - 59.875, 0.25 * 537 + 0.125)]?.isNaN == true)
  }

  @Test func `bounds that end a second early are those of whole steps, Julian days of our time are days`() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/imerg.nc"
    let start = 1_692_025_200.0
    try ArrayFile.write(
      [
        NamedArray(
          "time", ["time"], .float64([start, start + 1_800]),
          attributes: [
            ("units", .text("seconds since 1970-01-01 00:00:00 UTC")), ("calendar", .text("julian")),
            ("bounds", .text("time_bnds")),
          ]),
        NamedArray("time_bnds", ["time", "nv"], .float64([start, start + 1_799, start + 1_800, start + 3_599])),
        NamedArray("lat", ["lat"], .float64([35.25, 35.75]), attributes: [("units", .text("degrees_north"))]),
        NamedArray("lon", ["lon"], .float64([134.25, 134.75]), attributes: [("units", .text("degrees_east"))]),
        NamedArray(
          "precipitation", ["time", "lon", "lat"], .float32([2, 2, 2, 2, 6, 6, 6, 6]),
          attributes: [("units", .text("mm/hr"))]),
      ],
      dimensions: [
        ArrayDimension("time", 2), ArrayDimension("nv", 2), ArrayDimension("lat", 2), ArrayDimension("lon", 2),
      ], to: path)
    let source = try openRainSource(RainInput(format: .netcdf, files: [path], accumulation: .meanRate))
    #expect(source.hours == [JSTHour("2023-08-15T01:00")])
    #expect(try source.field(ending: source.hours[0], on: grid)?.rain[try cell(35.3, 134.3)] == 4)
  }
}
