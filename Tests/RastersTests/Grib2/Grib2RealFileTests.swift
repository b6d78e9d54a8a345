import Foundation
import Mesh
import Rasters
import Statistics
import TestSupport
import Testing

/// One row of the table that other decoders were checked against (see the README beside it).
private struct ExpectedField: CustomTestStringConvertible, Sendable {
  let columns: [String: String]

  var testDescription: String { "\(text("file")) field \(text("field"))" }
  func text(_ name: String) -> String { columns[name] ?? "" }
  func number(_ name: String) -> Int { Int(text(name)) ?? .min }

  static let all: [ExpectedField] = {
    guard let table = try? String(contentsOfFile: RealData.path("jma-grib2/expected_fields.csv"), encoding: .utf8)
    else {
      return []
    }
    let lines = table.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    return lines.dropFirst().map { ExpectedField(columns: Dictionary(uniqueKeysWithValues: zip(lines[0], $0))) }
  }()
}

@Test(.enabled(if: RealData.isPresent), arguments: ExpectedField.all)
private func `a real field has its header, its counts and the digest of its levels`(row: ExpectedField) throws {
  let file = try Grib2File(RealData.path("jma-grib2/" + row.text("file")))
  let field = file.fields[row.number("field")]
  let grid = try #require(field.grid)
  guard case .runLength(let packing) = field.packing else {
    Issue.record("not run-length packed")
    return
  }
  #expect(field.product.referenceTime.utcText == row.text("ref_time").replacing("Z", with: ":00Z"))
  #expect(grid.columns == row.number("ni") && grid.rows == row.number("nj"))
  #expect(grid.firstLatitude == row.number("la1_udeg") && grid.firstLongitude == row.number("lo1_udeg"))
  #expect(field.product.template == row.number("pdt"))
  #expect(field.product.code == "\(row.text("category"))/\(row.text("parameter"))")
  let forecast = try #require(field.product.forecastTime)
  let ahead = forecast.unixSeconds - field.product.referenceTime.unixSeconds
  #expect(ahead == row.number("forecast_time_min") * 60)
  #expect(field.product.surface?.type == row.number("surface_type"))
  let surfaceValue = field.product.surface?.value.map { Int($0) } ?? 4_294_967_295
  #expect(surfaceValue == row.number("surface_value"))
  #expect(packing.maxLevel == row.number("max_level_used"))
  #expect(packing.table.count == row.number("n_levels"))
  #expect(packing.decimalScale == row.number("decimal_scale"))

  let levels = try #require(try field.levels())
  let raw = [UInt16.max] + packing.table
  var bytes: [UInt8] = []
  bytes.reserveCapacity(2 * levels.count)
  var (missing, sum, low, high) = (0, 0, Int.max, Int.min)
  for level in levels {
    let value = raw[Int(level)]
    bytes.append(UInt8(value >> 8))
    bytes.append(UInt8(value & 0xFF))
    if level == 0 {
      missing += 1
    } else {
      sum += Int(value)
      low = min(low, Int(value))
      high = max(high, Int(value))
    }
  }
  #expect(missing == row.number("n_missing"))
  let expected = ["min_level_value", "max_level_value", "sum_level_values"].map { row.number($0) }
  #expect([low, high, sum] == expected)
  var digest = SHA256()
  bytes.withUnsafeBytes { digest.update($0) }
  #expect(digest.hexadecimal == row.text("sha256_be_u16"))
}

private func realFile(_ part: String) throws -> Grib2File {
  let folder = RealData.path("jma-grib2")
  let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.contains(part) })
  return try Grib2File(folder + "/" + name)
}

@Test(.enabled(if: RealData.isPresent))
func `the analysed rain of 2016 is an hour on the lattice of the codes`() throws {
  let file = try realFile("Prr60lv")
  let hour = try #require(try file.hourlyRain().first)
  #expect(hour.hour == JSTHour("2016-11-21T10:00"))
  #expect(!hour.isForecast)
  let rain = try hour.decode()
  #expect(rain.grid == MeshGrid(south: 20 * 120, west: 18 * 80, height: 3_360, width: 2_560))
  #expect(rain.values.filter { !$0.isNaN }.max() == 115)
  let tokyo = try #require(Mesh3Code("53394611"))
  #expect(rain.grid.index(of: tokyo) == 1_478 * 2_560 + 1_741)
}

