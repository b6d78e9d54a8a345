import Foundation
import Rasters

/// The folder of one area and day, filled under a temporary name and renamed when all of it is there.
package struct RunFolder: ~Copyable {
  /// Where the folder will be.
  package let path: String
  /// Where it is filled.
  package let temporary: String
  private var isPublished: Bool

  /// - Parameters:
  ///   - path: The final folder; those above it are made.
  ///   - overwrite: Whether a finished folder may be replaced.
  /// - Throws: `RunFolderError.exists`, or `RasterError.cannotWrite`.
  package init(at path: String, overwrite: Bool) throws {
    let parent = (path as NSString).deletingLastPathComponent
    try makeFolder(parent)
    guard overwrite || !FileManager.default.fileExists(atPath: path) else { throw RunFolderError.exists(path: path) }
    UnfinishedFiles.deleteOrphans(in: parent)
    let temporary = UnfinishedFiles.temporaryPath(for: (path as NSString).lastPathComponent, in: parent)
    try? FileManager.default.removeItem(atPath: temporary)
    try makeFolder(temporary)
    UnfinishedFiles.insert(temporary)
    self.path = path
    self.temporary = temporary
    isPublished = false
  }

  package func file(_ name: String) -> String { (temporary as NSString).appendingPathComponent(name) }

  /// Puts the folder in its place. One that it replaces changes places with it in one step and is deleted afterwards, so
  /// that at no moment there is none.
  package consuming func publish() throws {
    let replaces = FileManager.default.fileExists(atPath: path)
    try place(temporary, at: path, replacing: replaces)
    isPublished = true
    if replaces { try? FileManager.default.removeItem(atPath: temporary) }
    UnfinishedFiles.remove(temporary)
  }

  deinit {
    guard !isPublished else { return }
    try? FileManager.default.removeItem(atPath: temporary)
    UnfinishedFiles.remove(temporary)
  }
}

package enum RunFolderError: ReportedError, Equatable {
  case exists(path: String)

  package var exitCode: ExitCode { .usage }
  package var description: String {
    switch self {
    case .exists(let path): "\(path): is there already; replace it with --overwrite or choose another --out"
    }
  }
}
