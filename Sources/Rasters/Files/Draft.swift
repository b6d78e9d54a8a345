import Foundation
import Synchronization

/// A hidden folder in which a file or folder is made before it takes its place beside it.
///
/// Its name is random, and a lock (`flock`) is held on it as long as its process lives, in whatever container that is. Who tidies
/// up takes the lock first and cannot where somebody still works; where locks do not work, nothing is tidied.
package struct Draft: ~Copyable {
  package let folder: String
  private let descriptor: Int32
  /// The parent and those above it that were made for this draft, the deepest first.
  private let madeFolders: [String]

  /// - Parameter parent: Where the finished thing will stand; it is made. What processes that are no more left there goes.
  /// - Throws: `cannotWrite`.
  package init(in parent: String) throws(RasterError) {
    let parent = parent.isEmpty ? "." : parent
    var missing: [String] = []
    var above = parent
    while !above.isEmpty, !FileManager.default.fileExists(atPath: above) {
      missing.append(above)
      above = parentFolder(of: above)
    }
    try makeFolder(parent)
    UnfinishedFiles.deleteOrphans(in: parent)
    while true {
      let name = UnfinishedFiles.prefix + String(UInt64.random(in: .min ... .max), radix: 16)
      let path = (parent as NSString).appendingPathComponent(name)
      // Noted before it exists: an interruption in between finds it.
      UnfinishedFiles.insert(path)
      if mkdir(path, 0o777) == 0 {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let (code, reason) = (errno, systemReason())
        var status = stat()
        // Between the two calls somebody may have taken it for an orphan.
        if opened >= 0, flock(opened, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK, fstat(opened, &status) == 0,
          status.st_nlink > 0
        {
          folder = path
          descriptor = opened
          madeFolders = missing
          return
        }
        if opened >= 0 { close(opened) }
        rmdir(path)
        UnfinishedFiles.remove(path)
        // A disk that fails, or no descriptor left: another name would not help.
        guard opened >= 0 || code == ENOENT else { throw .cannotWrite(path: parent, reason: reason) }
      } else {
        let (code, reason) = (errno, systemReason())
        UnfinishedFiles.remove(path)
        // Who made the parent for a draft of its own may just have deleted it.
        if code == ENOENT {
          try makeFolder(parent)
        } else if code != EEXIST {
          throw .cannotWrite(path: parent, reason: reason)
        }
      }
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
    close(descriptor)
    UnfinishedFiles.remove(folder)
    // Only empty ones go: a run that failed leaves no folder behind.
    for folder in madeFolders { rmdir(folder) }
  }

  /// A path inside.
  package func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
}

/// The drafts of this process; an interrupted run removes them, and those of a killed one go when the next run writes to the
/// folder.
package enum UnfinishedFiles {
  static let prefix = ".lsmap-"
  private static let paths = Mutex<Set<String>>([])
  private static let tidied = Mutex<Set<String>>([])

  static func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }
  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Deletes the drafts in a folder that no process works on; looks once a folder and process.
  static func deleteOrphans(in folder: String) {
    guard tidied.withLock({ $0.insert(folder).inserted }) else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
      let path = (folder as NSString).appendingPathComponent(name)
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  /// Deletes what is half written and ends the process; nobody can begin a draft in between.
  package static func deleteAll(andThen end: () -> Never) -> Never {
    paths.withLock { paths in
      // Workers go on writing while a folder is emptied: until nothing is left.
      for _ in 0..<50 {
        for path in paths { try? FileManager.default.removeItem(atPath: path) }
        if paths.allSatisfy({ access($0, F_OK) != 0 }) { break }
      }
      end()
    }
  }
}
