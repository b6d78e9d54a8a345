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
    let tanks = try TankParameters.nationwide.stepping(minutes: catalogue.soilWater.stepMinutes)
    let field = TankField(parameters: tanks, spinUpDays: catalogue.soilWater.spinUpDays, threads: threads)
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
  /// - Returns: What was done; the first day of the archive is the cold start.
  /// - Throws: `PredictionError.noRain` when the archive has no day before or at `last`.
  package func states(
    through last: JSTDay, keepingHours: (JSTDay) -> Bool = { _ in false },
    onDay: (SoilWaterDay, SoilWaterState) throws -> Void = { _, _ in }
  ) throws -> SoilWaterRun.Summary {
    let archive = self.archive
    guard let first = archive.days().first, first <= last else {
      throw PredictionError.noRain(day: last, archive: archive.folder)
    }
    let cells = workingCells
    let run = try soilWaterRun(at: cells)
    try deleteStaleStates(of: run.store, coldStart: first)
    let console = console
    console.begin("soil water of \(area.name), through \(last)")
    let all = Double(first.distance(to: last) + 1)
    return try run.run(
      first...last, coldStart: first, keepingHours: keepingHours,
      rain: { try archive.rain(of: $0, at: cells, threads: threads) },
      tags: { day in
        [
          Self.rainTag: try archive.fingerprint(of: day), Self.startTag: "\(first)",
          Self.historyTag: try history(of: day, in: run.store),
        ]
      },
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
    let archive = self.archive
    guard let first = archive.days().first else {
      throw PredictionError.noRain(day: days.lowerBound, archive: archive.folder)
    }
    _ = try soilWaterRun().run(
      days, coldStart: first, continuation: .beforeRange, storing: false, keepingHours: days.contains,
      rain: rain,
      onDay: { record, state in
        if let day = record.day, days.contains(day) { try onDay(record, state) }
      })
  }

  /// A digest of all rain that is in the tanks at the end of a day; the state of the day before is stored.
  func history(of day: JSTDay, in store: StateStore) throws -> String {
    let before = store.path(of: day.advanced(by: -1))
    let past = FileManager.default.fileExists(atPath: before) ? try LayerFile.tags(of: before)[Self.historyTag] : nil
    return SHA256.hexadecimal(of: "\(past ?? "empty tanks") \(try archive.fingerprint(of: day))".utf8)
  }

  private func deleteStaleStates(of store: StateStore, coldStart: JSTDay) throws {
    var isStale = false
    for day in store.days() {
      if !isStale {
        let tags = try? LayerFile.tags(of: store.path(of: day))
        let start = tags?[Self.startTag]
        isStale = try tags?[Self.rainTag] != archive.fingerprint(of: day) || start != "\(coldStart)"
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
