import CGDAL
import CGDALCalls
package import Foundation

/// Writes bytes under a temporary name in the same folder, then syncs and renames them: readers see all of it or nothing.
///
/// - Parameters:
///   - bytes: The whole file.
///   - path: Where it shall be; its folder is made.
/// - Throws: `cannotWrite`; no file is left then.
package func writeAtomically(_ bytes: Data, to path: String) throws(RasterError) {
  let draft = try Draft(in: parentFolder(of: path))
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
///   - sealed: Whether a `Seal` follows the file.
///   - make: Makes the file, closed, at the path in memory that it is given.
/// - Throws: What `make` throws, or `cannotWrite`; no file is left then.
package func writeThroughMemory(
  to path: String, sealed: Bool = false, _ make: (_ memory: String) throws(RasterError) -> Void
) throws(RasterError) {
  prepareGDAL()
  let folder = "/vsimem/\(UUID().uuidString)"
  let memory = folder + "/" + (path as NSString).lastPathComponent
  defer { VSIRmdirRecursive(folder) }
  try make(memory)
  let draft = try Draft(in: parentFolder(of: path))
  for ending in ["", sideEnding] {
    var length: vsi_l_offset = 0
    guard let bytes = VSIGetMemFileBuffer(memory + ending, &length, 0) else { continue }
    let content = UnsafeRawBufferPointer(start: bytes, count: Int(length))
    let seal = sealed && ending.isEmpty ? Seal.ending(of: content) : Data()
    try write(content, Array(seal), to: draft.path("file" + ending), reportedAs: path)
  }
  try place(draft.path("file"), at: path, replacing: false)
  if rename(draft.path("file" + sideEnding), path + sideEnding) != 0 { unlink(path + sideEnding) }
}

/// `writeThroughMemory` for a library that opens only files of the system. On a full disk HDF5 crashes while it closes its file:
/// it works where there is room for all, in shared memory or else on the disk.
///
/// - Parameters:
///   - path: Where the file shall be; its folder is made.
///   - size: The most bytes it can have.
///   - make: Makes the file, closed, at the path that it is given.
/// - Throws: What `make` throws, or `cannotWrite`; no file is left then.
func writeThroughRoomyFolder(
  to path: String, size: Int, _ make: (_ temporary: String) throws(RasterError) -> Void
) throws(RasterError) {
  let folder = parentFolder(of: path)
  try makeFolder(folder)
  guard let roomy = ["/dev/shm", folder.isEmpty ? "." : folder].first(where: { freeBytes(in: $0) > size }) else {
    throw .cannotWrite(path: path, reason: String(cString: strerror(ENOSPC)))
  }
  let draft = try Draft(in: roomy)
  let temporary = draft.path((path as NSString).lastPathComponent)
  try make(temporary)
  try writeAtomically(PlainFile.contents(temporary), to: path)
}

/// Bytes that a folder has room for; 0 where it is none that can be written to.
private func freeBytes(in folder: String) -> Int {
  var status = statvfs()
  guard access(folder, W_OK) == 0, statvfs(folder, &status) == 0 else { return 0 }
  return Int(clamping: status.f_bavail) * Int(clamping: status.f_frsize)
}

/// What GDAL puts behind the name of a raster for what the raster's own format has no room for.
private let sideEnding = ".aux.xml"

/// Renames a file or folder; one that it replaces changes places with it in one step.
package func place(_ temporary: String, at path: String, replacing replaces: Bool) throws(RasterError) {
  let failed = replaces ? lsmap_exchange(temporary, path) : rename(temporary, path)
  guard failed == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// The folder that a path lies in: empty for a bare name. Foundation's own traps on names of one character.
package func parentFolder(of path: String) -> String {
  let trimmed = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
  guard let slash = trimmed.lastIndex(of: "/") else { return "" }
  return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
}

/// Makes a folder and those above it.
package func makeFolder(_ folder: String) throws(RasterError) {
  guard !folder.isEmpty else { return }
  do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
    throw .cannotWrite(path: folder, reason: systemReason())
  }
}

/// Writes a new file in two pieces and forces its bytes to the disk: a full one often shows only there or on closing.
private func write(
  _ bytes: UnsafeRawBufferPointer, _ ending: [UInt8] = [], to temporary: String, reportedAs path: String
) throws(RasterError) {
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  var isWhole = descriptor >= 0 && writeAll(bytes, to: descriptor)
  isWhole = isWhole && ending.withUnsafeBytes { writeAll($0, to: descriptor) } && fsync(descriptor) == 0
  let reason = systemReason()
  guard descriptor < 0 || close(descriptor) == 0 || !isWhole else {
    throw .cannotWrite(path: path, reason: systemReason())
  }
  guard isWhole else { throw .cannotWrite(path: path, reason: reason) }
}

private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// The system's words for the last failed call.
package func systemReason() -> String { String(cString: strerror(errno)) }
