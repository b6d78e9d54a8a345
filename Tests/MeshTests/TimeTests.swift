import Mesh
import Testing

@Test(arguments: [("1970-01-01", 0), ("2000-02-29", 11_016), ("2023-08-15", 19_584), ("1969-12-31", -1)])
func `days count from 1970 and read back`(text: String, days: Int) {
  #expect(JSTDay(text)?.daysSince1970 == days)
  #expect(JSTDay(daysSince1970: days).description == text)
}

@Test(arguments: ["2023-02-29", "2023-13-01", "2023-8-15", "20230815", "2023-08-15 ", "yesterday"])
func `what is not a day is refused`(text: String) {
  #expect(JSTDay(text) == nil)
}

@Test func `midnight ends the day before`() throws {
  let day = try #require(JSTDay("2023-08-15"))
  let midnight = try #require(JSTHour("2023-08-16T00:00"))
  #expect(midnight.day == day)
  #expect(midnight.hourOfDay == 24)
  #expect(midnight == JSTHour("2023-08-15T24:00"))
  #expect(day.hours.first?.description == "2023-08-15T01:00:00+09:00")
  #expect(day.hours.count == 24 && day.hours.last == midnight)
}

@Test func `15 UTC is midnight in Japan`() throws {
  let hour = try #require(JSTHour(endingAtUnixSeconds: 1_692_111_600))  // 2023-08-15T15:00Z
  #expect(hour == JSTHour("2023-08-15T24:00"))
  #expect(hour.unixSeconds == 1_692_111_600)
  #expect(JSTHour(endingAtUnixSeconds: 1_692_111_601) == nil)
}

@Test(arguments: [
  "2023-08-15T01:00+99:99", "2023-08-15T01:00-1500", "2023-08-15T01:00+9999999999999999999",
  "9223372036854775807-08-15T01:00",
])
func `a zone or a year that cannot be makes a time none`(text: String) {
  #expect(UniversalTime(text) == nil)
}

@Test func `a year of any size is no day rather than a trap`() {
  for year in [Int.max, .min, 10_000, -10_000] { #expect(JSTDay(year: year, month: 1, day: 1) == nil) }
}
