import CGDAL
import Foundation

/// The one array file inside a zip or gzip file, unpacked beside the system's other temporary files: netCDF reads only those.
struct UnpackedMember {
  let path: String

  private static let limit = 4 << 30

  /// - Parameter archive: Any path.
  /// - Throws: `malformed` for an archive of several files; `cannotRead` for a damaged one. `nil` for no archive.
  init?(of archive: String) throws(RasterError) {
    guard let start = FileSignature.firstBytes(of: archive, count: 4), !archive.hasPrefix("/vsi") else { return nil }
    let source: String
    if start.starts(with: [0x50, 0x4B, 3, 4]) {
      let folder = "/vsizip/{\(archive)}"
      let list = VSIReadDirRecursive(folder)
      defer { CSLDestroy(list) }
      let names = (0..<Int(CSLCount(list))).compactMap { list?[$0].map { String(cString: $0) } }
      let members = names.filter { !$0.hasSuffix("/") && !$0.hasPrefix("__MACOSX") }
      guard members.count == 1, let member = members.first else {
        throw .malformed(
          path: archive,
          reason: "is a zip archive of \(members.count) files: \(members.prefix(4).joined(separator: ", "))",
          remedy: "unzip it and name the files you want")
      }
      source = "\(folder)/\(member)"
    } else if start.starts(with: [0x1F, 0x8B]) {
      source = "/vsigzip/\(archive)"
    } else {
      return nil
    }
    path = FileManager.default.temporaryDirectory.appendingPathComponent("lsmap-\(UUID().uuidString).nc").path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let target = path
    do throws(RasterError) {
      // To the disk as it comes: a packed file of nothing but zeros may be a thousand times as large.
      try VirtualFile.forEachPiece(of: source, named: archive, limit: Self.limit) { (piece) throws(RasterError) in
        guard write(descriptor, piece.baseAddress, piece.count) == piece.count else {
          throw .cannotWrite(path: target, reason: systemReason())
        }
      }
      guard close(descriptor) == 0 else { throw RasterError.cannotWrite(path: target, reason: systemReason()) }
    } catch {
      unlink(target)
      throw error
    }
  }

  func remove() { unlink(path) }
}
