import Foundation
import Rasters

/// Keeps processes that work on one workspace out of each other's way: one changes rain and soil water, or any number read
/// them, so that no run mixes the rain of before and after an import.
///
/// A lock of the system on a file of the workspace, not the file's presence: it ends with its process, whatever becomes of
/// that, and knows no process numbers that another could have by now. Containers and hosts that see the same file share it,
/// where the file system passes locks on (NFS does). What the file says is for those who wait.
final class WorkspaceLock {
  enum Use {
    case reading
    case changing

    fileprivate var operation: Int32 { self == .reading ? LOCK_SH : LOCK_EX }
  }

  private let path: String
  private let console: Console
  private var descriptor: Int32
  private var use = Use.reading

  /// Waits until nobody is in the way, and says so.
  ///
  /// - Parameters:
  ///   - folder: The workspace; it is made.
  ///   - use: What it is wanted for.
  ///   - console: Told of a wait, and of a file system without locks, on which the run goes on.
  /// - Throws: `cannotWrite`.
  init(_ folder: String, for use: Use, telling console: Console) throws(RasterError) {
    try makeFolder(folder)
    path = (folder as NSString).appendingPathComponent("lock")
    self.console = console
    // Written to by whom it is for alone; a lock for changing asks for that on NFS.
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    take(use)
  }

  /// Lets others read from now on.
  func onlyRead() { take(.reading) }

  /// Ends it; ended a second time, nothing happens.
  func release() {
    guard descriptor >= 0 else { return }
    if use == .changing { tell("") }
    close(descriptor)
    descriptor = -1
  }

  deinit { release() }

  private func take(_ use: Use) {
    while flock(descriptor, use.operation | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        console.warn(
          "\(path): \(systemReason()): nothing keeps a second run from changing the workspace under this one")
        return
      }
      if errno == EWOULDBLOCK {
        console.note("waiting for \(holder): \(path)")
        _ = flock(descriptor, use.operation)
      }
    }
    self.use = use
    tell(
      use == .reading
        ? "runs that read rain and soil water"
        : "process \(getpid()) of \(Self.host), which changes rain and soil water since \(Date().ISO8601Format())")
  }

  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private var holder: String {
    var bytes = [UInt8](repeating: 0, count: 300)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    return text.isEmpty ? "another run" : text
  }

  /// Says in the file who holds it, for those who wait; that it cannot be said stops nobody.
  private func tell(_ text: String) {
    _ = ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }
}

extension Project {
  func lock(for use: WorkspaceLock.Use) throws(RasterError) -> WorkspaceLock {
    try WorkspaceLock(workspace.folder, for: use, telling: console)
  }

  /// Does work that changes rain or soil water, while no other process reads or changes them.
  package func changingWorkspace<Result>(_ work: () throws -> Result) throws -> Result {
    let lock = try lock(for: .changing)
    defer { lock.release() }
    return try work()
  }
}
