import CGDAL
import Foundation

/// The one array file inside a zip or gzip file, unpacked beside the system's other temporary files: netCDF reads only those.
struct UnpackedMember {
  let path: String

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
    let bytes = try VirtualFile.bytes(of: source, named: archive, limit: 4 << 30)
    path = FileManager.default.temporaryDirectory.appendingPathComponent("lsmap-\(UUID().uuidString).nc").path
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw .cannotWrite(path: path, reason: "no room for the unpacked \(archive)")
    }
  }

  func remove() { unlink(path) }
}
