import CGDALCalls
import Foundation

/// What the system says of a file and of what lies beside it, or of all files of a folder: what tells a changed file without
/// reading it.
package struct FileStamp: CustomStringConvertible {
  package let description: String

  init(_ path: String) {
    let name = (path as NSString).lastPathComponent
    guard !path.hasPrefix("/vsi") else {
      var (size, seconds): (Int64, Int64) = (0, 0)
      lsmap_file_stamp(path, &size, &seconds)
      description = "\(name) \(size) \(seconds)"
      return
    }
    var parts = [name]
    if let stamp = Self.ofRegularFile(path) {
      parts.append("\(stamp.bytes) \(stamp.text)")
      for side in sideFiles(of: path) {
        parts.append("\((side as NSString).lastPathComponent) \(Self.ofRegularFile(side)?.text ?? "")")
      }
    } else {
      for member in (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted() {
        guard let stamp = Self.ofRegularFile(path + "/" + member) else { continue }
        parts.append("\(member) \(stamp.bytes) \(stamp.text)")
      }
    }
    description = parts.joined(separator: "\n")
  }

  /// Size in bytes, and times of modification and change in nanoseconds with the file's number; `nil` for anything else than a
  /// regular file.
  package static func ofRegularFile(_ path: String) -> (bytes: Int, text: String)? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
    return (Int(status.st_size), "\(times[0]) \(times[1]) \(status.st_ino)")
  }
}
