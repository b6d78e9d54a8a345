package import Foundation

/// Files as the system has them: only regular ones are opened, no size is believed, and a failing disk is told from bad content.
package enum PlainFile {
  /// What a file that is read whole may have: samples and networks stay below.
  package static let usualLimit = 4 << 30

  /// All bytes of a regular file.
  ///
  /// - Parameters:
  ///   - path: A real path.
  ///   - limit: The most bytes there may be.
  /// - Returns: The bytes.
  /// - Throws: `notFound`, `cannotOpen`, `malformed` for what is no regular file or too large, `failedDisk`.
  package static func contents(_ path: String, limit: Int = usualLimit) throws(RasterError) -> Data {
    var bytes = Data(capacity: FileStamp.ofRegularFile(path).map { min($0.bytes, limit) } ?? 0)
    try forEachPiece(of: path, limit: limit) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The first bytes of a regular file, fewer where it has no more.
  ///
  /// - Parameters:
  ///   - path: A real path.
  ///   - count: How many are wanted.
  /// - Returns: The bytes.
  /// - Throws: As `contents`.
  package static func start(of path: String, count: Int) throws(RasterError) -> Data {
    let (descriptor, size) = try opened(path, limit: .max)
    defer { close(descriptor) }
    var bytes = Data(count: min(count, size))
    var done = 0
    while done < bytes.count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(done))
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw failure(to: "be read", path, errno) }
      guard read > 0 else { return bytes.prefix(done) }
      done += read
    }
    return bytes
  }

  /// Hands over a regular file piece by piece.
  package static func forEachPiece(
    of path: String, limit: Int = .max, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(RasterError) {
    let (descriptor, _) = try opened(path, limit: limit)
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var total = 0
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(to: "be read", path, errno) }
      guard count > 0 else { return }
      total += count
      guard total <= limit else { throw tooLarge(path, limit) }
      body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// - Returns: A descriptor of a regular file, to be closed, and its size.
  private static func opened(
    _ path: String, limit: Int
  ) throws(RasterError) -> (descriptor: Int32, bytes: Int) {
    // A pipe without a writer opens at once this way, and is refused by what it is.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(to: "be opened", path, errno) }
    var status = stat()
    let known = fstat(descriptor, &status)
    let reason: RasterError? =
      known != 0
      ? failure(to: "be opened", path, errno)
      : refusal(of: status, path) ?? (status.st_size > limit ? tooLarge(path, limit) : nil)
    if let reason {
      close(descriptor)
      throw reason
    }
    return (descriptor, Int(status.st_size))
  }

  /// Refuses a path that leads to a pipe, a socket or a device, without opening it: such a thing may have no end, or wait for ever.
  ///
  /// - Parameter path: Real or virtual; of one into an archive, the archive. Folders pass: some formats are folders.
  /// - Throws: `malformed`.
  package static func refusePipes(_ path: String) throws(RasterError) {
    var real = FileSignature.plainPath(path)
    var status = stat()
    while stat(real, &status) != 0 {
      let parent = parentFolder(of: real)
      guard !parent.isEmpty, parent != real else { return }
      real = parent
    }
    guard status.st_mode & S_IFMT != S_IFDIR, let refusal = refusal(of: status, real) else { return }
    throw refusal
  }

  /// The error that the disk itself gives for a file that a library could not read; `nil` where its bytes can be read.
  static func diskFailure(_ path: String) -> RasterError? {
    do throws(RasterError) { try forEachPiece(of: FileSignature.plainPath(path)) { _ in } } catch {
      if case .failedDisk = error { return error }
    }
    return nil
  }

  private static func refusal(of status: stat, _ path: String) -> RasterError? {
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: kind = "a folder"
    case S_IFIFO: kind = "a pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    return .malformed(path: path, reason: "is \(kind), no file", remedy: "name a regular file")
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> RasterError {
    .malformed(path: path, reason: "has more than \(limit >> 20) MiB", remedy: "check that it is the file you mean")
  }

  private static func failure(to act: String, _ path: String, _ code: Int32) -> RasterError {
    let reason = String(cString: strerror(code))
    return switch code {
    case ENOENT, ENOTDIR, ENAMETOOLONG: .notFound(path: path)
    case EACCES, EPERM, ELOOP, ENXIO, EINVAL: .cannotOpen(path: path, reason: reason)
    default: .failedDisk(path: path, reason: "cannot \(act): \(reason)")
    }
  }
}

extension RasterError {
  /// What GDAL could not read: the disk failed, or else the content is to blame.
  static func unread(_ path: String) -> RasterError {
    let reason = gdalReason()
    return PlainFile.diskFailure(path) ?? .cannotRead(path: path, reason: reason)
  }
}
