import Mesh
import Rasters
import Synchronization

/// What a file of a day holds at some cells.
protocol CellContents: Sendable {
  /// The same at other cells; nothing where it has none.
  func picked(at wanted: CellSet) -> Self
}

extension CellStack<Float>: CellContents {
  func picked(at wanted: CellSet) -> CellStack { picked(at: wanted, fill: .nan) }
}

extension CellFile.Contents: CellContents {
  func picked(at wanted: CellSet) -> Self {
    Self(grid: grid, names: names, tags: tags, stack: stack.picked(at: wanted, fill: .nan))
  }
}

/// What the workspace has of a few days at all cells of an area, read once for all of its parts, and in a row of days once for
/// all that rest on it. A file that was replaced since is read again.
final class DailyFiles: Sendable {
  private struct Kept {
    /// All that any part may ask for.
    var cells: CellSet?
    var days: ClosedRange<JSTDay>?
    var files: [String: (day: JSTDay, stamp: String?, contents: (any CellContents)?)] = [:]
  }

  private let kept = Mutex(Kept())

  /// Keeps files of these days from now on, and no others.
  func keep(_ days: ClosedRange<JSTDay>, at cells: CellSet) {
    kept.withLock { kept in
      if kept.cells != cells { kept.files = [:] }
      kept.files = kept.files.filter { days.contains($0.value.day) }
      (kept.cells, kept.days) = (cells, days)
    }
  }

  /// What a file of a day holds at the cells of a part, from memory where it is kept.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - day: Whose it is.
  ///   - wanted: Cells of a part.
  ///   - load: Reads it at some cells; `nil` where it is not there.
  /// - Returns: `nil` where it is not there.
  /// - Throws: What reading throws.
  func contents<Contents: CellContents, Failure: Error>(
    of path: String, on day: JSTDay, at wanted: CellSet, _ load: (CellSet) throws(Failure) -> Contents?
  ) throws(Failure) -> Contents? {
    let stamp = FileStamp.ofRegularFile(path)?.text
    let (cells, isKept, known) = kept.withLock { kept in
      (kept.cells, kept.days?.contains(day) ?? false, kept.files[path])
    }
    guard let cells, isKept else { return try load(wanted) }
    if let known, known.stamp == stamp { return (known.contents as? Contents)?.picked(at: wanted) }
    let read = try load(cells)
    // What reading mended has another stamp now, and is read once more.
    kept.withLock { $0.files[path] = (day, stamp, read) }
    return read?.picked(at: wanted)
  }

  /// Whether a file has been read as it is, and so was found whole.
  func holds(_ path: String) -> Bool {
    let stamp = FileStamp.ofRegularFile(path)?.text
    return kept.withLock { $0.files[path].map { $0.stamp == stamp && $0.contents != nil } ?? false }
  }
}
