import CGDAL
import CKernels
package import Foundation

/// Writes bytes under a temporary name in the same folder, then syncs and renames them: readers see all of it or nothing.
///
/// - Parameters:
///   - bytes: The whole file.
///   - path: Where it shall be; its folder is made.
/// - Throws: `cannotWrite`; no file is left then.
package func writeAtomically(_ bytes: Data, to path: String) throws(RasterError) {
  let draft = try Draft(in: (path as NSString).deletingLastPathComponent)
  let temporary = draft.path((path as NSString).lastPathComponent)
  let outcome: Result<Void, RasterError> = bytes.withUnsafeBytes { bytes in
    Result { () throws(RasterError) in try write(bytes, to: temporary, reportedAs: path) }
  }
  try outcome.get()
  try place(temporary, at: path, replacing: false)
  // Class names of a GeoTIFF stand in a file of GDAL's beside it; one of an earlier file must not stay.
  unlink(path + sideEnding)
}

/// Lets GDAL make a file in memory and then writes it as `writeAtomically` does: libraries tell of a full disk late, on another
/// thread or not at all, and ours are the only bytes that reach it.
///
/// - Parameters:
///   - path: Where it shall be; its folder is made.
///   - make: Makes the file, closed, at the path in memory that it is given.
/// - Throws: What `make` throws, or `cannotWrite`; no file is left then.
package func writeThroughMemory(
  to path: String, _ make: (_ memory: String) throws(RasterError) -> Void
) throws(RasterError) {
  prepareGDAL()
  let folder = "/vsimem/\(UUID().uuidString)"
  let memory = folder + "/" + (path as NSString).lastPathComponent
  defer { VSIRmdirRecursive(folder) }
  try make(memory)
  let draft = try Draft(in: (path as NSString).deletingLastPathComponent)
  for ending in ["", sideEnding] {
    var length: vsi_l_offset = 0
    guard let bytes = VSIGetMemFileBuffer(memory + ending, &length, 0) else { continue }
    try write(
      UnsafeRawBufferPointer(start: bytes, count: Int(length)), to: draft.path("file" + ending), reportedAs: path)
  }
  try place(draft.path("file"), at: path, replacing: false)
  if rename(draft.path("file" + sideEnding), path + sideEnding) != 0 { unlink(path + sideEnding) }
}

/// `writeThroughMemory` for a library that opens only files of the system: one that the kernel keeps in memory, by its name among
/// the open files. On a full disk HDF5 would crash while it closes its file.
///
/// - Parameters:
///   - path: Where the file shall be; its folder is made.
///   - make: Makes the file, closed, at the path that it is given.
/// - Throws: What `make` throws, or `cannotWrite`; no file is left then.
func writeThroughSystemMemory(
  to path: String, _ make: (_ memory: String) throws(RasterError) -> Void
) throws(RasterError) {
  let descriptor = lsmap_memory_file()
  guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  try make("/proc/self/fd/\(descriptor)")
  let bytes: Data
  do { bytes = try FileHandle(fileDescriptor: descriptor).readToEnd() ?? Data() } catch {
    throw .cannotWrite(path: path, reason: systemReason())
  }
  try writeAtomically(bytes, to: path)
}

/// What GDAL puts behind the name of a raster for what the raster's own format has no room for.
private let sideEnding = ".aux.xml"

/// Renames a file or folder; one that it replaces changes places with it in one step.
package func place(_ temporary: String, at path: String, replacing replaces: Bool) throws(RasterError) {
  let failed = replaces ? lsmap_exchange(temporary, path) : rename(temporary, path)
  guard failed == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// Makes a folder and those above it.
package func makeFolder(_ folder: String) throws(RasterError) {
  guard !folder.isEmpty else { return }
  do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
    throw .cannotWrite(path: folder, reason: systemReason())
  }
}

/// Writes a new file and forces its bytes to the disk: a full one often shows only there or on closing.
private func write(
  _ bytes: UnsafeRawBufferPointer, to temporary: String, reportedAs path: String
) throws(RasterError) {
  func failure() -> RasterError { .cannotWrite(path: path, reason: systemReason()) }
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw failure() }
  var done = 0
  while done < bytes.count {
    let count = write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      let failure = failure()
      close(descriptor)
      throw failure
    }
    done += count
  }
  let synced = fsync(descriptor) == 0 ? nil : failure()
  guard close(descriptor) == 0 else { throw failure() }
  if let synced { throw synced }
}

/// The system's words for the last failed call.
package func systemReason() -> String { String(cString: strerror(errno)) }
