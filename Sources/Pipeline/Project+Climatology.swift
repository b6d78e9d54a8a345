import Foundation
package import Mesh
import Rasters
package import SoilWater

extension Project {
  /// The days of the archive that may enter a climatology.
  ///
  /// The catalogue's reference period if it names one; else every day before the one that is scored. Days on which the
  /// tanks were still spinning up are left out by the fit itself.
  private func referenceRange(before day: JSTDay) throws -> ClosedRange<JSTDay> {
    guard let first = archive.days().first else { throw PredictionError.noRain(day: day, archive: archive.folder) }
    guard let reference = catalogue.reference else { return min(first, day)...max(first, day.advanced(by: -1)) }
    return max(first, reference.first)...max(first, reference.last)
  }

  /// What past rain says about days: never fitted on the days themselves (METHOD 2.6).
  ///
  /// - Parameter days: The days to be scored.
  /// - Returns: The climatology of the project's grid.
  /// - Throws: What reading rain and states throws, `SoilWaterError`.
  package func climatology(for days: ClosedRange<JSTDay>) throws -> Climatology {
    if let fitted = try storedClimatology(for: days) { return fitted }
    let range = try referenceRange(before: days.lowerBound)
    let reference =
      catalogue.reference.map { ReferenceDays.excluding(around: days, margin: $0.leaveOutDays) }
      ?? .before(days.lowerBound)
    let run = try soilWaterRun()
    let archive = self.archive
    var plan = SoilWaterRun.FitPlan(days: range, coldStart: archive.days().first ?? range.lowerBound)
    plan.reference = reference
    let console = console
    console.begin("past rain of \(area.name), \(range.lowerBound) to \(range.upperBound)")
    let all = Double(range.lowerBound.distance(to: range.upperBound) + 1)
    return try run.fitClimatology(
      plan, storing: false, rain: { try archive.rain(of: $0, on: grid) },
      onDay: { console.progress(Double(range.lowerBound.distance(to: $0)) / all) })
  }
  /// What `soilwater fit` stored, where it has not seen the day and lies on this grid.
  private func storedClimatology(for days: ClosedRange<JSTDay>) throws -> Climatology? {
    let path = workspace.climatology
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let fitted = try ClimatologyFile.read(path, parameters: try soilWaterRun().field.parameters)
    guard !days.contains(where: fitted.hasSeen), fitted.units.grid.contains(grid) else {
      console.note("\(path) was fitted on \(days.upperBound) itself or elsewhere: fitting without it")
      return nil
    }
    return fitted
  }
}
