package import Mesh
package import SoilWater

/// What the physical model says of each day of one site, from what was known before it.
///
/// The climatology is that of the units of 5 x 5 cells around the cell. Landslides are not told to it: those of a region
/// that is held out must not enter, and one rule serves all (METHOD.md 2.6).
package struct SitePhysics {
  /// One value a day.
  package struct Day: Sendable, Equatable {
    /// With the soil water at the start of a window of 72 hours.
    package let physics: PhysicsInput
    /// Soil water index at 24:00 of the days before, as in `Sample`; before the first day the tanks are empty.
    package let midnights: [Float]
    /// What the cell had survived of all days run before.
    package let memory: MemoryInput
    package let earlyWarning: Float
  }

  /// Why a day has no physics.
  package enum Lack: String, Error, Sendable {
    case noWindow = "the rain begins less than three days before"
    case unsettled = "the tanks are still spinning up, or more than 24 of 240 hours of rain are missing"
    case noPast = "no past rain to compare with"
  }

  private let cell: Mesh3Code
  private let parameters: TankParameters
  private let spinUpDays: Int
  private let grid: MeshGrid
  private var builder: ClimatologyBuilder
  private var records: [SoilWaterDay] = []
  private var memories: [MemoryInput] = []
  private let place: Int

  /// Begins a site.
  ///
  /// - Parameters:
  ///   - cell: The cell that is scored.
  ///   - physics: Settings of tanks and critical line.
  /// - Throws: `badParameter`.
  package init(cell: Mesh3Code, physics: PhysicsSettings = PhysicsSettings()) throws(SoilWaterError) {
    let settings = physics.criticalLine
    self.cell = cell
    parameters = try physics.tanks()
    spinUpDays = physics.spinUpDays
    grid = UnitBlend(blockCells: settings.blockCells).surroundings(of: cell)
    builder = try ClimatologyBuilder(grid: grid, settings: settings)
    place = (grid.north - 1 - cell.row) * grid.width + cell.column - grid.west
  }

  /// The cells whose rain `run` takes, north-up: all that what is said of the cell rests on.
  package var cells: MeshGrid { grid }

  /// Of each unit around the cell the one nearest to it, as places in `cells`: in its own unit the cell itself.
  var nearestCells: [Int] {
    func distance(_ place: Int) -> Int {
      let (down, right) = (place / grid.width - self.place / grid.width, place % grid.width - self.place % grid.width)
      return down * down + right * right
    }
    return builder.units.cellsOfUnits.compactMap { cells in cells.min { distance($0) < distance($1) } }
  }

  /// Runs the tanks over all days.
  ///
  /// - Parameters:
  ///   - first: The first day.
  ///   - days: How many.
  ///   - rain: Rain of 24 hours of a day, mm, shape `(24, cells)`.
  package mutating func run(from first: JSTDay, days: Int, rain: (JSTDay) -> [Float]) {
    let tanks = TankField(parameters: parameters, spinUpDays: spinUpDays)
    var state = SoilWaterState(cells: grid.count)
    var survived = SurvivedRecord(cells: grid.count)
    for offset in 0..<days {
      let day = first.advanced(by: offset)
      let hours = rain(day)
      let record = tanks.advance(&state, rain: hours, on: day, keepingHours: true)
      records.append(record)
      let memory = survived.advance(by: record, rain: hours)
      memories.append(MemoryInput(memory, at: place))
      builder.add(record)
    }
  }

  /// Scores days that were run, each as its own forecast would: against the days before its month.
  ///
  /// - Parameter wanted: The days.
  /// - Returns: One entry a day.
  /// - Throws: `unsolvable`.
  package func score(_ wanted: [JSTDay]) throws(SoilWaterError) -> [Result<Day, Lack>] {
    var results = [Result<Day, Lack>](repeating: .failure(.noPast), count: wanted.count)
    for month in Set(wanted.map(\.firstOfMonth)).sorted() {
      let climatology = try builder.fit(.known(on: month), parameters: parameters)
      for index in wanted.indices where wanted[index].firstOfMonth == month {
        results[index] = try score(wanted[index], climatology)
      }
    }
    return results
  }

  private func score(_ day: JSTDay, _ climatology: Climatology) throws(SoilWaterError) -> Result<Day, Lack> {
    guard let index = records.firstIndex(where: { $0.day == day }), index >= 3 else { return .failure(.noWindow) }
    let record = records[index]
    guard record.flags[place] < SoilWaterFlag.invalid.rawValue else { return .failure(.unsettled) }
    let anomaly = try climatology.score(record, on: grid)
    guard anomaly.hasClimatology[place], !anomaly.rank[place].isNaN else { return .failure(.noPast) }
    guard memories[index].isComplete else { return .failure(.noPast) }
    let midnights = (1...Sample.daysBefore).map { $0 > index ? 0 : records[index - $0].atMidnight[place] }
    let physics = PhysicsInput(record, anomaly, at: place, soilWaterAtStart: midnights[2])
    return .success(
      Day(
        physics: physics, midnights: midnights, memory: memories[index],
        earlyWarning: SoilWaterEarlyWarning.score(
          unfamiliarity: anomaly.uncovered[place], rank: anomaly.rank[place])))
  }
}
