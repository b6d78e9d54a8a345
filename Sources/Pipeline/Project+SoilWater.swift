import Foundation
package import Mesh
import Rasters
package import SoilWater

extension Project {
  /// The tanks as the catalogue wants them.
  package func soilWaterRun() throws -> SoilWaterRun {
    let tanks = try TankParameters.nationwide.stepping(minutes: catalogue.soilWater.stepMinutes)
    let field = TankField(parameters: tanks, spinUpDays: catalogue.soilWater.spinUpDays, threads: threads)
    return SoilWaterRun(grid: grid, field: field, stateFolder: workspace.states)
  }

  /// Brings the stored states up to a day.
  ///
  /// States whose rain has changed since, and all after them, are deleted first.
  ///
  /// - Parameter last: Last day wanted.
  /// - Returns: What was done; tanks start empty on the first day of the archive, unless there is a warm start.
  /// - Throws: `PredictionError` when the soil water begins after `last`.
  package func states(through last: JSTDay) throws -> SoilWaterRun.Summary {
    let archive = self.archive
    let run = try soilWaterRun()
    try deleteStaleStates(of: run.store)
    let first = try soilWaterStart(by: last)
    let warm = try warmStart()
    let console = console
    console.begin("soil water of \(area.name), through \(last)")
    let all = Double(first.distance(to: last) + 1)
    return try run.run(
      first...last, coldStart: first, rain: { try archive.rain(of: $0, on: grid) },
      tags: { try stateTags(of: $0, warm) },
      onDay: { record, _ in console.progress(Double(first.distance(to: record.day ?? last) + 1) / all) })
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
      keepingHours: days.contains,
      rain: rain,
      onDay: { record, state in
        if let day = record.day, days.contains(day) { try onDay(record, state) }
      })
  }

  /// The first day whose soil water can be computed.
  ///
  /// - Parameter day: A day wanted.
  /// - Throws: `PredictionError` when that is later than the day.
  func soilWaterStart(by day: JSTDay) throws -> JSTDay {
    guard let first = try firstSoilWaterDay() else { throw PredictionError.noRain(day: day, archive: archive.folder) }
    guard first <= day else {
      throw try warmStart() == nil
        ? PredictionError.noRain(day: day, archive: archive.folder)
        : PredictionError.beforeWarmStart(day: day, first: first, path: workspace.warmStart)
    }
    return first
  }

  private func deleteStaleStates(of store: StateStore) throws {
    var isStale = false
    let warm = try warmStart()
    for day in store.days() {
      if !isStale {
        let tags = try? LayerFile.tags(of: store.path(of: day))
        isStale = try tags?[Self.rainTag] != archive.fingerprint(of: day) || tags?[WarmStart.sourceTag] != warm?.source
        if isStale { console.note("rain or start of \(day) has changed: soil water is computed anew from there") }
      }
      if isStale { try? FileManager.default.removeItem(atPath: store.path(of: day)) }
    }
  }

  static let rainTag = "LSMAP_RAIN"
}

extension RainArchive {
  /// The digest of a day's sources; `none` where the archive lacks the day.
  func fingerprint(of day: JSTDay) throws(RasterError) -> String {
    guard FileManager.default.fileExists(atPath: path(of: day)) else { return "none" }
    return try LayerFile.tags(of: path(of: day))[fingerprintTag] ?? "unknown"
  }
}
