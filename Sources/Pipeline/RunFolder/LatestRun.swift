import Foundation
import Mesh

/// `out/AREA/latest`, a link to the run folder whose rain reaches furthest.
enum LatestRun {
  static let name = "latest"

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
    let draft = link + ".\(UUID().uuidString)"
    do {
      try files.createSymbolicLink(atPath: draft, withDestinationPath: (folder as NSString).lastPathComponent)
    } catch { return "\(link): no link could be made here" }
    guard rename(draft, link) == 0 else {
      unlink(draft)
      return "\(link): no link could be made here"
    }
    return nil
  }
}
