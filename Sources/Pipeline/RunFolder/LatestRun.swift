import Foundation
import Mesh
import Rasters

/// `out/AREA/latest`, a link to the run folder whose rain reaches furthest.
enum LatestRun {
  static let name = "latest"

  /// What the newest run of an area is about.
  ///
  /// - Parameter parent: The area's folder of runs.
  /// - Returns: The period that the run's folder is named by.
  /// - Throws: `ManifestError` where there is no run.
  static func period(in parent: String) throws(ManifestError) -> Period {
    let link = (parent as NSString).appendingPathComponent(name)
    let manifest = try Manifest.read(link)
    guard let day = JSTDay(manifest.date) else { throw .damaged(path: link) }
    guard let time = manifest.asOf.flatMap({ JSTHour(stated: $0) }) else { return .day(day) }
    let throughDay = Period(day: day, asOf: time)
    let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    return folder == throughDay.key ? throughDay : Period(asOf: time, forecastHours: manifest.forecastHours)
  }

  /// Points the link to a run unless it points to a later one.
  ///
  /// - Parameters:
  ///   - folder: A finished run folder.
  ///   - end: The hour that its rain ends with.
  /// - Returns: Why there is no such link; `nil` when all is well. A folder of the user's with this name is left alone.
  static func point(to folder: String, end: JSTHour) -> String? {
    let parent = (folder as NSString).deletingLastPathComponent
    let link = (parent as NSString).appendingPathComponent(name)
    let files = FileManager.default
    let target = try? files.destinationOfSymbolicLink(atPath: link)
    if target == nil, files.fileExists(atPath: link) { return "\(link): is no link of lsmap's, and was left alone" }
    if let target, let known = try? Manifest.read((parent as NSString).appendingPathComponent(target)),
      let reached = JSTHour(stated: known.validTime), reached > end
    {
      return nil
    }
    do {
      let draft = try Draft(in: parent)
      let made = draft.path(name)
      try files.createSymbolicLink(atPath: made, withDestinationPath: (folder as NSString).lastPathComponent)
      guard rename(made, link) == 0 else { throw RasterError.cannotWrite(path: link, reason: systemReason()) }
      return nil
    } catch { return "\(link): no link could be made here" }
  }
}
