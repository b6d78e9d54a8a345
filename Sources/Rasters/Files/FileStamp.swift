import CGDALCalls
import Foundation

/// Size and time of change of a file, or of all files of a folder: what tells a changed file without reading it.
struct FileStamp: CustomStringConvertible {
  let description: String

  init(_ path: String) {
    let name = (path as NSString).lastPathComponent
    guard !path.hasPrefix("/vsi") else {
      var (size, seconds): (Int64, Int64) = (0, 0)
      lsmap_file_stamp(path, &size, &seconds)
      description = "\(name) \(size) \(seconds)"
      return
    }
    var parts = [name]
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      for member in (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
      where stat(path + "/" + member, &status) == 0 && status.st_mode & S_IFMT == S_IFREG {
        parts.append("\(member) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
      }
    } else {
      parts.append("\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
    }
    description = parts.joined(separator: "\n")
  }
}
