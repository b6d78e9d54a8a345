import Foundation
package import Mesh
import Rasters
import Statistics
package import SoilWater
import Synchronization

extension Project {
  /// The tanks as the catalogue wants them.
  ///
  /// - Parameter cells: Where they are run; all cells of the project's grid when `nil`.
  /// - Returns: The run, on the project's states.
  /// - Throws: `SoilWaterError.badParameter`.
  package func soilWaterRun(at cells: CellSet? = nil) throws -> SoilWaterRun {
    let tanks = try catalogue.physics.tanks()
    let field = TankField(parameters: tanks, spinUpDays: catalogue.physics.spinUpDays, threads: threads)
    return SoilWaterRun(cells: cells ?? CellSet(grid), field: field, stateFolder: workspace.states, kept: dailyFiles)
  }

  /// Brings the stored states up to a day.
  ///
  /// States whose rain has changed since, and all after them, are deleted first; so are all where the archive now begins
  /// on another day. Before a day whose state is there, those that are not kept (`StateStore`) are not made again.
  ///
  /// - Parameters:
  ///   - last: Last day wanted.
  ///   - keepingHours: For which days `onDay` wants the hourly fields.
  ///   - onDay: Gets each day computed and the state at its end, at the working cells, before the state is stored.
  /// - Returns: What was done; tanks start empty on the first day of the archive, unless there is a warm start.
  /// - Throws: `RainLack` when the soil water begins after `last`.
  package func states(
    through last: JSTDay, keepingHours: (JSTDay) -> Bool = { _ in false },
    onDay: (SoilWaterDay, SoilWaterState) throws -> Void = { _, _ in }
  ) throws -> SoilWaterRun.Summary {
    let cells = store.cells
    let run = try soilWaterRun(at: cells)
    let first = try soilWaterStart(by: last)
    try deleteStaleStates(of: run.store, coldStart: first)
    while let latest = run.store.latest(in: first.advanced(by: -1)...last), try !mendState(of: latest, run) {}
    try makeWarmState()
    let newest = max(last, run.store.days().last ?? last)
    guard let last = (first...last).last(where: { StateStore.keeps($0, newest: newest) }) else {
      return SoilWaterRun.Summary()
    }
    let warm = try warmStart()?.hour.day
    defer { run.store.prune(sparing: warm) }
    let console = console
    console.begin("soil water of \(store.name), through \(last)")
    let all = Double(first.distance(to: last) + 1)
    return try run.run(
      first...last, coldStart: first, storing: { StateStore.keeps($0, newest: newest) }, keepingHours: keepingHours,
      rain: { try rain(of: $0, at: cells) },
      tags: { try stateTags(of: $0, first: first, in: run.store) },
      onDay: { record, state in
        try onDay(record, state)
        console.progress(Double(first.distance(to: record.day ?? last) + 1) / all)
      })
  }

  /// Brings stored states up to a day, for runs about it.
  ///
  /// - Parameter last: On the first day of all, and before it, there is no state to bring up to date.
  /// - Throws: What reading rain and states throws.
  func bringSoilWater(to last: JSTDay) throws {
    if try firstSoilWaterDay().map({ $0 <= last }) ?? true { _ = try states(through: last) }
    try makeWarmState()
  }

  /// Computes days from the stored state before them, with their hourly fields; the states stay as they are.
  ///
  /// - Parameters:
  ///   - days: The days; those before the soil water begins are left out.
  ///   - rain: The hours of a day on the project's grid, mm.
  ///   - onStart: Gets the first day computed and the state before it.
  ///   - onDay: Gets each day and the state at its end.
  /// - Throws: What reading throws, and what `onDay` throws.
  package func replay(
    _ days: ClosedRange<JSTDay>, rain: (JSTDay) throws -> LayerStack<Float>?,
    onStart: (SoilWaterState, JSTDay) -> Void = { _, _ in }, onDay: (SoilWaterDay, SoilWaterState) throws -> Void
  ) throws {
    let first = try soilWaterStart(by: days.upperBound)
    let begin = max(days.lowerBound, first)
    try mendStates(before: begin, first: first)
    var before: SoilWaterState?
    _ = try soilWaterRun().run(
      begin...days.upperBound, coldStart: first, continuation: .beforeRange, storing: { _ in false },
      keepingHours: days.contains, rain: rain, onStart: { before = $0 },
      onDay: { record, state in
        defer { before = state }
        guard let day = record.day, days.contains(day) else { return }
        if day == begin, let before { onStart(before, day) }
        try onDay(record, state)
      })
  }

  /// The first day whose soil water can be computed; the state it goes on from is there. Throws `RainLack` where that
  /// is later than the day wanted.
  func soilWaterStart(by day: JSTDay) throws -> JSTDay {
    guard let first = try firstSoilWaterDay() else { throw RainLack.noRain(day: day, archive: archive.folder) }
    guard first <= day else {
      throw try warmStart() == nil
        ? RainLack.noRain(day: day, archive: archive.folder)
        : RainLack.beforeWarmStart(day: day, first: first, path: workspace.warmStart)
    }
    try makeWarmState()
    return first
  }

  /// What the state of a day came from.
  func stateTags(of day: JSTDay, first: JSTDay, in store: StateStore) throws -> [String: String] {
    let history = try history(of: day, in: store)
    var tags = [
      DerivedFile.keyTag: try stateFile(of: day, history, first: first, in: store).key, Self.historyTag: history,
    ]
    tags[WarmStart.sourceTag] = try warmStart()?.source
    return tags
  }

