import Forecasting
import Mesh
import Statistics
import Testing

@Test(
  arguments: [
    ("2019-09-09T08:00", "2019-09-09", 8), ("2019/9/9_8:00", "2019-09-09", 8), ("2019-09-09T11:55", "2019-09-09", 12),
    ("2019/9/9_", "2019-09-09", nil), ("20190909", "2019-09-09", nil), ("2019年9月9日 23時30分", "2019-09-09", 24),
    ("平成30年7月6日", "2018-07-06", nil), ("令和元年10月12日", "2019-10-12", nil), (" 2019/09/09 0:00 ", "2019-09-09", 1),
    // Eras by their initials, as one character, in full-width characters; with weekday and half of the day.
    ("R5.8.15", "2023-08-15", nil), ("H30/7/6 7:30", "2018-07-06", 8), ("S57.7.23", "1982-07-23", nil),
    ("T12-9-1", "1923-09-01", nil), ("M24.10.28", "1891-10-28", nil), ("R元.10.12", "2019-10-12", nil),
    ("Ｒ５．８．１５", "2023-08-15", nil), ("㍻30年7月6日", "2018-07-06", nil), ("昭和 57年7月23日", "1982-07-23", nil),
    ("令和５年８月１５日　午後８時３０分頃", "2023-08-15", 21), ("２０１９年９月９日（月）８時", "2019-09-09", 8),
    ("2019-09-09 8:00 PM", "2019-09-09", 20), ("2019-09-09 12:30 am", "2019-09-09", 1),
    ("2019年9月9日 8時半", "2019-09-09", 9),
    ("2019-09-09 0830", "2019-09-09", 9), ("2018年7月6日未明", "2018-07-06", nil), ("2016-07-03 24:00", "2016-07-03", 24),
    // Excel's serial days.
    ("43651", "2019-07-05", nil), ("43651.0", "2019-07-05", nil), ("43651.354166667", "2019-07-05", 9),
    // Zones; midnight in UTC is a day without a clock.
    ("2019-09-08T20:00Z", "2019-09-09", 5), ("2019/09/08 20:00:00+00", "2019-09-09", 5),
    ("2019-09-09T08:00:00+09:00", "2019-09-09", 8), ("2019-09-10T00:00+09:00", "2019-09-10", 1),
    ("2019-09-09T00:00:00Z", "2019-09-09", nil),
  ] as [(String, String, Int?)])
func `days and hours are read as inventories write them`(text: String, day: String, hour: Int?) {
  let time = StatedTime(text)
  #expect(time?.day == JSTDay(day))
  #expect(time?.hour == hour)
}

@Test(arguments: [
  "", "調査中", "7/3/2007", "2019-09", "2019-02-30", "2018年7月6日～8日", "morning", "2018/7/6-8", "2018/7/6-7/8",
  "2018年7月6日-8日",
  "2018年7月6日から8日", "2018年7月5・6日", "5.8.15", "H.8.15", "R5.13.1", "平成53年7月6日", "昭和65年1月1日", "令和0年1月1日", "20209999",
  "9223372036854775807", "令和9223372036854775807年1月1日", "令和2年9223372036854775807月1日", "99999", "1e36", "nan", "inf",
  "43651.5.1", "2019-09-09T08:00+99:99",
])
func `what names no single day is none`(text: String) {
  #expect(StatedTime(text) == nil)
}

@Test(
  arguments: [
    ("20:45:00", 21), ("8時", 8), ("0:00", 1), ("night", nil), ("", nil), ("午後３時", 15), ("25", nil), ("0.354166667", 9),
    ("9223372036854775807", nil),
  ] as [(String, Int?)])
func `a clock of its own gives the hour, words do not`(clock: String, hour: Int?) {
  #expect(StatedTime("2016-07-03", clock: clock)?.hour == hour)
}

@Test(
  arguments: [
    ("Exact_Location", 0), ("Known_within_1_km", 1), ("Known_within_15km", 15), ("500 m", 0.5), ("0.3", 0.3),
    ("Unknown", nil),
    ("", nil),
  ] as [(String, Double?)])
func `accuracy in words becomes km`(text: String, error: Double?) {
  #expect(Inventory.positionError(text) == error)
}

private let good = InventoryRecord(number: 1, date: "2019-09-09T02:00", latitude: 35.42, longitude: 139.611944)

@Test func `events keep their order and number; each reject says why`() throws {
  func changed(_ number: Int, _ change: (inout InventoryRecord) -> Void) -> InventoryRecord {
    var record = good
    record.number = number
    change(&record)
    return record
  }
  let records = [
    good, changed(2) { $0.date = "調査中" }, changed(3) { $0.latitude = nil },
    changed(4) { $0.accuracy = "Known_within_5_km" }, changed(5) { $0.accuracy = "Unknown" },
    changed(6) { $0.extent = 3.7 }, changed(7) { $0.latitude = 10 }, changed(8) { $0.trigger = "Earthquake" },
    changed(9) { $0.trigger = "Tropical_Cyclone" }, changed(10) { $0.accuracy = "Exact_Location" },
  ]
  let inventory = Inventory(records, triggers: Inventory.rainTriggers) { $0.firstMesh == "5339" }
  let code = try #require(Mesh3Code(latitude: 35.42, longitude: 139.611944))
  let day = try #require(JSTDay("2019-09-09"))
  #expect(inventory.events == Array(repeating: InventoryEvent(code: code, day: day, hour: 2), count: 3))
  #expect(inventory.rejects.map(\.number) == [2, 3, 4, 5, 6, 7, 8])
  #expect(
    inventory.rejects.map(\.reason) == [.undated, .unplaced, .imprecise, .imprecise, .imprecise, .outside, .notRain])
  #expect(inventory.rejectCounts.map(\.count) == [1, 1, 3, 1, 1])
}

@Test(arguments: [Double.infinity, 1e200, .nan, .greatestFiniteMagnitude])
func `an area of any size is rejected, not a trap`(extent: Double) {
  var record = good
  record.extent = extent
  #expect(Inventory([record]).rejects.map(\.reason) == [.imprecise])
}

@Test func `random dates and clocks never trap`() {
  var stream = RandomStream(seed: 12)
  let alphabet = Array("0123456789年月日時分午前後令和平成昭RHSTM元-/.:+ZTＡ０９　～(（） _e\u{32FF}㍻")
  for _ in 0..<20_000 {
    let text = String((0..<stream.index(below: 22)).map { _ in alphabet[stream.index(below: alphabet.count)] })
    if let hour = StatedTime(text, clock: text)?.hour { #expect((1...24).contains(hour), "\(text)") }
    if let hour = StatedTime(text)?.hour { #expect((1...24).contains(hour), "\(text)") }
  }
}
