import Foundation
import Mesh

extension Project {
  /// The files of the workspace that a run rests on, as they are now, with what they say they were made from.
  ///
  /// - Parameters:
  ///   - rain: What the run is about.
  ///   - fits: Files that held the fits of past rain.
  ///   - windowHours: Of the network.
  /// - Returns: Rain of the days shown and the state that they go on from, then ground and records of each part, and the fits.
  /// - Throws: What reading rain and a warm start throws.
  func usedFiles(of rain: RunRain, fits: [String], windowHours: Int) throws -> [Manifest.DerivedFile] {
    let horizon = rain.horizon
    let first = horizon.validTimes.first ?? horizon.end
    let days = Array(first.advanced(by: -windowHours).day...horizon.day)
    var used = days.map { (DerivedKind.rainDay, archive.path(of: $0)) }
    if let day = try stateBefore(days[0]) { used.append((.state, try soilWaterRun().store.path(of: day))) }
    for part in parts() {
      used.append((.staticStack, part.workspace.staticStack))
      used.append((.survivedRecord, RecordFile.path(of: first.day.advanced(by: -1), in: part.workspace.records)))
    }
    used += fits.sorted().map { (.fit, $0) }
    return used.compactMap { kind, path in
      guard FileManager.default.fileExists(atPath: path), let key = DerivedFile.key(in: path) else { return nil }
      return Manifest.DerivedFile(what: kind.title, path: workspace.shortPath(of: path), key: key)
    }
  }
}