  /// The state of a day: it depends on all rain since the soil water began, and on where that was.
  private func stateFile(
    of day: JSTDay, _ history: String, first: JSTDay, in store: StateStore
  ) throws -> DerivedFile {
    DerivedFile(.state, at: store.path(of: day), from: [history, "\(first)", try warmStart()?.source ?? "empty tanks"])
  }

  /// A digest of all rain that is in the tanks at the end of a day: the stored state before it knows its own, to which the
  /// days since are added.
  func history(of day: JSTDay, in store: StateStore) throws -> String {
    let start = try historyStart(by: day)
    let before = day.advanced(by: -1)
    if start.day <= before, let stored = store.latest(in: start.day...before),
      let past = try LayerFile.tags(of: store.path(of: stored))[Self.historyTag]
    {
      return try history(of: stored.advanced(by: 1)...day, after: past)
    }
    return try history(of: start.day...day, after: start.past)
  }

  /// The first day whose rain is in the tanks, that of a warm start among them, and what was in them before.
  private func historyStart(by day: JSTDay) throws -> (day: JSTDay, past: String) {
    let warm = try warmStart()
    return (min(try warm?.hour.day ?? firstSoilWaterDay() ?? day, day), warm?.source ?? "empty tanks")
  }

  /// A digest of the rain of days and of all before them.
  private func history(of days: ClosedRange<JSTDay>, after past: String) throws -> String {
    try days.reduce(past) { try SHA256.hexadecimal(of: "\($0) \(archive.fingerprint(of: $1))".utf8) }
  }

  private func deleteStaleStates(of store: StateStore, coldStart: JSTDay) throws {
    var isStale = false
    try forEachState(of: store, coldStart: coldStart) { day, condition in
      let path = store.path(of: day)
      switch isStale ? .fresh : condition {
      case .fresh, .missing: break
      case .changed:
        isStale = true
        let isOurs = DerivedFile.key(in: path)?.hasPrefix(DerivedKind.state.title) ?? false
        console.note(
          isOurs
            ? "rain of \(day) or before has changed: soil water is computed anew from there"
            : "\(store.folder): states are of another version of lsmap, soil water is computed anew")
      case .damaged:
        isStale = true
        console.warn("\(path): damaged, soil water is computed anew from there")
      }
      if isStale { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  /// Calls with each stored state, in order of time, and how it stands to the rain as it is now.
  private func forEachState(
    of store: StateStore, coldStart: JSTDay, _ body: (JSTDay, DerivedFile.Condition) throws -> Void
  ) throws {
    var (next, past) = try historyStart(by: coldStart)
    for day in store.days() {
      // One before the soil water begins is of another beginning.
      past = try history(of: min(next, day)...day, after: past)
      next = day.advanced(by: 1)
      try body(day, try stateFile(of: day, past, first: coldStart, in: store).condition)
    }
  }

  /// The first day from which states must be computed for a day, where some of them would be deleted or are not there.
  ///
  /// - Parameters:
  ///   - last: Last day wanted.
  ///   - rain: Days whose rain will be imported first.
  /// - Returns: `nil` where all is there.
  /// - Throws: What reading a warm start throws.
  func firstStateMissing(through last: JSTDay, importing rain: Set<JSTDay>) throws -> JSTDay? {
    let store = try soilWaterRun(at: self.store.cells).store
    guard let first = try firstSoilWaterDay() else { return rain.min() }
    let known = Set(store.days())
    let newest = max(last, known.max() ?? last)
    var stale: JSTDay?
    try forEachState(of: store, coldStart: first) { day, condition in
      if stale == nil, day <= last, condition != .fresh { stale = day }
    }
    let missing = (first...max(first, last)).first {
      rain.contains($0) || StateStore.keeps($0, newest: newest) && !known.contains($0)
    }
    return [stale, missing].compactMap(\.self).min()
  }

  /// Whether a state is whole; a damaged one is deleted, and said.
  private func mendState(of day: JSTDay, _ run: SoilWaterRun) throws -> Bool {
    let path = run.store.path(of: day)
    guard !dailyFiles.holds(path), !Seal.isWhole(path) else { return true }
    console.warn("\(path): damaged, soil water of \(day) is computed anew")
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw RasterError.cannotWrite(path: path, reason: systemReason())
    }
    return false
  }

  /// The day of the stored state that soil water of a day goes on from; `nil` for empty tanks.
  func stateBefore(_ day: JSTDay) throws -> JSTDay? {
    guard let first = try firstSoilWaterDay(), first <= day else { return nil }
    return try soilWaterRun(at: store.cells).store.latest(in: first.advanced(by: -1)...day.advanced(by: -1))
  }

  /// Computes the state that days will go on from anew where its file is damaged.
  func mendStates(before day: JSTDay, first: JSTDay) throws {
    let run = try soilWaterRun(at: store.cells)
    guard let latest = try stateBefore(day) else { return }
    // Of parts and areas side by side one mends, the others find it mended.
    try mendingStates.withLock { _ in
      if try !mendState(of: latest, run) {
        try makeWarmState()
        if first <= latest { _ = try states(through: latest) }
      }
    }
  }

  static let historyTag = "LSMAP_HISTORY"
}

private let mendingStates = Mutex<Void>(())

extension RainArchive {
  /// The digest of a day's sources; `none` where the archive lacks the day.
  func fingerprint(of day: JSTDay) throws(RasterError) -> String {
    guard FileManager.default.fileExists(atPath: path(of: day)) else { return "none" }
    return try LayerFile.tags(of: path(of: day))[DerivedFile.keyTag] ?? "unknown"
  }
}
