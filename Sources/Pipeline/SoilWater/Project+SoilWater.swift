import Foundation
package import Mesh
import Rasters
import Statistics
package import SoilWater

extension Project {
  /// The tanks as the catalogue wants them.
  ///
  /// - Parameter cells: Where they are run; all cells of the project's grid when `nil`.
  /// - Returns: The run, on the project's states.
  /// - Throws: `SoilWaterError.badParameter`.
  package func soilWaterRun(at cells: CellSet? = nil) throws -> SoilWaterRun {
    let tanks = try catalogue.physics.tanks()
    let field = TankField(parameters: tanks, spinUpDays: catalogue.physics.spinUpDays, threads: threads)
    return SoilWaterRun(cells: cells ?? CellSet(grid), field: field, stateFolder: workspace.states)
  }

  /// Brings the stored states up to a day.
  ///
  /// States whose rain has changed since, and all after them, are deleted first; so are all where the archive now begins
  /// on another day.
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
    precondition(workspace.part == nil, "states are those of the whole area")
    let archive = self.archive
    let cells = workingCells
    let run = try soilWaterRun(at: cells)
    let first = try soilWaterStart(by: last)
    try deleteStaleStates(of: run.store, coldStart: first)
    try makeWarmState()
    let console = console
    console.begin("soil water of \(area.name), through \(last)")
    let all = Double(first.distance(to: last) + 1)
    return try run.run(
      first...last, coldStart: first, keepingHours: keepingHours,
      rain: { try archive.rain(of: $0, at: cells, threads: threads) },
      tags: { try stateTags(of: $0, first: first, in: run.store) },
      onDay: { record, state in
        try onDay(record, state)
        console.progress(Double(first.distance(to: record.day ?? last) + 1) / all)
      })
  }

  /// Computes days from the stored state before them, with their hourly fields; the states stay as they are.
  ///
  /// - Parameters:
  ///   - days: The days.
  ///   - rain: The hours of a day on the project's grid, mm.
  ///   - onDay: Gets each day and the state at its end.
  /// - Throws: What reading throws, and what `onDay` throws.
  package func replay(
    _ days: ClosedRange<JSTDay>, rain: (JSTDay) throws -> LayerStack<Float>?,
    onDay: (SoilWaterDay, SoilWaterState) throws -> Void
  ) throws {
    let first = try soilWaterStart(by: days.upperBound)
    _ = try soilWaterRun().run(
      max(days.lowerBound, first)...days.upperBound, coldStart: first, continuation: .beforeRange, storing: false,
      keepingHours: days.contains, rain: rain,
      onDay: { record, state in
        if let day = record.day, days.contains(day) { try onDay(record, state) }
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
    var tags = [
      Self.rainTag: try archive.fingerprint(of: day), Self.startTag: "\(first)",
      Self.historyTag: try history(of: day, in: store),
    ]
    tags[WarmStart.sourceTag] = try warmStart()?.source
    return tags
  }

  /// A digest of all rain that is in the tanks at the end of a day; the state of the day before is stored.
  func history(of day: JSTDay, in store: StateStore) throws -> String {
    let before = store.path(of: day.advanced(by: -1))
    let past = FileManager.default.fileExists(atPath: before) ? try LayerFile.tags(of: before)[Self.historyTag] : nil
    let start = try past ?? warmStart()?.source ?? "empty tanks"
    return SHA256.hexadecimal(of: "\(start) \(try archive.fingerprint(of: day))".utf8)
  }

  private func deleteStaleStates(of store: StateStore, coldStart: JSTDay) throws {
    var isStale = false
    let warm = try warmStart()
    for day in store.days() {
      if !isStale {
        let tags = try? LayerFile.tags(of: store.path(of: day))
        isStale =
          try tags?[Self.rainTag] != archive.fingerprint(of: day) || tags?[Self.startTag] != "\(coldStart)"
          || tags?[WarmStart.sourceTag] != warm?.source
        if isStale { console.note("rain of \(day) or before has changed: soil water is computed anew from there") }
      }
      if isStale { try? FileManager.default.removeItem(atPath: store.path(of: day)) }
    }
  }

  static let rainTag = "LSMAP_RAIN"
  /// The day on which the tanks began empty.
  static let startTag = "LSMAP_START"
  static let historyTag = "LSMAP_HISTORY"
}

extension RainArchive {
  /// The digest of a day's sources; `none` where the archive lacks the day.
  func fingerprint(of day: JSTDay) throws(RasterError) -> String {
    guard FileManager.default.fileExists(atPath: path(of: day)) else { return "none" }
    return try LayerFile.tags(of: path(of: day))[fingerprintTag] ?? "unknown"
  }
}
