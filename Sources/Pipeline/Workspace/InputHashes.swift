import Foundation
package import Rasters
import Statistics

/// SHA-256 of input files, remembered by what the system says of them so that a daily run does not read gigabytes again.
///
/// The time of change (`ctime`) cannot be set back as that of modification can: tools that keep the latter give themselves away.
package struct InputHashes: Sendable {
  package struct Entry: Codable, Sendable, Equatable {
    package let bytes: Int
    /// Modification and change as seconds and nanoseconds, and the number of the file.
    let stamp: String
    package let sha256: String
  }

  private let path: String
  private var entries: [String: Entry]

  /// - Parameter path: The file that remembers; absent or damaged, everything is hashed anew.
  package init(rememberedIn path: String) {
    self.path = path
    let data = try? PlainFile.contents(path)
    entries = data.flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) } ?? [:]
  }

  /// The digest of a file. A virtual path (`/vsi...`) or a folder is known by its name only.
  package mutating func entry(of file: String) throws(RasterError) -> Entry {
    guard let stamp = FileStamp.ofRegularFile(file) else {
      guard file.hasPrefix("/vsi") || FileManager.default.fileExists(atPath: file) else { throw .notFound(path: file) }
      try PlainFile.refusePipes(file)
      return Entry(bytes: 0, stamp: "", sha256: SHA256.hexadecimal(of: file.utf8))
    }
    if let known = entries[file], known.bytes == stamp.bytes, known.stamp == stamp.text { return known }
    let entry = Entry(bytes: stamp.bytes, stamp: stamp.text, sha256: try sha256(ofFile: file))
    entries[file] = entry
    return entry
  }

  package func save() throws { try writeAtomically(try JSONText.data(entries), to: path) }
}

/// SHA-256 of a regular file's bytes, 64 hexadecimal digits.
package func sha256(ofFile path: String) throws(RasterError) -> String {
  var hash = SHA256()
  try PlainFile.forEachPiece(of: path) { hash.update($0) }
  return hash.hexadecimal
}

/// The path from the root, without `.` and `..`; a virtual one stays as it is.
func absolutePath(of path: String) -> String {
  path.hasPrefix("/vsi") ? path : URL(fileURLWithPath: path).standardizedFileURL.path
}