@Test(.enabled(if: RealData.isPresent))
func `a cropped field has the cells of the whole field`() throws {
  let hour = try #require(try realFile("Prr60lv").hourlyRain().first)
  let whole = try hour.decode()
  let inside = MeshGrid(south: 4_000, west: 2_700, height: 151, width: 97)
  let across = MeshGrid(south: 2_390, west: 1_400, height: 60, width: 90)
  let outside = MeshGrid(south: 100, west: 100, height: 5, width: 5)
  for target in [inside, across, outside] {
    let cropped = try hour.decode(on: target)
    #expect(largestDifference(cropped.values, whole.cropped(to: target, fill: .nan).values) == 0)
  }
}

@Test(.enabled(if: RealData.isPresent))
func `an intensity is refused as rain of an hour`() throws {
  let file = try realFile("Prr10lv")
  let error = #expect(throws: RasterError.self) { try file.hourlyRain() }
  #expect(error?.description.contains("rain intensity, not a total (category/parameter 1/201)") == true)
}

@Test(.enabled(if: RealData.isPresent))
func `the storages of the soil water index add up to it`() throws {
  let water = try realFile("_Psw_").soilWater()
  var known = 0
  for ((index, first), second) in zip(zip(water.index.values, water.firstTank.values), water.secondTank.values) {
    guard !index.isNaN else { continue }
    known += 1
    // Levels are up to 10 mm wide here: tank 3 may come out that much below zero.
    if index + 10 < first + second { Issue.record("index \(index) below tanks \(first) and \(second)") }
  }
  #expect(known == 2_560 * 3_360 - 8_177_820)
  #expect(water.validTime.jstText == "2017-08-08T02:00:00+09:00")
  #expect(water.secondTank.values.allSatisfy { $0.isNaN || $0 >= 0 })
  let signed = try realFile("_Psw_").fields[2].values()
  #expect(signed.contains(-105))
}

@Test(.enabled(if: RealData.isPresent))
func `places outside the risk mesh have no class`() throws {
  let field = try realFile("Jdosha").fields[0]
  let classes = Set(try field.values().map { $0.isNaN ? -1 : $0 })
  #expect(classes == [-1, 0, 1, 2, 3, 4])
  #expect(field.product.validTime?.jstText == "2018-07-06T18:50:00+09:00")
}

@Test(.enabled(if: RealData.isPresent))
func `a 10-km field gives each value to its cells`() throws {
  let field = try realFile("Pphw10").fields[3]
  #expect(field.product.isForecast)
  let native = try field.values()
  let layer = try field.decode()
  #expect(layer.grid == MeshGrid(south: 20 * 120, west: 18 * 80, height: 3_360, width: 2_560))
  for (y, x) in [(0, 0), (1_499, 1_700), (1_500, 1_700), (3_359, 2_559), (1_604, 1_333)] {
    let (cell, source) = (layer[y, x], native[y / 10 * 256 + x / 10])
    #expect(cell == source || (cell.isNaN && source.isNaN))
  }
}

@Test(.enabled(if: RealData.isPresent))
func `a field equals what wgrib2 makes of it`() throws {
  let oracle = try Grib2Oracle.littleEndianFloats(RealData.path("jma-grib2/tornado-wgrib2-le.bin.xz"))
  let field = try realFile("Pphw10").fields[3]
  let values = try field.values()
  #expect(oracle.count == values.count)
  // wgrib2 writes 9.999e20 for missing.
  #expect(zip(oracle, values).allSatisfy { $0 > 9e20 ? $1.isNaN : $0 == $1 })
}

@Test(.enabled(if: RealData.isPresent))
func `simple packing is read from a packed file`() throws {
  let file = try realFile("MSM_GUID")
  #expect(file.fields.allSatisfy { $0.packing.template == 0 })
  let field = try #require(file.fields.first)
  let layer = try field.decode(on: MeshGrid(south: 4_200, west: 3_100, height: 50, width: 50))
  #expect(layer.values.allSatisfy { $0.isNaN || $0 >= 0 })
  #expect(layer.values.contains { !$0.isNaN })
}
