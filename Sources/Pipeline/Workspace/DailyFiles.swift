import Mesh
import Rasters
import Synchronization

/// What the workspace has of a few days at all cells of an area, read once for all of its parts.
final class DailyFiles: Sendable {
  /// Days that are kept.
  let days: ClosedRange<JSTDay>
  /// All that any part may ask for.
  private let cells: CellSet
  private let threads: Int
  private let rain = Mutex<[JSTDay: CellStack<Float>?]>([:])
  private let files = Mutex<[String: CellFile.Contents]>([:])

  init(keeping days: ClosedRange<JSTDay>, at cells: CellSet, threads: Int) {
    self.days = days
    self.cells = cells
    self.threads = threads
  }

  /// The rain of a day, from memory but for the first time.
  ///
  /// - Parameters:
  ///   - day: One that is kept.
  ///   - wanted: Cells of a part.
  ///   - load: Reads it at all cells; `nil` where nothing is known of the day.
  /// - Returns: What was read first, at the wanted cells.
  /// - Throws: What reading throws.
  func rain(
    of day: JSTDay, at wanted: CellSet, _ load: (CellSet, _ threads: Int) throws -> CellStack<Float>?
  ) throws -> CellStack<Float>? {
    precondition(days.contains(day), "\(day) is not kept")
    if let known = rain.withLock({ $0[day] }) { return known?.picked(at: wanted, fill: .nan) }
    let read = try load(cells, threads)
    rain.withLock { $0[day] = .some(read) }
    return read?.picked(at: wanted, fill: .nan)
  }

  /// What a file of a day holds, from memory but for the first time; of other days it is read each time.
  func contents(of path: String, on day: JSTDay, at wanted: CellSet) throws(RasterError) -> CellFile.Contents {
    guard days.contains(day) else { return try CellFile.read(path, at: wanted) }
    if let known = files.withLock({ $0[path] }) { return known.picked(at: wanted) }
    let read = try CellFile.read(path, at: cells, threads: threads)
    files.withLock { $0[path] = read }
    return read.picked(at: wanted)
  }

  /// Whether a file has been read, and so was found whole.
  func holds(_ path: String) -> Bool { files.withLock { $0[path] != nil } }
}
