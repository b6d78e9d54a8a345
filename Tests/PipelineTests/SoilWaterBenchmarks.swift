import Foundation
import Mesh
import Pipeline
import Rasters
import SoilWater
import Statistics
import TestSupport
import Testing

// Figures, not checks: LSMAP_BENCH=1 swift test -c release --filter 'soil water bench'
private let isWanted = ProcessInfo.processInfo.environment["LSMAP_BENCH"] != nil

private func seconds(_ work: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let duration = try clock.measure(work)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

private func report(_ name: String, _ value: Double, _ unit: String) {
  print("bench: \(name): \((value * 100).rounded() / 100) \(unit)")
}

/// Rain of a prefecture: wet on a third of the hours of every third day.
private func weather(_ day: JSTDay, _ grid: MeshGrid) -> LayerStack<Float> {
  var stream = RandomStream(seed: 1, "bench", .number(day.daysSince1970))
  var stack = LayerStack<Float>(grid: grid, bands: 24, filledWith: 0)
  guard stream.uniform() < 0.33 else { return stack }
  for hour in 0..<24 where stream.uniform() < 0.4 {
    let amount = stream.exponential(mean: 3)
    // In tenths of a millimetre, as products come.
    for cell in 0..<grid.count {
      stack.values[hour * grid.count + cell] = Float((amount * stream.uniform(0.5...1.5) * 10).rounded() / 10)
    }
  }
  return stack
}

@Suite(.serialized) struct SoilWaterBenchmarks {
  @Test(.enabled(if: isWanted), arguments: [1, 2])
  func `soil water bench: tanks`(threads: Int) {
    let cells = 400_000
    let rain = (0..<24 * cells).map { Float($0 % 7 == 0 ? $0 % 30 : 0) }
    let field = TankField(spinUpDays: 0, threads: threads)
    var state = SoilWaterState(cells: cells)
    var best = Double.infinity
    for _ in 0..<8 { best = min(best, seconds { _ = field.advance(&state, rain: rain, on: nil) }) }
    report("tanks, \(threads) threads", Double(cells) * 144 / best / 1e6, "M cell-steps/s")
  }

  @Test(.enabled(if: isWanted))
  func `soil water bench: a prefecture for a year, and its climatology`() throws {
    let scratch = try ScratchFolder()
    let grid = MeshGrid(south: 4_200, west: 2_700, height: 80, width: 100)
    let archive = RainArchive(folder: scratch.path + "/rain")
    let first = JSTDay(daysSince1970: 19_000)
    let days = first...first.advanced(by: 364)
    for day in days {
      let stack = weather(day, grid)
      _ = try RainDayFile.write(day, at: CellSet(grid), to: archive.path(of: day), tags: [:]) { hour in
        stack.band(hour.hourOfDay - 1).values
      }
    }
    let run = SoilWaterRun(grid: grid, field: TankField(threads: 2), stateFolder: scratch.path + "/state")
    let reading = try seconds { for day in days { _ = try archive.rain(of: day, on: grid) } }
    report("reading a year of rain, 8,000 cells", reading, "s")
    let whole = try seconds {
      _ = try run.run(days, coldStart: first, rain: { try archive.rain(of: $0, on: grid) })
    }
    report("a year of states, 8,000 cells, I/O included", whole, "s")
    var builder: ClimatologyBuilder?
    let gathering = try seconds {
      builder = try run.gather(
        SoilWaterRun.FitPlan(days: days, coldStart: first), storing: false,
        rain: { try archive.rain(of: $0, on: grid) })
    }
    report("gathering that year for a fit", gathering, "s")
    let gathered = try #require(builder)
    var climatology: Climatology?
    let fitting = try seconds { climatology = try gathered.fit(.all, parameters: .nationwide) }
    report("fit, 2 threads", Double(climatology?.members.count ?? 0) / fitting, "units/s")
  }
}
