import CGDALCalls
package import Foundation
import Synchronization

/// Files that are being written under their temporary names; an interrupted run removes them, and those of a killed one go
/// when the next run writes to the folder.
package enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])
  private static let tidied = Mutex<Set<String>>([])

  /// The hidden name under which this process fills a file or folder; the extension stays last: some GDAL drivers look at it.
  package static func temporaryPath(for name: String, in folder: String) -> String {
    (folder as NSString).appendingPathComponent(".\(ProcessInfo.processInfo.processIdentifier)-\(name)")
  }

  /// Deletes what processes that are no more have left half written in a folder; looks once a folder and process.
  package static func deleteOrphans(in folder: String) {
    guard tidied.withLock({ $0.insert(folder).inserted }) else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? [] {
      let parts = name.dropFirst().split(separator: "-", maxSplits: 1)
      guard name.hasPrefix("."), parts.count == 2, let process = Int32(parts[0]), process > 0 else { continue }
      let isGone = kill(process, 0) != 0 && errno == ESRCH
      if isGone { deleteTemporary((folder as NSString).appendingPathComponent(name)) }
    }
  }

  /// Notes a file or folder that exists only while the process runs.
  package static func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }
  package static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Deletes what is half written. Called when the process is about to end.
  package static func deleteAll() {
    paths.withLock { for path in $0 { deleteTemporary(path) } }
  }
}

/// Writes a file under a temporary name in the same folder, then syncs and renames it: readers see all of it or nothing.
///
/// - Parameters:
///   - path: Where the file shall be; its folder is made.
///   - write: Writes everything to the temporary path it is given.
/// - Throws: What `write` throws, or `cannotWrite`; no file is left then.
package func writeAtomically(
  to path: String, _ write: (_ temporary: String) throws(RasterError) -> Void
) throws(RasterError) {
  let folder = (path as NSString).deletingLastPathComponent
  try makeFolder(folder)
  let name = (path as NSString).lastPathComponent
  UnfinishedFiles.deleteOrphans(in: folder)
  let temporary = UnfinishedFiles.temporaryPath(for: name, in: folder)
  UnfinishedFiles.insert(temporary)
  defer { UnfinishedFiles.remove(temporary) }
  do throws(RasterError) {
    try write(temporary)
    try synchronise(temporary, reportedAs: path)
    guard rename(temporary, path) == 0 else { throw RasterError.cannotWrite(path: path, reason: systemReason()) }
    // Class names of a GeoTIFF stand in a file of GDAL's beside it; one of an earlier file must not stay.
    if rename(temporary + ".aux.xml", path + ".aux.xml") != 0 { unlink(path + ".aux.xml") }
  } catch {
    deleteTemporary(temporary)
    throw error
  }
}

/// Renames a file or folder; one that it replaces changes places with it in one step.
package func place(_ temporary: String, at path: String, replacing replaces: Bool) throws(RasterError) {
  let failed = replaces ? lsmap_exchange(temporary, path) : rename(temporary, path)
  guard failed == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// Writes bytes atomically.
package func writeAtomically(_ bytes: Data, to path: String) throws(RasterError) {
  try writeAtomically(to: path) { (temporary) throws(RasterError) in
    do { try bytes.write(to: URL(fileURLWithPath: temporary)) } catch {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }
}

/// Makes a folder and those above it.
package func makeFolder(_ folder: String) throws(RasterError) {
  guard !folder.isEmpty else { return }
  do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
    throw .cannotWrite(path: folder, reason: systemReason())
  }
}

/// Forces the file's bytes to the disk: a full disk often shows only here.
private func synchronise(_ temporary: String, reportedAs path: String) throws(RasterError) {
  let descriptor = open(temporary, O_RDWR)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

private func deleteTemporary(_ path: String) {
  try? FileManager.default.removeItem(atPath: path)
  unlink(path + ".aux.xml")
}

/// The system's words for the last failed call.
package func systemReason() -> String { String(cString: strerror(errno)) }
