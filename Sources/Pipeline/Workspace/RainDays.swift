import Mesh
import Synchronization

/// The rain of a few days at all cells of an area, read once for all of its parts.
final class RainDays: Sendable {
  /// Days that are kept.
  let days: ClosedRange<JSTDay>
  private let read = Mutex<[JSTDay: CellStack<Float>?]>([:])

  init(keeping days: ClosedRange<JSTDay>) { self.days = days }

  /// The rain of a day, from memory but for the first time.
  ///
  /// - Parameters:
  ///   - day: One that is kept.
  ///   - load: Reads it; `nil` where nothing is known of the day.
  /// - Returns: What was read first.
  /// - Throws: What reading throws.
  func rain(of day: JSTDay, _ load: () throws -> CellStack<Float>?) throws -> CellStack<Float>? {
    precondition(days.contains(day), "\(day) is not kept")
    if let known = read.withLock({ $0[day] }) { return known }
    let rain = try load()
    read.withLock { $0[day] = .some(rain) }
    return rain
  }
}
