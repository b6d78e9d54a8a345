import Mesh
import Testing

private func hour(_ text: String) throws -> JSTHour { try #require(JSTHour(text)) }

@Test func `an observed day is its 24 hours and has one valid time`() throws {
  let horizon = RainHorizon(day: try #require(JSTDay("2023-08-15")))
  let (start, end) = (try hour("2023-08-15T00:00"), try hour("2023-08-15T24:00"))
  #expect(horizon.end == end && horizon.start == start)
  #expect(horizon.validTimes == [horizon.end] && horizon.forecastHours == 0 && horizon.key == "2023-08-15")
  #expect(horizon.title == "2023-08-15" && horizon.words == "24 h to 24:00 JST")
}

@Test func `a run as of a time names its analysis, its forecast hours and each issue`() throws {
  let nine = try hour("2023-08-15T09:00")
  let issued = nine.unixSeconds
  let horizon = RainHorizon(
    asOf: nine, end: nine.advanced(by: 4),
    forecastHours: [
      (nine.advanced(by: 1), issued), (nine.advanced(by: 2), issued), (nine.advanced(by: 4), issued - 3 * 3_600),
    ])
  #expect(
    horizon.words
      == "analysis to 2023-08-15 09:00 JST, forecast 10:00-11:00 issued 2023-08-15 09:00, forecast 13:00 issued "
      + "2023-08-15 06:00")
  #expect(horizon.forecastHours == 3 && horizon.validTimes.count == 5 && horizon.validTimes.first == nine)
  #expect(horizon.leadWords(nine) == "2023-08-15 09:00 JST, +0 h, analysis")
  #expect(
    horizon.leadWords(nine.advanced(by: 2)) == "2023-08-15 11:00 JST, +2 h, forecast issued 2023-08-15 09:00 JST")
  #expect(horizon.leadWords(nine.advanced(by: 3)) == "2023-08-15 12:00 JST, +3 h, hour without forecast")
  #expect(horizon.key == "2023-08-15T09" && horizon.title == "2023-08-15 13:00")
}

@Test func `a forecast past midnight and one of unknown issue are said so`() throws {
  let late = try hour("2023-08-15T23:00")
  let horizon = RainHorizon(
    asOf: late, end: late.advanced(by: 2), forecastHours: (1...2).map { (late.advanced(by: $0), nil) },
    target: late.day.advanced(by: 1))
  #expect(horizon.words == "analysis to 2023-08-15 23:00 JST, forecast 24:00-01:00 (time of issue unknown)")
  #expect(horizon.day == late.day.advanced(by: 1) && horizon.key == "2023-08-15T23-for-2023-08-16")
}

@Test func `without forecast the horizon ends with the analysis`() throws {
  let nine = try hour("2023-08-15T09:00")
  let horizon = RainHorizon(asOf: nine, end: nine)
  #expect(horizon.validTimes == [nine] && horizon.words == "analysis to 2023-08-15 09:00 JST, no forecast")
}
