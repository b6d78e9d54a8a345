import Foundation
package import Rasters
import Statistics

/// SHA-256 of input files, remembered by size and time of change so that a daily run does not read gigabytes again.
package struct InputHashes: Sendable {
  package struct Entry: Codable, Sendable, Equatable {
    package let bytes: Int
    package let modified: Double
    package let sha256: String
  }

  private let path: String
  private var entries: [String: Entry]

  /// - Parameter path: The file that remembers; absent or damaged, everything is hashed anew.
  package init(rememberedIn path: String) {
    self.path = path
    let data = FileManager.default.contents(atPath: path)
    entries = data.flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) } ?? [:]
  }

  /// The digest of a file. A virtual path (`/vsi...`) or a folder is known by its name only.
  package mutating func entry(of file: String) throws(RasterError) -> Entry {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let bytes = (attributes[.size] as? NSNumber)?.intValue, let date = attributes[.modificationDate] as? Date
    else {
      guard file.hasPrefix("/vsi") || FileManager.default.fileExists(atPath: file) else { throw .notFound(path: file) }
      return Entry(bytes: 0, modified: 0, sha256: SHA256.hexadecimal(of: file.utf8))
    }
    let modified = date.timeIntervalSince1970
    if let known = entries[file], known.bytes == bytes, known.modified == modified { return known }
    let entry = Entry(bytes: bytes, modified: modified, sha256: try sha256(ofFile: file))
    entries[file] = entry
    return entry
  }

  package func save() throws { try writeAtomically(try JSONText.data(entries), to: path) }
}

/// SHA-256 of a file's bytes, 64 hexadecimal digits.
package func sha256(ofFile path: String) throws(RasterError) -> String {
  guard let handle = FileHandle(forReadingAtPath: path) else { throw .notFound(path: path) }
  defer { try? handle.close() }
  var hash = SHA256()
  while true {
    let piece: Data
    do { piece = try handle.read(upToCount: 1 << 20) ?? Data() } catch {
      throw .cannotRead(path: path, reason: systemReason())
    }
    guard !piece.isEmpty else { return hash.hexadecimal }
    piece.withUnsafeBytes { hash.update($0) }
  }
}
