import Foundation
import Mesh
@testable import Pipeline
import Rasters
import SoilWater
import Statistics
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_200, west: 2_700, height: 6, width: 7)
private let first = JSTDay(daysSince1970: 19_500)
private let days = first...first.advanced(by: 11)

/// Rain of a day with gaps across hours and midnights; the seventh day is missing altogether.
private func rain(_ day: JSTDay) -> LayerStack<Float>? {
  guard day != first.advanced(by: 6) else { return nil }
  var stream = RandomStream(seed: 11, "rain", .number(day.daysSince1970))
  let values = (0..<24 * grid.count).map { _ -> Float in
    if stream.uniform() < 0.08 { return .nan }
    return stream.uniform() < 0.2 ? Float(stream.uniform(0...25)) : 0
  }
  return LayerStack(grid: grid, bands: 24, values: values)
}

private func soilWaterRun(_ folder: String, minutes: Int = 10, threads: Int = 1) throws -> SoilWaterRun {
  let tanks = try TankParameters.nationwide.stepping(minutes: minutes)
  return SoilWaterRun(
    grid: grid, field: TankField(parameters: tanks, spinUpDays: 3, threads: threads), stateFolder: folder)
}

private func bytes(_ folder: String) throws -> [String: Data] {
  var result: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
    result[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  return result
}

@Test func `a state reads back to the bit`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  var states: [JSTDay: SoilWaterState] = [:]
  _ = try run.run(
    days, coldStart: first, rain: rain, onDay: { record, state in states[try #require(record.day)] = state })
  for day in days {
    let (read, written) = (try #require(try run.store.read(day)), try #require(states[day]))
    #expect(largestDifference(read.storages, written.storages) == 0)
    #expect(largestDifference(read.lastRain, written.lastRain) == 0)
    #expect(largestDifference(read.storagesBeforeGap, written.storagesBeforeGap) == 0)
    #expect(read.missingHours == written.missingHours)
    #expect(read.hoursRun == written.hoursRun)
    #expect(read == written)
  }
}

private let impossibilities: [(words: String, spoil: @Sendable (inout SoilWaterState) -> Void)] = [
  ("a tank", { $0.storages[3] = -5 }), ("a tank", { $0.storages[3] = .infinity }),
  ("a tank", { $0.storagesBeforeGap[3] = 1e6 }), ("some of its tanks", { $0.storages[3] = .nan }),
  ("an hour", { $0.lastRain[3] = 401 }), ("ran for", { $0.hoursRun[3] = -1 }),
]

@Test(arguments: impossibilities.indices) func `a whole file of a state that no rain leads to is refused`(kind: Int)
  throws
{
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  _ = try run.run(days, coldStart: first, rain: rain)
  var state = try #require(try run.store.read(days.upperBound))
  impossibilities[kind].spoil(&state)
  try run.store.write(state)
  let error = #expect(throws: StateError.self) { try run.store.read(days.upperBound) }
  #expect(error?.description.contains(impossibilities[kind].words) == true)
}

private struct Interrupted: Error {}

@Test func `day by day, in one go and after an interruption the states have the same bytes`() throws {
  let (whole, daily, broken) = (try ScratchFolder(), try ScratchFolder(), try ScratchFolder())
  let summary = try soilWaterRun(whole.path, threads: 2).run(days, coldStart: first, rain: rain)
  #expect(summary.computed.count == 12 && summary.absentDays == [first.advanced(by: 6)])
  for day in days { _ = try soilWaterRun(daily.path).run(day...day, coldStart: first, rain: rain) }

  // Stops in the middle, leaves the half-written file that a killed process leaves, and goes on.
  #expect(throws: Interrupted.self) {
    _ = try soilWaterRun(broken.path).run(
      days, coldStart: first, rain: rain,
      onDay: { record, _ in if record.day == first.advanced(by: 5) { throw Interrupted() } })
  }
  try Data([0x49, 0x49]).write(to: URL(fileURLWithPath: broken.path + "/.1-\(first.advanced(by: 5)).tif"))
  let resumed = try soilWaterRun(broken.path).run(days, coldStart: first, rain: rain)
  #expect(resumed.startedFrom == first.advanced(by: 4) && resumed.computed.count == 7 && resumed.found == 5)
  try FileManager.default.removeItem(atPath: broken.path + "/.1-\(first.advanced(by: 5)).tif")

  let expected = try bytes(whole.path)
  #expect(expected.count == 12)
  #expect(try bytes(daily.path) == expected)
  #expect(try bytes(broken.path) == expected)
}

@Test func `a finished run computes nothing again`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  _ = try run.run(days, coldStart: first, rain: rain)
  let again = try run.run(
    days, coldStart: first,
    rain: { _ in
      Issue.record("rain was read"); return nil
    })
  #expect(again.computed.isEmpty && again.found == 12)
}

@Test func `a state of other tanks is refused in one line`() throws {
  let scratch = try ScratchFolder()
  _ = try soilWaterRun(scratch.path).run(first...first, coldStart: first, rain: rain)
  let other = try soilWaterRun(scratch.path, minutes: 60)
  let error = try #require(throws: StateError.self) { _ = try other.run(days, coldStart: first, rain: rain) }
  #expect("\(error)".contains("\(first).tif") && "\(error)".contains("step 60 min"))
  #expect(error.exitCode == .badInput)
}

@Test func `a damaged state is refused`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  _ = try run.run(first...first, coldStart: first, rain: rain)
  let path = run.store.path(of: first)
  let data = try #require(FileManager.default.contents(atPath: path))
  try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: path))
  #expect(throws: (any Error).self) { _ = try run.run(days, coldStart: first, rain: rain) }
}

