import Mesh
import Testing

private let day = JSTDay(daysSince1970: 19_584)
private let nine = JSTHour(ending: day, 9)

@Test func `a day without a time, or with one at its end or later, is an observed day`() {
  #expect(Period(day: day, asOf: JSTHour(ending: day, 24)) == .day(day))
  #expect(Period(day: day, asOf: nine.advanced(by: 24)) == .day(day))
}

@Test func `a time goes as far as the day asked for, else some hours`() {
  #expect(Period(day: day, asOf: nine) == .asOf(nine, through: JSTHour(ending: day, 24), target: day))
  #expect(Period(asOf: nine) == .asOf(nine, through: nine.advanced(by: 6), target: nil))
  #expect(Period(asOf: nine, forecastHours: 0) == .asOf(nine, through: nine, target: nil))
}

@Test func `folders are named by the day, or by the time and the day asked for`() {
  #expect(Period.day(day).key == "2023-08-15")
  #expect(Period(asOf: nine).key == "2023-08-15T09")
  #expect(Period(day: day.advanced(by: 1), asOf: nine).key == "2023-08-15T09-for-2023-08-16")
}
