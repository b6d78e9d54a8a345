package import Mesh
package import SoilWater

/// Runs the tanks of an area over days of rain, a state a day, and goes on where an earlier run stopped.
///
/// Each day is computed from the stored values of the day before, so that day by day and in one go give the same bytes.
package struct SoilWaterRun: Sendable {
  /// The cells the tanks are run at: arrays of states and records have one value for each.
  package let cells: CellSet
  package let field: TankField
  package let store: StateStore

  init(cells: CellSet, field: TankField, stateFolder: String, kept: DailyFiles = DailyFiles()) {
    self.cells = cells
    self.field = field
    store = StateStore(
      folder: stateFolder, cells: cells, parameters: field.parameters, threads: field.threads, kept: kept)
  }

  /// A run at all cells of a grid.
  package init(grid: MeshGrid, field: TankField, stateFolder: String) {
    self.init(cells: CellSet(grid), field: field, stateFolder: stateFolder)
  }

  package var grid: MeshGrid { cells.grid }

  /// What a run did.
  package struct Summary: Sendable, Equatable {
    /// Days computed now.
    package var computed: [JSTDay] = []
    /// Wanted days found finished.
    package var found = 0
    /// The state the run went on from; `nil` for a start with empty tanks.
    package var startedFrom: JSTDay?
    /// Days for which the archive had nothing at all.
    package var absentDays: [JSTDay] = []
    /// The worst flag of any cell and day computed, uncovered cells apart.
    package var worstFlag = SoilWaterFlag.complete
    /// Days computed of which some cell is flagged invalid.
    package var invalidDays: [JSTDay] = []
  }

  /// How a run treats states that are there already.
  package enum Continuation: Sendable {
    /// Goes on after the latest state up to the end of the range: finished days are not computed again.
    case afterLatestState
    /// Goes on after the latest state before the range: every day of the range is computed.
    case beforeRange
  }

  /// Computes the days of a range and stores a state for each.
  ///
  /// - Parameters:
  ///   - days: The days wanted.
  ///   - coldStart: First day for empty tanks, where no state is stored yet.
  ///   - continuation: Whether finished days are computed again.
  ///   - storing: Of which days the state is stored.
  ///   - keepingHours: For which days the hourly fields are wanted.
  ///   - rain: The hours of a day at the run's cells or on their grid, mm; `nil` where the archive lacks the day: every hour is missing.
  ///   - tags: Metadata of the state of a day: what its rain came from.
  ///   - onStart: Gets the state that the first computed day goes on from.
  ///   - onDay: Gets each computed day before its state is stored: what it writes is there when the state is.
  /// - Returns: What was done.
  /// - Throws: What `rain` and `onDay` throw, `StateError`, `RasterError`.
  package func run(
    _ days: ClosedRange<JSTDay>, coldStart: JSTDay, continuation: Continuation = .afterLatestState,
    storing: (JSTDay) -> Bool = { _ in true }, keepingHours: (JSTDay) -> Bool = { _ in false },
    rain: (JSTDay) throws -> (any CellValues<Float>)?,
    tags: (JSTDay) throws -> [String: String] = { _ in [:] },
    onStart: (SoilWaterState) throws -> Void = { _ in },
    onDay: (SoilWaterDay, SoilWaterState) throws -> Void = { _, _ in }
  ) throws -> Summary {
    var summary = Summary()
    var state = SoilWaterState(cells: cells.count)
    let last = continuation == .afterLatestState ? days.upperBound : days.lowerBound.advanced(by: -1)
    // A state may go while it is looked for: another process keeps those of its own last month.
    while state.day == nil, coldStart <= last.advanced(by: 1),
      let found = store.latest(in: min(coldStart, last).advanced(by: -1)...last)
    {
      summary.startedFrom = found
      summary.found = max(0, days.lowerBound.distance(to: found) + 1)
      // Whoever goes on from it reads it.
      guard found < days.upperBound else {
        try store.check(found)
        return summary
      }
      if let stored = try store.read(found) { state = stored }
    }
    let first = state.day?.advanced(by: 1) ?? coldStart
    guard first <= days.upperBound else { return summary }
    try onStart(state)
    for day in first...days.upperBound {
      let values = try rain(day)?.values(at: cells)
      if values == nil { summary.absentDays.append(day) }
      let record = field.advance(
        &state, rain: values ?? [Float](repeating: .nan, count: 24 * cells.count), on: day,
        keepingHours: keepingHours(day))
      let worst = record.worstFlag { record.flags[$0] != SoilWaterFlag.uncovered.rawValue }
      if worst.rawValue > summary.worstFlag.rawValue { summary.worstFlag = worst }
      if worst == .invalid { summary.invalidDays.append(day) }
      try onDay(record, state)
      if storing(day) { try store.write(state, tags: try tags(day)) }
      summary.computed.append(day)
    }
    return summary
  }

  /// Stores a state that begins with storages of any full hour, from which the days after it go on.
  ///
  /// - Parameters:
  ///   - start: The storages, as from `warmState`.
  ///   - hour: Their moment.
  ///   - rain: As for `run`: the rest of the hour's day is run through, unless the storages are of 24:00.
  ///   - tags: Metadata of the state: where it comes from.
  /// - Returns: The state at 24:00 of the hour's day, now stored.
  /// - Throws: What `rain` throws, `RasterError.cannotWrite`.
  @discardableResult
  package func warmStart(
    _ start: SoilWaterState, at hour: JSTHour, rain: (JSTDay) throws -> (any CellValues<Float>)?,
    tags: [String: String] = [:]
  ) throws -> SoilWaterState {
    let values = hour.hourOfDay < 24 ? try rain(hour.day)?.values(at: cells) : nil
    let state = field.finishDay(
      start, from: hour, rain: values ?? [Float](repeating: .nan, count: 24 * cells.count))
    try store.write(state, tags: tags)
    return state
  }

  /// The state of JMA's fields at some cells; see `tankStorages`.
  package static func warmState(
    soilWaterIndex: Layer<Float>, tank1: Layer<Float>, tank2: Layer<Float>, at cells: CellSet, on day: JSTDay?
  ) -> SoilWaterState {
    func values(_ layer: Layer<Float>) -> [Float] {
      cells.gather(layer.cropped(to: cells.grid, fill: .nan).values[...])
    }
    let (index, first, second) = (values(soilWaterIndex), values(tank1), values(tank2))
    let tanks = index.indices.map { tankStorages(soilWaterIndex: index[$0], tank1: first[$0], tank2: second[$0]) }
    return SoilWaterState(
      surface: tanks.map(\.surface), middle: tanks.map(\.middle), deep: tanks.map(\.deep), at: day)
  }
}
