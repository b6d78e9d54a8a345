/// What the missing hours of a day become in one cell.
///
/// - Source: METHOD.md 1.3.
package struct MissingRain: Equatable, Sendable {
  /// Hours filled by the mean of their neighbours; bit `h − 1` stands for the hour ending at `h`.
  package var filled: UInt32 = 0
  /// Hours taken as 0.
  package var zeroed: UInt32 = 0
  /// Hours before the first observation ever, when nothing is computed yet.
  package var before: UInt32 = 0
  /// The hour ending 24:00 is missing and the one before is not: the next day decides about it.
  package var isOpen = false

  package static let lastHour: UInt32 = 1 << 23
  package static let allHours: UInt32 = (1 << 24) - 1

  /// Sorts the missing hours of a day.
  ///
  /// A missing hour between two observed ones is filled; every other one, also the last of the day, is taken as 0.
  /// - Parameters:
  ///   - missing: The missing hours.
  ///   - yesterday: The missing hours of the day before.
  ///   - wasObserved: Rain of the cell was observed before this day.
  package init(missing: UInt32, yesterday: UInt32, wasObserved: Bool) {
    guard missing != 0 else { return }
    // The run of ones at the bottom: hours before the first observed one.
    if !wasObserved { before = missing & ~(missing &+ 1) }
    let missing = missing & ~before
    let missesBefore = missing << 1 | (yesterday & Self.lastHour != 0 ? 1 : 0)
    let missesAfter = missing >> 1 | Self.lastHour
    filled = missing & ~missesBefore & ~missesAfter
    zeroed = missing & ~filled
    isOpen = missing & Self.lastHour != 0 && missesBefore & Self.lastHour == 0
  }

  /// Most missing hours in any 240 that end within the day.
  ///
  /// - Parameters:
  ///   - today: The missing hours of the day.
  ///   - history: Those of the ten days before, latest first.
  /// - Returns: The count, 0 ... 240.
  package static func mostMissing(today: UInt32, history: [UInt32]) -> Int {
    precondition(history.count == SoilWaterState.historyDays, "a history of \(history.count) days")
    let oldest = history[history.count - 1]
    var count = history.reduce(0) { $0 + $1.nonzeroBitCount }
    guard count + today.nonzeroBitCount > 0 else { return 0 }
    var most = 0
    for hour in 0..<24 {
      count += Int(today >> hour & 1) - Int(oldest >> hour & 1)
      most = max(most, count)
    }
    return most
  }
}
