import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

/// Numbers that no rain is, as files have them: marks for missing that nobody declared, garbled bits, other columns.
private let garbage: [Double] = [
  .nan, .infinity, -.infinity, 1e36, -1e36, 9.96921e36, 3.4e38, -3.4e38, 1e300, -1e300, Double.leastNonzeroMagnitude,
  1e19, 2_147_483_648,
  65_535,
  32_767, -32_768, -9_999, 99_999, 401, -0.5,
]

private let grid = MeshGrid(south: 35.1, west: 134.1, north: 35.9, east: 134.9)

/// All hours that a source gives; what it refuses is fine, what it gives must be rain or missing.
private func judge(_ input: RainInput, _ what: String) {
  guard let source = try? openRainSource(input) else { return }
  #expect(source.hours.allSatisfy { (JSTDay(daysSince1970: -35_794)...JSTDay(daysSince1970: 84_005)).contains($0.day) })
  for hour in source.hours {
    guard let field = try? source.field(ending: hour, on: grid) else { continue }
    #expect(field.rain.values.allSatisfy { $0.isNaN || (0...400).contains($0) }, "\(what)")
  }
}

@Suite struct GarbageTests {
  @Test(arguments: garbage)
  func `no number of a raster becomes rain that cannot be`(value: Double) throws {
    for (type, width) in [("Float32", 4), ("Float64", 8), ("Int16", 2), ("UInt16", 2), ("Int32", 4)] {
      for packing in [
        "", "<Scale>0.1</Scale>", "<Scale>\(value)</Scale>", "<Offset>\(value)</Offset>",
        "<NoDataValue>\(value)</NoDataValue>",
      ] {
        let folder = try ScratchFolder()
        var bytes = Data()
        for number in [value, 1, 2, 3] { bytes += stored(number, type) }
        try folder.write(bytes, to: "a.raw")
        try folder.write(
          """
          <VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS>
            <GeoTransform>134, 0.5, 0, 36, 0, -0.5</GeoTransform>
            <VRTRasterBand dataType="\(type)" band="1" subClass="VRTRawRasterBand">\(packing)
              <SourceFilename relativetoVRT="1">a.raw</SourceFilename><ImageOffset>0</ImageOffset>
              <PixelOffset>\(width)</PixelOffset><LineOffset>\(2 * width)</LineOffset><ByteOrder>LSB</ByteOrder>
            </VRTRasterBand>
          </VRTDataset>
          """, to: "rain_2023081501.vrt")
        judge(
          RainInput(format: .geotiff, files: [folder.path + "/rain_{YYYY}{MM}{DD}{HH}.vrt"], units: "mm"),
          "\(type) \(packing)")
      }
    }
  }

