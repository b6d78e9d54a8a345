import Foundation
import Rasters

/// What `lsmap verify` found: every output hashed again and compared with the manifest.
package struct Verification: Codable, Sendable {
  package let folder: String
  package let filesChecked: Int
  /// Input files that have changed since; the outputs are still what they were.
  package let inputsChanged: [String]
  /// Input files that are no more where they were.
  package let inputsGone: [String]
  /// Files in the folder that the run did not write and that change nothing about its layers.
  package let strangers: [String]

  package var words: String {
    let inputs = [("inputs changed since", inputsChanged), ("inputs gone", inputsGone)]
      .filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", "))" }
    let found =
      (inputs.isEmpty ? ["inputs as they were"] : inputs)
      + (strangers.isEmpty ? [] : ["not of the run: \(strangers.joined(separator: ", "))"])
    return "\(folder): \(filesChecked) files as written; \(found.joined(separator: "; "))".shown(keepingLines: false)
  }
}

/// Checks a run folder against its manifest, which is not believed either: it must fit its own checksum, name every product of a
/// run and nothing outside of the folder.
///
/// - Parameter folder: The run folder.
/// - Returns: What was checked.
/// - Throws: `ManifestError`: `differs` with the names of files that are gone, changed, missing in the list or planted;
///   `RasterError.failedDisk`.
package func verify(_ folder: String) throws -> Verification {
  let manifest = try Manifest.read(folder)
  var faults: [String] = []
  for file in manifest.outputs {
    guard isPlainName(file.path) else {
      faults.append("\(file.path) (leads out of the folder)")
      continue
    }
    if try !isAsWritten(file, at: (folder as NSString).appendingPathComponent(file.path)) { faults.append(file.path) }
  }
  let listed = Set(manifest.outputs.map(\.path))
  faults += Manifest.products(of: manifest.extent ?? .whole).filter { !listed.contains($0) }.map {
    "\($0) (missing in the manifest)"
  }
  let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  let others = present.filter { !listed.contains($0) && $0 != Manifest.fileName }.sorted()
  let planted = Set(manifest.outputs.flatMap { sideFileNames(of: $0.path) })
  faults += others.filter(planted.contains).map { "\($0) (not of the run, and GDAL would read it)" }
  guard faults.isEmpty else { throw ManifestError.differs(folder: folder, files: faults) }
  let suspects = try manifest.inputs.filter { file in
    guard file.bytes > 0 else { return false }
    return try !isAsWritten(file, at: file.path)
  }
  let isThere = { (file: Manifest.File) in FileManager.default.fileExists(atPath: file.path) }
  return Verification(
    folder: folder, filesChecked: manifest.outputs.count, inputsChanged: suspects.filter(isThere).map(\.path),
    inputsGone: suspects.filter { !isThere($0) }.map(\.path), strangers: others)
}

/// A name of a file in the folder itself.
private func isPlainName(_ path: String) -> Bool {
  !path.isEmpty && path != "." && path != ".." && !path.contains("/") && !path.contains("\0")
}

/// Whether a file has the bytes that were written; another kind of file than a regular one has not.
private func isAsWritten(_ file: Manifest.File, at path: String) throws -> Bool {
  do throws(RasterError) { return try sha256(ofFile: path) == file.sha256 } catch {
    if case .failedDisk = error { throw error }
    return false
  }
}
