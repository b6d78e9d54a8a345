package import Mesh
package import SoilWater

/// Runs the tanks of an area over days of rain, a state a day, and goes on where an earlier run stopped.
///
/// Each day is computed from the stored values of the day before, so that day by day and in one go give the same bytes.
package struct SoilWaterRun: Sendable {
  package let grid: MeshGrid
  package let field: TankField
  package let store: StateStore

  package init(grid: MeshGrid, field: TankField, stateFolder: String) {
    self.grid = grid
    self.field = field
    store = StateStore(folder: stateFolder, grid: grid, parameters: field.parameters)
  }

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
  ///   - storing: Whether states are stored.
  ///   - observedThrough: Days that end after this hour hold forecast rain: their states are not stored.
  ///   - keepingHours: For which days the hourly fields are wanted.
  ///   - rain: The hours of a day on the run's grid, mm; `nil` where the archive lacks the day: every hour is missing.
  ///   - tags: Metadata of the state of a day: what its rain came from.
  ///   - isCancelled: Asked before each day; `true` ends the run with the days done so far.
  ///   - onDay: Gets each computed day before its state is stored: what it writes is there when the state is.
  /// - Returns: What was done.
  /// - Throws: What `rain` and `onDay` throw, `StateError`, `RasterError`.
  package func run(
    _ days: ClosedRange<JSTDay>, coldStart: JSTDay, continuation: Continuation = .afterLatestState,
    storing: Bool = true, observedThrough: JSTHour? = nil,
    keepingHours: (JSTDay) -> Bool = { _ in false },
    rain: (JSTDay) throws -> LayerStack<Float>?,
    tags: (JSTDay) throws -> [String: String] = { _ in [:] },
    isCancelled: () -> Bool = { false },
    onDay: (SoilWaterDay, SoilWaterState) throws -> Void = { _, _ in }
  ) throws -> Summary {
    var summary = Summary()
    var state = SoilWaterState(cells: grid.count)
    let last = continuation == .afterLatestState ? days.upperBound : days.lowerBound.advanced(by: -1)
    if coldStart <= last.advanced(by: 1), let found = store.latest(in: min(coldStart, last).advanced(by: -1)...last),
      let stored = try store.read(found)
    {
      state = stored
      summary.startedFrom = found
      summary.found = max(0, days.lowerBound.distance(to: found) + 1)
    }
    let first = state.day?.advanced(by: 1) ?? coldStart
    guard first <= days.upperBound else { return summary }
    for day in first...days.upperBound {
      if isCancelled() { break }
      let stack = try rain(day)
      if let stack {
        precondition(stack.grid == grid && stack.bands == 24, "rain of \(day) is not 24 hours on the grid")
      } else {
        summary.absentDays.append(day)
      }
      let values = stack?.values ?? [Float](repeating: .nan, count: 24 * grid.count)
      let record = field.advance(&state, rain: values, on: day, keepingHours: keepingHours(day))
      let worst = record.worstFlag { record.flags[$0] != SoilWaterFlag.uncovered.rawValue }
      if worst.rawValue > summary.worstFlag.rawValue { summary.worstFlag = worst }
      if worst == .invalid { summary.invalidDays.append(day) }
      try onDay(record, state)
      let isObserved = observedThrough.map { JSTHour(ending: day, 24) <= $0 } ?? true
      if storing && isObserved { try store.write(state, tags: try tags(day)) }
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
    _ start: SoilWaterState, at hour: JSTHour, rain: (JSTDay) throws -> LayerStack<Float>?,
    tags: [String: String] = [:]
  ) throws -> SoilWaterState {
    let values = hour.hourOfDay < 24 ? try rain(hour.day)?.values : nil
    let state = field.finishDay(
      start, from: hour, rain: values ?? [Float](repeating: .nan, count: 24 * grid.count))
    try store.write(state, tags: tags)
    return state
  }

  /// The state of JMA's fields on a grid; see `tankStorages`.
  package static func warmState(
    soilWaterIndex: Layer<Float>, tank1: Layer<Float>, tank2: Layer<Float>, on grid: MeshGrid, at day: JSTDay?
  ) -> SoilWaterState {
    let index = soilWaterIndex.cropped(to: grid, fill: .nan).values
    let first = tank1.cropped(to: grid, fill: .nan).values
    let second = tank2.cropped(to: grid, fill: .nan).values
    let tanks = index.indices.map { tankStorages(soilWaterIndex: index[$0], tank1: first[$0], tank2: second[$0]) }
    return SoilWaterState(
      surface: tanks.map(\.surface), middle: tanks.map(\.middle), deep: tanks.map(\.deep), at: day)
  }
}
