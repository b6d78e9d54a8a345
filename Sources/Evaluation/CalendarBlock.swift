package import Mesh

/// Ten days of the calendar, counted from 1970-01-01: the same days for every region and every data set.
package struct CalendarBlock: Hashable, Comparable, Sendable {
  package static let days = 10

  /// Blocks since 1970.
  package let number: Int

  package init(of day: JSTDay) {
    let days = day.daysSince1970
    number = (days >= 0 ? days : days - Self.days + 1) / Self.days
  }

  package static func < (a: CalendarBlock, b: CalendarBlock) -> Bool { a.number < b.number }
}