@Test(arguments: [ClimatologyFile.Form.plain, .packed])
func `a fitted climatology reads back and scores alike`(form: ClimatologyFile.Form) throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path + "/state")
  var plan = SoilWaterRun.FitPlan(days: days, coldStart: first)
  plan.reference = .before(days.upperBound)
  let climatology = try run.fitClimatology(plan, rain: rain)
  let path = scratch.path + "/climatology.safetensors"
  try ClimatologyFile.write(climatology, to: path, as: form)
  let read = try ClimatologyFile.read(path, parameters: .nationwide)
  #expect(read.members == climatology.members && read.days == climatology.days)
  #expect(read.settings == climatology.settings && read.units == climatology.units)
  var last: SoilWaterDay?
  _ = try run.run(
    days.upperBound...days.upperBound, coldStart: first, continuation: .beforeRange, keepingHours: { _ in true },
    rain: rain, onDay: { record, _ in last = record })
  let record = try #require(last)
  #expect(try read.score(record, on: grid).anomaly == climatology.score(record, on: grid).anomaly)
  #expect(throws: ClimatologyFileError.self) {
    try ClimatologyFile.read(path, parameters: TankParameters.nationwide.stepping(minutes: 60))
  }
  let data = try #require(FileManager.default.contents(atPath: path))
  for cut in stride(from: 0, to: data.count, by: data.count / 40) {
    try data.prefix(cut).write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) { try ClimatologyFile.read(path, parameters: .nationwide) }
  }
}

@Test func `forecast hours replace the analysis, and hours that no forecast gives are missing`() throws {
  let asOf = JSTHour(ending: first.advanced(by: 2), 9)
  let wet = LayerStack<Float>(grid: grid, bands: 24, filledWith: 5)
  let forecast = Dictionary(uniqueKeysWithValues: (first...first.advanced(by: 3)).map { ($0, wet) })
  let source = RunRain(
    RainHorizon(asOf: asOf, end: asOf.advanced(by: 39)), on: grid, forecast: forecast, analysis: { day, _ in rain(day) }
  )
  let before = try #require(try source.rain(of: first))
  #expect(largestDifference(before.values, try #require(rain(first)).values) == 0)
  let mixed = try #require(try source.rain(of: asOf.day))
  let observed = try #require(rain(asOf.day))
  #expect(largestDifference(mixed.band(8).values, observed.band(8).values) == 0)
  #expect(mixed.band(9).values.allSatisfy { $0 == 5 })
  #expect(try source.rain(of: asOf.day.advanced(by: 1))?.values.allSatisfy { $0 == 5 } == true)
  let none = RunRain(RainHorizon(asOf: asOf, end: asOf), on: grid, analysis: { day, _ in rain(day) })
  #expect(try none.rain(of: asOf.day)?.band(9).values.allSatisfy(\.isNaN) == true)
  #expect(try none.rain(of: asOf.day.advanced(by: 1)) == nil)
}

