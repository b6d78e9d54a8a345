import Foundation
package import Mesh
import Rasters
package import SoilWater

extension Project {
  /// The days of the archive that may enter a climatology.
  ///
  /// The catalogue's reference period if it names one; else every day before the one that is scored. Days on which the
  /// tanks were still spinning up are left out by the fit itself.
  private func referenceRange(for day: JSTDay) throws -> ClosedRange<JSTDay> {
    guard let first = archive.days().first else { throw PredictionError.noRain(day: day, archive: archive.folder) }
    guard let reference = catalogue.reference else { return min(first, day)...max(first, day.advanced(by: -1)) }
    return max(first, reference.first)...max(first, reference.last)
  }

  /// What past rain says about a day: never fitted on the day itself (METHOD 2.6).
  ///
  /// - Parameter day: The day to be scored.
  /// - Returns: The climatology of the project's grid.
  /// - Throws: What reading rain and states throws, `SoilWaterError`.
  package func climatology(for day: JSTDay) throws -> Climatology {
    if let fitted = try storedClimatology(for: day) { return fitted }
    let range = try referenceRange(for: day)
    let reference =
      catalogue.reference.map { ReferenceDays.excluding(around: day, margin: $0.leaveOutDays) } ?? .before(day)
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
  private func storedClimatology(for day: JSTDay) throws -> Climatology? {
    let path = workspace.climatology
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let fitted = try ClimatologyFile.read(path, parameters: try soilWaterRun().field.parameters)
    guard !fitted.hasSeen(day), fitted.units.grid.contains(grid) else {
      console.note("\(path) was fitted on \(day) itself or elsewhere: fitting without it")
      return nil
    }
    return fitted
  }
}
