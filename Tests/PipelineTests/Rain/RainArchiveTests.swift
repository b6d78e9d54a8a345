import Foundation
import Mesh
@testable import Pipeline
import Rasters
import Statistics
import Synchronization
import TestSupport
import Testing

/// Hours whose rain in a cell is a number made of hour and cell, so that a wrong place shows.
private struct CountedRain: RainSource {
  let name = "counted"
  let hours: [JSTHour]
  var irregularities: [RainIrregularity] = []
  var version = 1
  var gauges = false

  func field(ending hour: JSTHour, on grid: MeshGrid) -> RainField? {
    guard hours.contains(hour) else { return nil }
    var layer = Layer<Float>(grid: grid, filledWith: .nan)
    for cell in 0..<grid.count where cell % 5 != 0 {
      let code = grid.code(at: cell)
      layer.values[cell] = Float(hour.hourOfDay * 10 + version) + Float((code.row + code.column) % 97) / 128
    }
    let distance = Layer<Float>(grid: grid, filledWith: Float(hour.hourOfDay))
    return RainField(rain: layer, gaugeDistance: gauges ? distance : nil)
  }

  func fingerprint(of day: JSTDay) -> SHA256 {
    var digest = SHA256()
    digest.update("\(version)".utf8)
    return digest
  }
}

private let grid = MeshGrid(south: 4_200, west: 2_700, height: 33, width: 300)

private func day(_ text: String) throws -> JSTDay { try #require(JSTDay(text)) }

@Test func `what is imported reads back bit for bit, whole and in part`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try day("2023-08-15")
  let source = CountedRain(hours: Array(first.hours.dropLast(2)))
  _ = try importRain(source, into: archive, from: first, through: first, at: CellSet(grid))
  #expect(FileManager.default.fileExists(atPath: folder.path + "/2023/08/15.tif"))
  let whole = try #require(try archive.rain(of: first, on: grid))
  let part = grid.rows(3..<20).padded(by: 5)
  let cropped = try #require(try archive.rain(of: first, on: part))
  for (band, hour) in first.hours.enumerated() {
    let expected = source.field(ending: hour, on: grid)?.rain ?? Layer(grid: grid, filledWith: .nan)
    #expect(largestDifference(whole.band(band).values, expected.values) == 0)
    #expect(largestDifference(cropped.band(band).values, expected.cropped(to: part, fill: .nan).values) == 0)
  }
  #expect(try archive.rain(of: first.advanced(by: 1), on: grid) == nil)
}

@Test func `a file of the archive says its hours, source and times`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try day("2023-08-15")
  _ = try importRain(
    CountedRain(hours: Array(first.hours[2...])), into: archive, from: first, through: first, at: CellSet(grid))
  let record = try #require(try archive.record(of: first))
  #expect(record.grid == grid)
  #expect(record.present == [false, false] + Array(repeating: true, count: 22))
  #expect(record.tags["RAIN_SOURCE"] == "counted")
  let names = try LayerFile.read(archive.path(of: first)).names
  #expect(names.first == "2023-08-15T01:00:00+09:00" && names.last == "2023-08-16T00:00:00+09:00")
  #expect(archive.days() == [first])
}

@Test func `a second import replaces the days that changed and no others`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let (first, last) = (try day("2023-12-31"), try day("2024-01-02"))
  var source = CountedRain(hours: first.hours + first.advanced(by: 1).hours.dropLast())
  let report = try importRain(source, into: archive, from: first, through: last, at: CellSet(grid))
  #expect(report.daysNew == ["2023-12-31", "2024-01-01"])
  #expect(report.daysEmpty == ["2024-01-02"])
  #expect(report.hoursImported == 47)
  #expect(report.hoursMissing.first == "2024-01-02T00:00:00+09:00" && report.hoursMissing.count == 25)
  #expect(try importRain(source, into: archive, from: first, through: last, at: CellSet(grid)).daysUnchanged.count == 2)
  source.version = 2
  let second = try importRain(source, into: archive, from: first, through: first, at: CellSet(grid))
  #expect(second.daysReplaced == ["2023-12-31"])
  let code = grid.code(at: 1)
  #expect(
    try archive.rain(of: first, on: grid)?.band(0)[code] == source.field(ending: first.hours[0], on: grid)?.rain[code])
}

@Test func `the greatest distance to a gauge lies beside the day and goes with its source`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try day("2023-08-15")
  var source = CountedRain(hours: Array(first.hours[..<7]), gauges: true)
  _ = try importRain(source, into: archive, from: first, through: first, at: CellSet(grid))
  #expect(try archive.gaugeDistance(of: first, on: grid)?.values.allSatisfy { $0 == 7 } == true)
  source.gauges = false
  source.version = 2
  _ = try importRain(source, into: archive, from: first, through: first, at: CellSet(grid))
  #expect(try archive.gaugeDistance(of: first, on: grid) == nil)
}

@Test func `a day of which no gauge reports has no distances, and loses those that it had`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try day("2023-08-15")
  let stations = try folder.write("id,lat,lon\nA,35.05,134.05\n", to: "stations.csv")
  let cells = CellSet(MeshGrid(south: 4_200, west: 2_720, height: 9, width: 11))
  for (readings, hasDistances) in [("1.5", true), ("", false), ("///", false), ("0", true)] {
    let table = try folder.write("time_jst,A\n2023-08-15T01:00,\(readings)\n", to: "rain.csv")
    let source = try StationRain(files: [table], stations: stations)
    _ = try importRain(source, into: archive, from: first, through: first, at: cells)
    #expect(FileManager.default.fileExists(atPath: archive.qualityPath(of: first)) == hasDistances)
    #expect((try archive.gaugeDistance(of: first, on: cells.grid) != nil) == hasDistances)
    #expect(try archive.record(of: first)?.present.contains(true) == hasDistances)
  }
}

