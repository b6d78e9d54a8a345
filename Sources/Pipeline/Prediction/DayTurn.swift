import Dispatch

/// The turn of one of an area's days that are worked on side by side: what cells have survived is carried on from day to day,
/// so a day reads the workspace when the day before has read it.
final class DayTurn: Sendable {
  private let before: DispatchSemaphore?
  private let own = DispatchSemaphore(value: 0)

  /// - Parameter before: The turn of the day before, if that is among them.
  init(after before: DayTurn?) { self.before = before?.own }

  /// Returns when the day before has passed.
  func wait() {
    before?.wait()
    before?.signal()
  }

  /// Lets the day after begin; once is enough, more does no harm.
  func pass() { own.signal() }
}
