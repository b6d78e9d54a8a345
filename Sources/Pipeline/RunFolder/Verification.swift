import Foundation
import Rasters

/// What `lsmap verify` found: every output hashed again and compared with the manifest.
package struct Verification: Codable, Sendable {
  package let folder: String
  package let filesChecked: Int
  /// Input files that are gone or have changed since; the outputs are still what they were.
  package let inputsChanged: [String]

  package var words: String {
    let inputs =
      inputsChanged.isEmpty
      ? "inputs as they were" : "inputs changed since: \(inputsChanged.joined(separator: ", "))"
    return "\(folder): \(filesChecked) files as written; \(inputs)"
  }
}

/// Checks a run folder against its manifest.
///
/// - Parameter folder: The run folder.
/// - Returns: What was checked.
/// - Throws: `ManifestError.differs` with the names of files that are gone or changed.
package func verify(_ folder: String) throws -> Verification {
  let manifest = try Manifest.read(folder)
  let broken = manifest.outputs.filter { file in
    (try? sha256(ofFile: (folder as NSString).appendingPathComponent(file.path))) != file.sha256
  }
  guard broken.isEmpty else { throw ManifestError.differs(folder: folder, files: broken.map(\.path)) }
  let changed = manifest.inputs.filter { $0.bytes > 0 && (try? sha256(ofFile: $0.path)) != $0.sha256 }
  return Verification(
    folder: folder, filesChecked: manifest.outputs.count, inputsChanged: changed.map(\.path))
}