  @Test(arguments: garbage, ["rain", "time", "lat", "lon", "scale_factor", "add_offset", "_FillValue", "valid_max"])
  func `no number of an array file becomes rain that cannot be`(value: Double, place: String) throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/rain.nc"
    func changed(_ name: String, _ numbers: [Double]) -> ArrayValues {
      .float64(name == place ? [value] + numbers.dropFirst() : numbers)
    }
    let attribute: [(name: String, value: ArrayAttribute)] =
      ["scale_factor", "add_offset", "_FillValue", "valid_max"].contains(place) ? [(place, .number(value))] : []
    do {
      try ArrayFile.write(
        [
          NamedArray(
            "time", ["time"], changed("time", [1, 2]),
            attributes: [("units", .text("hours since 2023-08-15T00:00:00+09:00")), ("standard_name", .text("time"))]),
          NamedArray("lat", ["lat"], changed("lat", [35.75, 35.25]), attributes: [("units", .text("degrees_north"))]),
          NamedArray("lon", ["lon"], changed("lon", [134.25, 134.75]), attributes: [("units", .text("degrees_east"))]),
          NamedArray(
            "rain", ["time", "lat", "lon"], changed("rain", [1, 2, 3, 4, 5, 6, 7, 8]),
            attributes: [("units", .text("mm"))] + attribute),
        ],
        dimensions: [
          ArrayDimension("time", 2, kind: "TEMPORAL"), ArrayDimension("lat", 2, kind: "HORIZONTAL_Y"),
          ArrayDimension("lon", 2, kind: "HORIZONTAL_X"),
        ], to: path)
    } catch { return }  // The library itself refuses to write some of them.
    judge(RainInput(format: .netcdf, files: [path]), place)
    for kind in RainAccumulation.allCases {
      judge(RainInput(format: .netcdf, files: [path], accumulation: kind), "\(place), \(kind)")
    }
  }

  @Test(arguments: garbage, ["rain", "lat", "lon", "time", "scale_factor", "add_offset", "fill_value", "valid_min"])
  func `no number of a Zarr store becomes rain that cannot be`(value: Double, place: String) throws {
    let folder = try ScratchFolder()
    let json =
      value.isNaN ? "\"NaN\"" : value.isInfinite ? (value > 0 ? "\"Infinity\"" : "\"-Infinity\"") : "\(value)"
    func array(_ name: String, _ dimensions: [String], _ shape: [Int], _ numbers: [Double], _ unit: String) throws {
      let isHere = name == place
      let fill = name == "rain" && place == "fill_value" ? json : "null"
      try folder.write(
        """
        {"zarr_format":2,"shape":\(shape),"chunks":\(shape),"dtype":"<f8","compressor":null,"filters":null,"order":"C",
        "fill_value":\(fill)}
        """, to: "a.zarr/\(name)/.zarray")
      let isAttribute = name == "rain" && ["scale_factor", "add_offset", "valid_min"].contains(place)
      let attribute = isAttribute ? ",\"\(place)\":\(json)" : ""
      let names = dimensions.map { "\"\($0)\"" }.joined(separator: ",")
      try folder.write(
        "{\"_ARRAY_DIMENSIONS\":[\(names)],\"units\":\"\(unit)\"\(attribute)}", to: "a.zarr/\(name)/.zattrs")
      let stored = isHere ? [value] + numbers.dropFirst() : numbers
      try folder.write(
        stored.withUnsafeBytes { Data($0) }, to: "a.zarr/\(name)/" + shape.map { _ in "0" }.joined(separator: "."))
    }
    try folder.write("{\"zarr_format\":2}", to: "a.zarr/.zgroup")
    try array("time", ["time"], [2], [1, 2], "hours since 2023-08-15T00:00:00+09:00")
    try array("lat", ["lat"], [2], [35.75, 35.25], "degrees_north")
    try array("lon", ["lon"], [2], [134.25, 134.75], "degrees_east")
    try array("rain", ["time", "lat", "lon"], [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8], "mm")
    let path = folder.path + "/a.zarr"
    if value == -9_999, place == "rain" {
      // The test tests something: the store opens, and the other pixels are rain.
      let source = try openRainSource(RainInput(format: .zarr, files: [path]))
      #expect(
        try source.hours.count == 2
          && source.field(ending: source.hours[0], on: grid)?.rain.values.contains { $0 > 0 } == true)
    }
    judge(RainInput(format: .zarr, files: [path]), place)
    for kind in RainAccumulation.allCases {
      judge(RainInput(format: .zarr, files: [path], accumulation: kind), "\(place), \(kind)")
    }
  }

  @Test(arguments: garbage)
  func `no number of a GRIB2 file becomes rain that cannot be`(value: Double) throws {
    let lattice = Grib2Encoder.Grid.lattice(north: 4_320, west: 2_720, rows: 96, columns: 64)
    let numbers = (0..<96 * 64).map { $0 % 128 }
    let whole = value.isNaN ? 0 : Int(min(max(value, -32_767), 32_767))
    var fields = [
      Grib2Encoder.Values.simple(
        numbers: numbers, reference: Float(value), binaryScale: 0, decimalScale: 0, bits: 7),
      .simple(numbers: numbers, reference: 1, binaryScale: whole, decimalScale: 0, bits: 7),
      .simple(numbers: numbers, reference: 1, binaryScale: 0, decimalScale: whole, bits: 7),
    ]
    for scale in [0, 1, -127, 127] {
      fields.append(
        .runLength(
          levels: numbers.map { $0 % 5 }, table: [0, UInt16(truncatingIfNeeded: whole), 20, UInt16.max],
          decimalScale: scale, bits: 4))
    }
    for (number, values) in fields.enumerated() {
      for process in [1, 0] {
        let message = Grib2Encoder(reference: [2023, 8, 14, 16, 0]).message([
          .init(grid: lattice, product: .init(process: process), values: values)
        ])
        let folder = try ScratchFolder()
        let path = try folder.write(Data(message), to: "rain.bin")
        judge(RainInput(format: .grib2, files: [path]), "field \(number) of \(value)")
      }
    }
  }

  @Test(arguments: garbage)
  func `no number of a raw binary or of its control file becomes rain that cannot be`(value: Double) throws {
    let lines = [
      "DSET ^a_%y4%m2%d2%h2.bin", "OPTIONS LITTLE_ENDIAN TEMPLATE", "UNDEF -99", "XDEF 2 LINEAR 134.25 0.5",
      "YDEF 2 LINEAR 35.25 0.5", "TDEF 2 LINEAR 00Z01jan2023 1hr", "VARS 1", "r 0 99 rain [mm/hr]", "ENDVARS",
    ]
    for (line, word) in [(2, 1), (3, 1), (3, 3), (3, 4), (4, 1), (4, 3), (4, 4), (5, 1), (9, 0)] {
      let folder = try ScratchFolder()
      var changed = lines
      if line < lines.count {
        var words = lines[line].split(separator: " ").map(String.init)
        words[word] = "\(value)"
        changed[line] = words.joined(separator: " ")
      }
      try folder.write(changed.joined(separator: "\n"), to: "a.ctl")
      let bytes = [Float(value), 1, 2, 3].withUnsafeBytes { Data($0) }
      try folder.write(bytes, to: "a_2023081416.bin")
      judge(
        RainInput(format: .grads, files: [folder.path + "/a.ctl"], accumulation: .meanRate, stamp: .start),
        lines[min(line, 8)])
    }
  }

  @Test func `no word of a gauge table becomes rain that cannot be`() throws {
    var stream = RandomStream(seed: 5)
    let words =
      garbage.map { "\($0)" } + ["0x7f", "1,5", "１", "NaN(3)", "-nan", "+inf", "1e", "--1", "9223372036854775807"]
    func word() -> String { words[stream.index(below: words.count)] }
    for trial in 0..<200 {
      let folder = try ScratchFolder()
      let (reading, place, time) = (word(), word(), word())
      let row = trial % 3 == 0 ? "A,35.5,\(place),10" : trial % 3 == 1 ? "A,\(place),134.5,10" : "A,35.5,134.5,\(place)"
      let hour = trial % 4 == 0 ? "\(time)T02:00" : trial % 4 == 1 ? "2023-08-15T02:00+\(time)" : "2023-08-15T02:00"
      let tables = [
        "time_jst,A,B\n2023-08-15T01:00,1,2\n\(hour),\(reading),2\n",
        "ダウンロードした時刻：2023/08/20\n\n,A,A\n年月日時,降水量(mm),降水量(mm)\n,,品質情報\n2023/8/15 1:00:00,\(reading),\(trial % 2 == 0 ? "8" : place)\n",
      ]
      for table in tables {
        judge(
          RainInput(
            format: .stations, files: [try folder.write(table, to: "rain.csv")],
            stations: try folder.write("id,lat,lon,alt\n\(row)\nB,35.6,134.6,10\n", to: "stations.csv")),
          "\(reading) \(row) \(hour)")
      }
    }
  }

  @Test(arguments: ["0000-01-01T01:00", "0023-08-15T01:00", "9999-12-31T01:00"])
  func `an hour of no possible year is left out and named`(time: String) throws {
    let folder = try ScratchFolder()
    let source = try openRainSource(
      RainInput(
        format: .stations, files: [folder.write("time_jst,A\n\(time),1\n2023-08-15T01:00,1\n", to: "rain.csv")],
        stations: folder.write("id,lat,lon\nA,35.5,134.5\n", to: "stations.csv")))
    #expect(try source.hours == [#require(JSTHour("2023-08-15T01:00"))])
    #expect(source.irregularities.map(\.kind) == [.untimely])
    #expect(source.irregularities.first?.subject == time)
  }
}

private func stored(_ number: Double, _ type: String) -> Data {
  func whole<T: FixedWidthInteger>(_: T.Type) -> T {
    let low = Double(T.min)
    return number.isNaN || number >= Double(T.max) ? T.max : number <= low ? T.min : T(number)
  }
  return switch type {
  case "Float32": withUnsafeBytes(of: Float(number)) { Data($0) }
  case "Float64": withUnsafeBytes(of: number) { Data($0) }
  case "Int16": withUnsafeBytes(of: whole(Int16.self)) { Data($0) }
  case "UInt16": withUnsafeBytes(of: whole(UInt16.self)) { Data($0) }
  default: withUnsafeBytes(of: whole(Int32.self)) { Data($0) }
  }
}
