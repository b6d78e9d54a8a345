import Mesh

/// A moment, in seconds since 1970-01-01 00:00 UTC. GRIB2 of the JMA gives UTC.
package struct Grib2Moment: Hashable, Comparable, Sendable {
  package let unixSeconds: Int

  package init(unixSeconds: Int) { self.unixSeconds = unixSeconds }

  /// Reads year (two octets), month, day, hour, minute, second from an octet on.
  init(_ section: Grib2Section, from octet: Int) throws(RasterError) {
    let year = try section.unsigned(octet...octet + 1)
    let (month, dayOfMonth) = (try section.octet(octet + 2), try section.octet(octet + 3))
    let (hour, minute) = (try section.octet(octet + 4), try section.octet(octet + 5))
    let second = try section.octet(octet + 6)
    // The calendar is the same everywhere: `JSTDay` only counts the days.
    guard let day = JSTDay(year: year, month: month, day: dayOfMonth), hour < 24, minute < 60, second < 60 else {
      throw section.malformed(
        "has no time in octet \(octet): \(year)-\(month)-\(dayOfMonth) \(hour):\(minute):\(second)")
    }
    unixSeconds = day.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
  }

  package static func < (a: Grib2Moment, b: Grib2Moment) -> Bool { a.unixSeconds < b.unixSeconds }

  /// `2016-11-21T01:00:00Z`
  package var utcText: String { text(offset: 0) + "Z" }
  /// `2016-11-21T10:00:00+09:00`
  package var jstText: String { text(offset: 9 * 3_600) + "+09:00" }

  private func text(offset: Int) -> String {
    let local = unixSeconds + offset
    let days = (local >= 0 ? local : local - 86_399) / 86_400
    let clock = local - days * 86_400
    let parts = [clock / 3_600, clock / 60 % 60, clock % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(JSTDay(daysSince1970: days))T" + parts.joined(separator: ":")
  }
}
