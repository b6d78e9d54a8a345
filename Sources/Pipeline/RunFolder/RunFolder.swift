import Foundation
import Rasters

/// The folder of one area and day, filled under a temporary name and renamed when all of it is there.
package struct RunFolder: ~Copyable {
  /// Where the folder will be.
  package let path: String
  /// Where it is filled.
  package let temporary: String
  private let overwrites: Bool
  private let draft: Draft

  /// - Parameters:
  ///   - path: The final folder; those above it are made.
  ///   - overwrite: Whether a finished folder may be replaced.
  /// - Throws: `RunFolderError.exists`, or `RasterError.cannotWrite`.
  package init(at path: String, overwrite: Bool) throws {
    let parent = parentFolder(of: path)
    guard overwrite || !FileManager.default.fileExists(atPath: path) else { throw RunFolderError.exists(path: path) }
    let draft = try Draft(in: parent)
    let temporary = draft.path((path as NSString).lastPathComponent)
    try makeFolder(temporary)
    self.init(path: path, temporary: temporary, overwrites: overwrite, draft: draft)
  }

  private init(path: String, temporary: String, overwrites: Bool, draft: consuming Draft) {
    self.path = path
    self.temporary = temporary
    self.overwrites = overwrites
    self.draft = draft
  }

  package func file(_ name: String) -> String { (temporary as NSString).appendingPathComponent(name) }

  /// Puts the folder in its place. One that it replaces changes places with it in one step and is deleted afterwards, so
  /// that at no moment there is none.
  package consuming func publish() throws {
    let replaces = FileManager.default.fileExists(atPath: path)
    // Another run may have finished it meanwhile.
    guard overwrites || !replaces else { throw RunFolderError.exists(path: path) }
    try place(temporary, at: path, replacing: replaces)
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