@Test func `a warm start within a day runs the rest of it`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  // The truth: tanks run from their start; then taken over at 02:00 of the third day.
  let dense: (JSTDay) -> LayerStack<Float>? = {
    rain($0).map { stack in
      LayerStack(grid: grid, bands: 24, values: stack.values.map { $0.isNaN ? 1 : $0 })
    }
  }
  var whole = SoilWaterState(cells: grid.count)
  let field = TankField(spinUpDays: 0)
  var atTwo: [TankStorage<Float>] = []
  for day in first...first.advanced(by: 2) {
    let values = try #require(dense(day)).values
    if day == first.advanced(by: 2) {
      atTwo = (0..<grid.count).map { cell in
        let start = TankStorage(surface: whole.surface[cell], middle: whole.middle[cell], deep: whole.deep[cell])
        let one = advanceHour(start, rain: values[cell], by: .nationwide)
        return advanceHour(one, rain: values[grid.count + cell], by: .nationwide)
      }
    }
    _ = field.advance(&whole, rain: values, on: day)
  }
  func layer(_ value: (TankStorage<Float>) -> Float) -> Layer<Float> { Layer(grid: grid, values: atTwo.map(value)) }
  let start = SoilWaterRun.warmState(
    soilWaterIndex: layer(\.total), tank1: layer(\.surface), tank2: layer { -$0.middle }, at: CellSet(grid),
    on: first.advanced(by: 2))
  let state = try run.warmStart(start, at: JSTHour(ending: first.advanced(by: 2), 2), rain: dense)
  #expect(largestDifference(state.soilWaterIndex, whole.soilWaterIndex) < 1e-4)
  #expect(try run.store.read(first.advanced(by: 2)) == state)
  let next = try run.run(first.advanced(by: 3)...first.advanced(by: 3), coldStart: first, rain: dense)
  #expect(next.startedFrom == first.advanced(by: 2) && next.worstFlag == .complete)
}

@Test func `the layers of a day carry index, tanks and provenance, the hours read back`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path + "/state")
  var layers = SoilWaterLayers(folder: scratch.path + "/out", cells: CellSet(grid))
  layers.withTanks = true
  layers.withHours = true
  var last: (record: SoilWaterDay, state: SoilWaterState)?
  _ = try run.run(
    first...first, coldStart: first, keepingHours: { _ in true }, rain: rain,
    onDay: { record, state in
      try layers.write(record, state, parameters: .nationwide)
      last = (record, state)
    })
  let (record, state) = try #require(last)
  let (stack, _, tags) = try LayerFile.read(layers.path(of: first))
  #expect(stack.bands == 8 && largestDifference(stack.band(0).values, record.maximum) == 0)
  #expect(largestDifference(stack.band(5).values, state.surface) == 0)
  #expect(tags["LSMAP_TANKS_HASH"] == TankParameters.nationwide.hash)
  #expect(FileManager.default.fileExists(atPath: layers.hourlyPath(of: first)))
}

@Test func `plot data follow a cell through its hours`() throws {
  let scratch = try ScratchFolder()
  let run = try soilWaterRun(scratch.path)
  var plan = SoilWaterRun.FitPlan(days: days, coldStart: first)
  plan.reference = .before(days.upperBound)
  let climatology = try run.fitClimatology(plan, rain: rain)
  let data = try #require(
    try run.plotData(
      of: grid.code(y: 2, x: 3), on: days.upperBound, coldStart: first, climatology: climatology, rain: rain))
  #expect(data.hours.count == 96 && data.hours.last == JSTHour(ending: days.upperBound, 24))
  for (hour, index) in data.soilWater.enumerated() {
    // The last hour of a day may be computed again when the next day begins.
    guard hour % 24 < 22 || hour > 72, hour % 24 != 0 else { continue }
    #expect(abs(data.tanks[0][hour] + data.tanks[1][hour] + data.tanks[2][hour] - index) < 1e-2)
  }
  #expect(!data.contours.isEmpty && data.contours.count { $0.isCriticalLine } == 1)
  #expect(
    try run.plotData(
      of: Mesh3Code(row: 1, column: 1), on: first, coldStart: first, climatology: nil, rain: rain) == nil)
}
