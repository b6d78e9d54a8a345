/// What `lsmap hindcast verify` found.
package struct HindcastVerification: Codable, Sendable, Equatable {
  package let runs: Int
  package let merged: Int

  package var words: String { "\(runs) run folders and \(merged) merged ones as they were written" }
}

extension HindcastPlan {
  /// Hashes every run folder and merged folder again.
  ///
  /// - Parameters:
  ///   - path: The plan's file, for errors.
  ///   - console: Told every step.
  /// - Returns: How many were checked.
  /// - Throws: `HindcastError.unfinished`; `HindcastError.otherRun` for a folder of another plan or run; `ManifestError` for one that
  ///   is not as written.
  package func verify(path: String, console: Console) throws -> HindcastVerification {
    let left = tasks.map(\.index).filter { record(of: $0)?.state != .done }
    guard left.isEmpty else { throw HindcastError.unfinished(plan: path, tasks: indexRanges(left)) }
    let runs = tasks.flatMap { record(of: $0.index)?.runs ?? [] }
    console.begin("hashing \(runs.count) run folders")
    for (place, run) in runs.enumerated() {
      _ = try Pipeline.verify(run.folder)
      guard try Manifest.read(run.folder).manifestSHA256 == run.manifest else {
        throw HindcastError.otherRun(folder: run.folder, plan: path)
      }
      console.progress(Double(place + 1) / Double(runs.count))
    }
    let folders = try mergedFolders(of: runs)
    for folder in folders {
      let manifest = try MergedManifest.read(folder)
      guard manifest.plan == planSHA256 else { throw HindcastError.otherRun(folder: folder, plan: path) }
      let found = try MergedManifest.sums(of: folder)
      let wrong = Set(found.keys).union(manifest.files.keys).filter { found[$0] != manifest.files[$0] }
      guard wrong.isEmpty else { throw ManifestError.differs(folder: folder, files: wrong.sorted()) }
    }
    console.end()
    return HindcastVerification(runs: runs.count, merged: folders.count)
  }
}
