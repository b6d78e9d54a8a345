import CGDAL
import CLZMA
import Synchronization

/// A file's name and all its bytes, unpacked.
struct FileBytes: Sendable {
  /// What the user gave; for a member of an archive with its name behind it.
  let path: String
  let bytes: [UInt8]

  /// What unpacked bytes may amount to: JMA's largest files have 120 MB. Reading, packed bytes and a decoded field stay below
  /// 512 MB together.
  static let limit = 128 << 20

  /// Reads a file, real or virtual (`/vsi...`), unpacks gzip and xz, and opens a tar archive.
  ///
  /// The kind is told by the first bytes, not by the name, and packings may be nested (`.tar.xz`).
  ///
  /// - Parameter path: The file.
  /// - Returns: One element, or one a regular file of the archive, in its order.
  /// - Throws: `notFound`, `cannotOpen`, `cannotRead`, or `malformed` for a damaged packing and for more than `limit` bytes.
  static func read(_ path: String) throws(RasterError) -> [FileBytes] {
    try unpack(FileBytes(path: path, bytes: try VirtualFile.bytes(of: path, limit: limit)), depth: 0)
  }

  private static func unpack(_ file: FileBytes, depth: Int) throws(RasterError) -> [FileBytes] {
    guard depth < 4 else {
      throw .malformed(path: file.path, reason: "is packed more than three times over", remedy: "unpack it first")
    }
    if file.bytes.starts(with: [0x1F, 0x8B]) {
      let plain = try withMemoryFile(file.bytes, suffix: ".gz") { (name) throws(RasterError) in
        try VirtualFile.bytes(of: "/vsigzip/" + name, named: file.path, limit: limit)
      }
      guard !plain.isEmpty else { throw .damaged(file.path, "is no complete gzip file") }
      return try unpack(FileBytes(path: file.path, bytes: plain), depth: depth + 1)
    }
    if file.bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      return try unpack(FileBytes(path: file.path, bytes: try unxz(file)), depth: depth + 1)
    }
    if TarArchive.begins(file.bytes) {
      return try members(of: file, depth: depth)
    }
    return [file]
  }

  private static func members(of archive: FileBytes, depth: Int) throws(RasterError) -> [FileBytes] {
    var files: [FileBytes] = []
    var total = 0
    for member in try TarArchive(archive).members {
      let packed = FileBytes(path: archive.path + "/" + member.name, bytes: Array(archive.bytes[member.range]))
      let unpacked = try unpack(packed, depth: depth + 1)
      total += unpacked.reduce(0) { $0 + $1.bytes.count }
      guard total <= limit else { throw .tooLarge(archive.path) }
      files += unpacked
    }
    guard !files.isEmpty else { throw .damaged(archive.path, "is a tar archive without files") }
    return files
  }

  private static func unxz(_ file: FileBytes) throws(RasterError) -> [UInt8] {
    var stream = lzma_stream()
    let concatenated: UInt32 = 0x08  // LZMA_CONCATENATED, a macro that Swift cannot see: files joined are one file
    guard lzma_stream_decoder(&stream, 96 << 20, concatenated) == LZMA_OK else {
      throw .cannotRead(path: file.path, reason: "liblzma has no memory")
    }
    defer { lzma_end(&stream) }
    var plain: [UInt8] = []
    let chunk = 1 << 20
    let result = file.bytes.withUnsafeBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = input.count
      while true {
        let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunk) { output in
          stream.next_out = output.baseAddress
          stream.avail_out = chunk
          let result = lzma_code(&stream, LZMA_FINISH)
          plain.append(contentsOf: output.prefix(chunk - stream.avail_out))
          return result
        }
        if result != LZMA_OK || plain.count > limit { return result }
      }
    }
    guard plain.count <= limit else { throw .tooLarge(file.path) }
    guard result == LZMA_STREAM_END else { throw .damaged(file.path, "is no complete xz file") }
    return plain
  }
}

/// Names of files in memory: one a call, so that threads do not meet.
private let memoryFileCount = Atomic(0)

/// Shows bytes to GDAL as a file in memory while `body` runs.
func withMemoryFile<Result>(
  _ bytes: [UInt8], suffix: String, _ body: (_ name: String) throws(RasterError) -> Result
) throws(RasterError) -> Result {
  let number = memoryFileCount.add(1, ordering: .relaxed).newValue
  let name = "/vsimem/lsmap-\(number)\(suffix)"
  // No second file beside the gzip one that would stay in memory.
  CPLSetThreadLocalConfigOption("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO")
  return try bytes.withUnsafeBufferPointer { (buffer) throws(RasterError) in
    // GDAL only reads; its call takes no constant pointer.
    let start = UnsafeMutablePointer(mutating: buffer.baseAddress)
    guard let file = VSIFileFromMemBuffer(name, start, vsi_l_offset(buffer.count), 0) else {
      throw .cannotOpen(path: name, reason: gdalReason())
    }
    VSIFCloseL(file)
    defer { VSIUnlink(name) }
    return try body(name)
  }
}

extension RasterError {
  static func damaged(_ path: String, _ reason: String) -> RasterError {
    .malformed(path: path, reason: reason, remedy: fetchAgain)
  }

  fileprivate static func tooLarge(_ path: String) -> RasterError {
    .malformed(
      path: path, reason: "holds more than \(FileBytes.limit >> 20) MiB unpacked",
      remedy: "unpack it and give the parts")
  }
}