@Test func `the files are the same for any number of threads`() throws {
  let first = try day("2023-08-15")
  let source = CountedRain(hours: (0..<6).flatMap { first.advanced(by: $0).hours }, gauges: true)
  let folders = try (ScratchFolder(), ScratchFolder())
  for (folder, threads) in [(folders.0, 1), (folders.1, 3)] {
    let calls = Mutex<[Int]>([])
    _ = try importRain(
      source, into: RainArchive(folder: folder.path), from: first, through: first.advanced(by: 5), at: CellSet(grid),
      threads: threads
    ) { done, _ in calls.withLock { $0.append(done) } }
    #expect(calls.withLock { $0 } == Array(1...6))
  }
  for offset in 0..<6 {
    let path = RainArchive(folder: "").path(of: first.advanced(by: offset))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folders.0.path + path))
        == Data(contentsOf: URL(fileURLWithPath: folders.1.path + path)))
  }
}

@Test func `a file that is no day of rain is refused`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let first = try day("2023-08-15")
  try LayerFile.write(
    [DescribedBand(.elevation, values: [1])], on: MeshGrid(south: 4_200, west: 2_700, height: 1, width: 1),
    to: archive.path(of: first), format: .plain)
  let error = #expect(throws: RasterError.self) { _ = try archive.rain(of: first, on: grid) }
  #expect(error?.description.contains("no day of the rain archive") == true)
}

@Test(.enabled(if: RealData.isPresent))
func `JMA's analysed rain becomes an hour of the archive`() throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let files = [RealData.path("jma-grib2/*Prr60lv*ANAL_grib2.bin")]
  let source = try openRainSource(RainInput(format: .grib2, files: files))
  let first = try day("2016-11-21")
  let area = MeshGrid(south: 20, west: 118, north: 48, east: 150)
  let report = try importRain(source, into: archive, from: first, through: first, at: CellSet(area))
  #expect(report.hoursImported == 1 && report.hoursMissing.count == 23)
  let rain = try #require(try archive.rain(of: first, on: area))
  #expect(rain.band(9).values.lazy.filter { !$0.isNaN }.max() == 115)  // 01:00 UTC is 10:00 JST
}

/// Rain that is known on a part of the lattice only.
private struct RainOfPart: RainSource {
  let name = "part"
  let hours: [JSTHour]
  var irregularities: [RainIrregularity] = []
  let part: MeshGrid

  func field(ending hour: JSTHour, on grid: MeshGrid) -> RainField? {
    var random = RandomStream(seed: UInt64(hour.hoursSince1970))
    let rain = Layer(grid: part, filledWith: Float(random.exponential(mean: 3)))
    return RainField(rain: rain.cropped(to: grid, fill: .nan))
  }

  func fingerprint(of day: JSTDay) -> SHA256 { SHA256() }
}

@Test func `rain that ends between an area and the edge of its halo is no gap, rain that ends within the area is`()
  throws
{
  let folder = try ScratchFolder()
  let area = MeshGrid(south: 4_200, west: 2_700, height: 6, width: 6)
  let first = try day("2023-08-15")
  for (margin, count) in [(1, 0), (0, 0), (-1, 24)] {
    let archive = RainArchive(folder: "\(folder.path)/\(margin)")
    let part = MeshGrid(
      south: area.south - margin, west: area.west - margin, height: area.height + 2 * margin,
      width: area.width + 2 * margin)
    let source = RainOfPart(hours: first.hours, part: part)
    let report = try importRain(
      source, into: archive, from: first, through: first, at: CellSet(area).padded(by: 6), wanted: CellSet(area))
    let found = report.irregularities.first { $0.kind == .uncovered }
    #expect(found?.count ?? 0 == count)
    #expect(report.hasGaps == (count > 0))
    if let found { #expect(found.subject.contains("up to 20 of 36 cells")) }
  }
}

/// The same storm, told some hours late.
private struct LateRain: RainSource {
  let name = "late"
  let hours: [JSTHour]
  var irregularities: [RainIrregularity] = []
  let late: Int

  func field(ending hour: JSTHour, on grid: MeshGrid) -> RainField? {
    var random = RandomStream(seed: UInt64(hour.hoursSince1970 - late))
    return RainField(rain: Layer(grid: grid, filledWith: Float(random.exponential(mean: 3))))
  }

  func fingerprint(of day: JSTDay) -> SHA256 {
    var digest = SHA256()
    digest.update("\(late)".utf8)
    return digest
  }
}

@Test(arguments: [(9, "9 h later"), (-1, "1 h earlier")])
func `hours that come back at another time are noticed`(late: Int, words: String) throws {
  let folder = try ScratchFolder()
  let archive = RainArchive(folder: folder.path)
  let (first, last) = (try day("2023-08-15"), try day("2023-08-17"))
  let hours = (0..<3).flatMap { first.advanced(by: $0).hours }
  let small = MeshGrid(south: 4_200, west: 2_700, height: 2, width: 2)
  let before = try importRain(
    LateRain(hours: hours, late: 0), into: archive, from: first, through: last, at: CellSet(small))
  #expect(before.irregularities.isEmpty)
  let after = try importRain(
    LateRain(hours: hours, late: late), into: archive, from: first, through: last, at: CellSet(small))
  #expect(after.irregularities.map(\.kind) == [.moved])
  #expect(after.irregularities.first?.subject.contains(words) == true)
}
