package import Foundation

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
  do {
    if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  } catch {
    throw .cannotWrite(path: folder, reason: systemReason())
  }
  let name = (path as NSString).lastPathComponent
  // The extension stays last: some GDAL drivers look at it.
  let temporary = (folder as NSString).appendingPathComponent(".\(ProcessInfo.processInfo.processIdentifier)-\(name)")
  do throws(RasterError) {
    try write(temporary)
    try synchronise(temporary)
    guard rename(temporary, path) == 0 else { throw RasterError.cannotWrite(path: path, reason: systemReason()) }
  } catch {
    unlink(temporary)
    unlink(temporary + ".aux.xml")
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

/// Forces the file's bytes to the disk: a full disk often shows only here.
private func synchronise(_ path: String) throws(RasterError) {
  let descriptor = open(path, O_RDWR)
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// The system's words for the last failed call.
package func systemReason() -> String { String(cString: strerror(errno)) }
