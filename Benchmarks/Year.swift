import Mesh
import Pipeline
import Rasters
import SoilWater
import Statistics

extension Subject {
  /// A prefecture for a year as a user runs it: rain from the archive, a state a day to the disk, then the fit.
  static let year = Subject(name: "year", title: "A year of 8,000 cells: 8,760 hours in steps of ten minutes") {
    bench in
    let grid = MeshGrid(south: 4_200, west: 2_700, height: 80, width: 100)
    let archive = RainArchive(folder: bench.file("rain"))
    let first = JSTDay(daysSince1970: 19_000)
    let days = first...first.advanced(by: 364)
    for day in days { try write(madeUpRain(of: day, on: grid), of: day, to: archive) }
    let states = bench.file("state")
    let run = SoilWaterRun(grid: grid, field: TankField(threads: bench.threads), stateFolder: states)
    let whole = try elapsed {
      _ = try run.run(
        days, coldStart: first, rain: { try archive.rain(of: $0, at: run.cells, threads: bench.threads) })
    }
    let floor = try Floors.seconds(
      reading: filesAndSizes(under: archive.folder).map(\.path), writing: filesAndSizes(under: states).map(\.size),
      in: bench.scratch.path)

    let plan = SoilWaterRun.FitPlan(days: days, coldStart: first)
    let builder = try run.gather(plan, storing: false, rain: { try archive.rain(of: $0, on: grid) })
    var units = 0
    let fitting = try elapsed { units = try builder.fit(.all, parameters: .nationwide).members.count }
    return [
      Figure(
        work: "states of all days, archive read, states written, \(Bench.words(threads: bench.threads))", value: whole,
        unit: .cost("s"), comparisons: [.floor("the same bytes read, written and synced", floor)]),
      Figure(
        work: "past rain of that year fitted, \(Bench.words(threads: bench.threads))", value: Double(units) / fitting,
        unit: .rate("units/s")),
    ]
  }
}

/// Rain of a prefecture: wet on two fifths of the hours of every third day, in tenths of a millimetre as products come.
func madeUpRain(of day: JSTDay, on grid: MeshGrid) -> LayerStack<Float> {
  var stream = RandomStream(seed: 1, "bench", .number(day.daysSince1970))
  var stack = LayerStack<Float>(grid: grid, bands: 24, filledWith: 0)
  guard stream.uniform() < 0.33 else { return stack }
  for hour in 0..<24 where stream.uniform() < 0.4 {
    let amount = stream.exponential(mean: 3)
    for cell in 0..<grid.count {
      stack.values[hour * grid.count + cell] = Float((amount * stream.uniform(0.5...1.5) * 10).rounded() / 10)
    }
  }
  return stack
}

/// Adds a day to an archive.
func write(_ rain: LayerStack<Float>, of day: JSTDay, to archive: RainArchive) throws {
  let whole = RainDay(
    rain: CellStack(cells: CellSet(rain.grid), bands: 24, values: rain.values),
    present: Array(repeating: true, count: 24))
  try RainDayFile.write(whole, of: day, to: archive.path(of: day), tags: [:])
}
