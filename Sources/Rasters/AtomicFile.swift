package import Foundation
import Synchronization

/// Files that are being written under their temporary names; an interrupted run removes them.
package enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

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
  // The extension stays last: some GDAL drivers look at it.
  let temporary = (folder as NSString).appendingPathComponent(".\(ProcessInfo.processInfo.processIdentifier)-\(name)")
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
