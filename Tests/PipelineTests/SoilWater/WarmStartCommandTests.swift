import Foundation
import Mesh
import Pipeline
import Rasters
import SoilWater
import TestSupport
import Testing

private let first = JSTDay(daysSince1970: 19_570)
private let dryLevels = [Int](repeating: 1, count: SmallCountry.rows * SmallCountry.columns)

/// Levels of the table: 32 is 30 mm, 22 is 20 mm, 62 is 60 mm.
private func writeSoilWater(_ country: SmallCountry, at hour: JSTHour, missingCells: Int = 0) throws {
  func levels(_ level: Int) -> [Int] {
    dryLevels.indices.map { $0 < missingCells ? 0 : level }
  }
  try country.writeSoilWater(
    at: hour.unixSeconds / 3_600, to: "psw.bin", index: levels(62), tank1: levels(32), tank2: levels(22))
}

private func dryCountry(days: Int = 6) throws -> SmallCountry {
  let country = try SmallCountry()
  for day in first...first.advanced(by: days - 1) {
    try country.writeAnalysis(day.hours.map { $0.unixSeconds / 3_600 }, to: "\(day).bin") { _ in dryLevels }
  }
  return country
}

private func project(_ country: SmallCountry) throws -> Project {
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet))
  _ = try project.importRain(try project.rainSource())
  return project
}

@Test func `soil water begins with a file, runs on without spin-up, and says whence it comes`() throws {
  let country = try dryCountry()
  let hour = JSTHour(ending: first, 14)
  try writeSoilWater(country, at: hour)
  let path = country.folder.path + "/psw.bin"
  let project = try project(country)
  let started = try project.startSoilWater(from: path, overwrite: false)
  #expect(started.time == "\(hour)" && started.cellsWithoutValue == 0 && started.largestIndex == 60)
  let report = try project.runSoilWater(from: nil, to: nil, withTanks: true, withHours: false)
  #expect(report.from == "\(first.advanced(by: 1))" && report.invalidDays.isEmpty && report.daysComputed == 5)
  #expect(report.warmStart?.hasPrefix("psw.bin, \(hour), sha256 ") == true)

  // Dry hours in Double from 14:00 on; the first hour of the next day holds its maximum.
  var exact = TankStorage<Double>(surface: 30, middle: 20, deep: 10)
  for _ in 14..<24 { exact = advanceHour(exact, rain: 0, by: .nationwide) }
  let store = try project.soilWaterRun().store
  let state = try #require(try store.read(first))
  #expect(state.soilWaterIndex.allSatisfy { abs(Double($0) - exact.total) < 1e-3 })
  #expect(try LayerFile.tags(of: store.path(of: first.advanced(by: 4)))["LSMAP_WARM_START"] == report.warmStart)

  // A prediction goes back to it, and a state whose rain changes is made again from the kept start.
  var request = PredictionRequest(
    catalogue: country.catalogue, area: nil, period: .day(first.advanced(by: 1)), out: country.folder.path + "/out")
  request.overwrite = true
  let dry = try predict(request, console: Console(.quiet))
  exact = advanceHour(exact, rain: 0, by: .nationwide)
  #expect(abs(Double(dry.highestSoilWaterIndex ?? 0) - exact.total) < 1e-3)
  try country.writeAnalysis(first.hours.map { $0.unixSeconds / 3_600 }, to: "\(first).bin") { _ in
    dryLevels.map { $0 + 4 }
  }
  let wet = try predict(request, console: Console(.quiet))
  #expect((wet.highestSoilWaterIndex ?? 0) > (dry.highestSoilWaterIndex ?? 0) + 10)

  #expect(
    throws: RainLack.beforeWarmStart(
      day: first, first: first.advanced(by: 1), path: project.workspace.warmStart)
  ) {
    request.period = .day(first)
    _ = try predict(request, console: Console(.quiet))
  }
}

@Test func `states that are there and files that do not cover the area are refused`() throws {
  let country = try dryCountry(days: 3)
  let path = country.folder.path + "/psw.bin"
  let project = try project(country)
  let hour = JSTHour(ending: first, 14)
  try writeSoilWater(country, at: hour, missingCells: SmallCountry.rows * SmallCountry.columns - 30)
  #expect(throws: WarmStartError.self) { try project.startSoilWater(from: path, overwrite: false) }
  try writeSoilWater(country, at: hour)
  _ = try project.states(through: first.advanced(by: 1))
  #expect(
    throws: WarmStartError.statesThere(
      folder: project.workspace.states, first: first, last: first.advanced(by: 1))
  ) { try project.startSoilWater(from: path, overwrite: false) }
  #expect(FileManager.default.fileExists(atPath: project.workspace.warmStart) == false)
  _ = try project.startSoilWater(from: path, overwrite: true)
  #expect(try project.soilWaterRun().store.days().isEmpty)
  let report = try project.runSoilWater(from: nil, to: nil, withTanks: false, withHours: false)
  #expect(report.from == "\(first.advanced(by: 1))" && report.invalidDays.isEmpty)
}

private let noru = "jma-grib2/Z__C_RJTD_20170807170000_SRF_GPV_Ggis1km_Psw_Aper10min_ANAL_grib2.bin"

@Test(.enabled(if: RealData.isPresent))
func `without rain tank 1 of 90 mm falls to 70.4 mm in an hour in the cells of the real analysis`() throws {
  // Where most cells of Typhoon Noru hold 90 mm in tank 1.
  let country = try SmallCountry(north: 4_268, west: 2_908)
  let day = try #require(JSTDay("2017-08-08"))
  for date in day...day.advanced(by: 2) {
    try country.writeAnalysis(date.hours.map { $0.unixSeconds / 3_600 }, to: "\(date).bin") { _ in dryLevels }
  }
  let project = try project(country)
  let started = try project.startSoilWater(from: RealData.path(noru), overwrite: false)
  #expect(started.time == "2017-08-08T02:00:00+09:00" && started.cellsWithoutValue == 0)
  let report = try project.runSoilWater(from: nil, to: nil, withTanks: true, withHours: false)
  #expect(report.invalidDays.isEmpty && report.daysComputed == 2)

  // The file's own fields against the kept start: tanks, and their sum beside the index.
  let fields = try Grib2File(RealData.path(noru)).soilWater(on: project.grid)
  let (stack, _, _) = try LayerFile.read(project.workspace.warmStart)
  var ninety = 0
  for cell in 0..<project.grid.count where !fields.index.values[cell].isNaN {
    let tanks = (0..<3).map { stack.band($0).values[cell] }
    #expect(tanks[0] == fields.firstTank.values[cell] && tanks[1] == fields.secondTank.values[cell])
    #expect(abs(tanks[0] + tanks[1] + tanks[2] - fields.index.values[cell]) <= 5)
    guard tanks[0] == 90 else { continue }
    ninety += 1
    let start = TankStorage(surface: tanks[0], middle: tanks[1], deep: tanks[2])
    let hourLater = advanceHour(start, rain: 0, by: .nationwide)
    #expect(abs(hourLater.surface - 70.4) < 0.05)
    var exact = TankStorage<Double>(surface: Double(tanks[0]), middle: Double(tanks[1]), deep: Double(tanks[2]))
    for _ in 2..<24 { exact = advanceHour(exact, rain: 0, by: .nationwide) }
    let stored = try #require(try project.soilWaterRun().store.read(day)).soilWaterIndex[cell]
    #expect(abs(Double(stored) - exact.total) < 0.01)
  }
  #expect(ninety > 5)
}
