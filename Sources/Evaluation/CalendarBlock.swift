package import Mesh

/// So many days of the calendar, counted from 1970-01-01: the same days for every region and every data set.
///
/// Blocks of different lengths do not compare.
package struct CalendarBlock: Hashable, Comparable, Sendable {
  /// Length of a block unless another is asked for (METHOD 11, `data.blockDays`).
  package static let usualDays = 10

  /// Blocks since 1970.
  package let number: Int

  package init(of day: JSTDay, days: Int = usualDays) {
    precondition(days > 0, "a block of \(days) days")
    let since = day.daysSince1970
    number = (since >= 0 ? since : since - days + 1) / days
  }

  package static func < (a: CalendarBlock, b: CalendarBlock) -> Bool { a.number < b.number }
}
