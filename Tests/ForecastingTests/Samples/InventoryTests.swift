import Forecasting
import Mesh
import Testing

@Test(
  arguments: [
    ("2019-09-09T08:00", "2019-09-09", 8), ("2019/9/9_8:00", "2019-09-09", 8), ("2019-09-09T11:55", "2019-09-09", 12),
    ("2019/9/9_", "2019-09-09", nil), ("20190909", "2019-09-09", nil), ("2019年9月9日 23時30分", "2019-09-09", 24),
    ("平成30年7月6日", "2018-07-06", nil), ("令和元年10月12日", "2019-10-12", nil), (" 2019/09/09 0:00 ", "2019-09-09", 1),
  ] as [(String, String, Int?)])
func `days and hours are read as inventories write them`(text: String, day: String, hour: Int?) {
  let time = StatedTime(text)
  #expect(time?.day == JSTDay(day))
  #expect(time?.hour == hour)
}

@Test(arguments: ["", "調査中", "7/3/2007", "2019-09", "2019-02-30", "2018年7月6日～8日", "morning"])
func `what names no single day is none`(text: String) {
  #expect(StatedTime(text) == nil)
}

@Test(arguments: [("20:45:00", 21), ("8時", 8), ("0:00", 1), ("night", nil), ("", nil)] as [(String, Int?)])
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
