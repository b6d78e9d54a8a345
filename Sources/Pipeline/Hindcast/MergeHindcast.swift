import Forecasting
import Foundation
import Mesh
import Rasters

/// What merging says at its end.
package struct MergeResult: Codable, Sendable, Equatable {
  package struct Merged: Codable, Sendable, Equatable {
    package let area: String
    package let folder: String
    package let days: Int
    package let files: [String]
  }

  package let areas: [Merged]

  package var words: String {
    areas.map { "\($0.area): \($0.days) days; \($0.folder): \($0.files.joined(separator: ", "))" }.joined(
      separator: "\n")
  }
}

extension HindcastPlan {
  /// Joins the run folders of each area: maxima of each year, days at each level, and a dated stack a year.
  ///
  /// - Parameters:
  ///   - path: The plan's file, for errors.
  ///   - console: Told every step.
  /// - Returns: What was written, in `OUT/AREA/hindcast-FROM--TO`.
  /// - Throws: `HindcastError.unfinished`, or what reading and writing throws.
  package func merge(path: String, console: Console) throws -> MergeResult {
    let left = tasks.map(\.index).filter { !isDone($0) }
    guard left.isEmpty else { throw HindcastError.unfinished(plan: path, tasks: indexRanges(left)) }
    let runs = tasks.flatMap { record(of: $0.index)?.runs ?? [] }
    return MergeResult(
      areas: try byArea(runs).map { folder, runs in
        console.begin("merging \(runs.count) days of \(folder)")
        return try merge(runs.sorted { $0.folder < $1.folder }, in: folder, console: console)
      })
  }

  /// The folders that merging makes of runs, those of them that are there.
  func mergedFolders(of runs: [HindcastTaskRecord.Run]) throws -> [String] {
    try byArea(runs).compactMap { folder, runs in
      let path = try mergedFolder(of: runs, in: folder)
      return FileManager.default.fileExists(atPath: path) ? path : nil
    }
  }

  /// Runs by the folder of their area, in the order of the folders.
  private func byArea(
    _ runs: [HindcastTaskRecord.Run]
  ) -> [(folder: String, runs: [HindcastTaskRecord.Run])] {
    Dictionary(grouping: runs) { ($0.folder as NSString).deletingLastPathComponent }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func mergedFolder(of runs: [HindcastTaskRecord.Run], in folder: String) throws(HindcastError) -> String {
    var days: [JSTDay] = []
    for run in runs { days.append(try day(of: run, path: folder)) }
    guard let first = days.min(), let last = days.max() else { throw .noPlan(path: folder) }
    return "\(folder)/hindcast-\(first)--\(last)"
  }

  private func merge(
    _ runs: [HindcastTaskRecord.Run], in folder: String, console: Console
  ) throws -> MergeResult.Merged {
    let run = try RunFolder(at: try mergedFolder(of: runs, in: folder), overwrite: true)
    var joined: HindcastLayers?
    var year: HindcastYear?
    for (place, entry) in runs.enumerated() {
      let read = try HindcastDay(entry.folder, try day(of: entry, path: folder))
      var layers = joined ?? HindcastLayers(read.grid)
      layers.add(read)
      joined = layers
      if year?.number != read.day.date.year {
        try year?.write(to: run)
        year = HindcastYear(read.day.date.year, read.grid)
      }
      year?.add(read)
      console.progress(Double(place + 1) / Double(runs.count))
    }
    try year?.write(to: run)
    try joined?.write(to: run, tags: ["LSMAP_VERSION": ToolVersion.text])
    let manifest = try MergedManifest(plan: planSHA256, runs: runs, in: run.temporary)
    try writeAtomically(try JSONText.data(manifest), to: run.file(MergedManifest.fileName))
    let path = run.path
    try run.publish()
    return MergeResult.Merged(
      area: (folder as NSString).lastPathComponent, folder: path, days: runs.count, files: manifest.files.keys.sorted())
  }

  private func day(of run: HindcastTaskRecord.Run, path: String) throws(HindcastError) -> JSTDay {
    guard let day = JSTDay((run.folder as NSString).lastPathComponent) else {
      throw .otherRun(folder: run.folder, plan: path)
    }
    return day
  }
}

/// What a merged folder was made from and holds.
struct MergedManifest: Codable, Equatable {
  let plan: String
  let runs: [HindcastTaskRecord.Run]
  let files: [String: String]

  static let fileName = "hindcast.json"

  init(plan: String, runs: [HindcastTaskRecord.Run], in folder: String) throws {
    (self.plan, self.runs) = (plan, runs)
    files = try Self.sums(of: folder)
  }

  /// - Throws: `ManifestError` where there is none, or a damaged one.
  static func read(_ folder: String) throws(ManifestError) -> MergedManifest {
    guard let data = try? PlainFile.contents("\(folder)/\(fileName)") else { throw .absent(folder: folder) }
    guard let manifest = try? JSONDecoder().decode(MergedManifest.self, from: data) else {
      throw .damaged(path: "\(folder)/\(fileName)")
    }
    return manifest
  }

  /// SHA-256 of every file but the manifest.
  static func sums(of folder: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != fileName }
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try sha256(ofFile: "\(folder)/\($0)")) })
  }
}
