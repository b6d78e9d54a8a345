package import Mesh

/// Which of the days a climatology has at hand may be its reference: never the day that is scored.
///
/// - Source: METHOD.md 2.6.
package struct ReferenceDays: Hashable, Sendable {
  /// Days that do not count.
  package let excluded: [ClosedRange<JSTDay>]

  package init(excluding excluded: [ClosedRange<JSTDay>]) { self.excluded = excluded }

  /// Every day at hand; only days outside them may be scored.
  package static let all = ReferenceDays(excluding: [])

  /// Only days earlier than one.
  package static func before(_ day: JSTDay) -> ReferenceDays { ReferenceDays.all.before(day) }

  /// What a forecast of a day is compared with: the days before its month. Fits are made anew with each month, so that
  /// none is older than one, and a day's own forecast, its training sample and a later recomputation have the same past.
  package static func known(on day: JSTDay) -> ReferenceDays { .before(day.firstOfMonth) }

  /// The same without a day and all after it.
  package func before(_ day: JSTDay) -> ReferenceDays {
    ReferenceDays(excluding: excluded + [day...JSTDay(daysSince1970: day.daysSince1970 + 1_000_000)])
  }

  /// Leave-one-year-out.
  package static func excludingYear(_ year: Int) -> ReferenceDays {
    guard let first = JSTDay(year: year, month: 1, day: 1), let last = JSTDay(year: year, month: 12, day: 31) else {
      preconditionFailure("no year \(year)")
    }
    return ReferenceDays(excluding: [first...last])
  }

  /// Days around the scored ones left out: for a hindcast inside one season.
  package static func excluding(around days: ClosedRange<JSTDay>, margin: Int) -> ReferenceDays {
    ReferenceDays(excluding: [days.lowerBound.advanced(by: -margin)...days.upperBound.advanced(by: margin)])
  }

  /// The excluded days in words.
  package var canonicalText: String {
    excluded.isEmpty ? "all" : excluded.map { "not \($0.lowerBound) to \($0.upperBound)" }.joined(separator: ", ")
  }

  package func contains(_ day: JSTDay) -> Bool { !excluded.contains { $0.contains(day) } }
  package func contains(_ days: ClosedRange<JSTDay>) -> Bool { !excluded.contains { $0.overlaps(days) } }
}

extension JSTDay {
  /// The first day of the day's month.
  package var firstOfMonth: JSTDay { advanced(by: 1 - date.day) }
}

/// A landslide known by cell and day.
package struct LandslideDay: Hashable, Sendable {
  package let cell: Mesh3Code
  package let day: JSTDay

  package init(cell: Mesh3Code, day: JSTDay) {
    self.cell = cell
    self.day = day
  }
}
