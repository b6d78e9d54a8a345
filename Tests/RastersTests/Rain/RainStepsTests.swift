import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let units: [(String, Double, Bool)] = [
  ("mm", 1.0, false), ("m", 1_000, false), ("kg m-2", 1, false), ("kg m**-2", 1, false), ("kg/m^2", 1, false),
  ("mm/h", 1, true), ("mm/hr", 1, true), ("mm hour-1", 1, true), ("kg m-2 s-1", 3_600, true),
  ("kg m**-2 s**-1", 3_600, true),
  ("m s-1", 3_600_000, true), ("mm/day", 1 / 24.0, true), ("m of water equivalent", 1_000, false),
  ("inch", 25.4, false),
]

@Test(arguments: units)
func `units become mm or mm in the hour`(text: String, factor: Double, isRate: Bool) throws {
  let unit = try #require(RainUnit(text))
  #expect(abs(unit.toMillimetres - factor) <= 1e-12 * factor)
  #expect(unit.isRate == isRate)
}

@Test(arguments: ["", "K", "dBZ", "mm/fortnight", "1"])
func `what is no unit of rain is refused`(text: String) {
  #expect(RainUnit(text) == nil)
}

@Test(arguments: [
  ("2023-08-15T14:00+09:00", 1_692_075_600), ("2023-08-15 05:00:00.0 UTC", 1_692_075_600),
  ("20230815T050000Z", 1_692_075_600), ("2023081505", 1_692_075_600), ("2023-08-15T14:00JST", 1_692_075_600),
  ("2023:08:15 05:00:00", 1_692_075_600), ("1900-1-1 00:00:00", -2_208_988_800), ("2023-08-14T24:00Z", 1_692_057_600),
  ("2023-08-15T02:00:00-0300", 1_692_075_600),
])
func `times are read in every usual form`(text: String, seconds: Int) {
  #expect(UniversalTime(text)?.unixSeconds == seconds)
}

@Test func `a time inside a longer text is found, in the zone given`() {
  #expect(UniversalTime(within: "rain of 2023-08-15 14:00, mm", zone: 32_400)?.unixSeconds == 1_692_075_600)
  #expect(UniversalTime(within: "rain 2023-08-15T14:00:00+09:00")?.unixSeconds == 1_692_075_600)
  #expect(UniversalTime(within: "band 14 of 24") == nil)
  #expect(UniversalTime("2023-13-01") == nil)
}

@Test(arguments: [("jst", 32_400), ("utc", 0), ("+09:00", 32_400), ("-05:30", -19_800)])
func `zones are read`(text: String, seconds: Int) {
  #expect(RainInput.zone(text) == seconds)
  #expect(RainInput.zone("mars") == nil)
}

private let midnight = 1_692_057_600  // 2023-08-15T00:00Z, 09:00 JST

private func step(_ index: Int, _ start: Int, _ minutes: Int) -> RainStep {
  RainStep(file: 0, index: index, start: midnight + start * 60, end: midnight + (start + minutes) * 60)
}

@Test func `half-hours make an hour only when both are there`() throws {
  let steps = [step(0, 0, 30), step(1, 30, 30), step(2, 60, 30), step(3, 120, 60)]
  let recipes = RainRecipes(steps, .meanRate)
  #expect(recipes.hours.map(\.hourOfDay) == [10, 12])
  #expect(recipes.terms[recipes.hours[0]]?.map(\.factor) == [0.5, 0.5])
  #expect(recipes.terms[recipes.hours[1]]?.map(\.factor) == [1])
}

@Test func `doubled, late, shifted and long steps are named and do no harm`() {
  let steps = [step(0, 60, 60), step(1, 0, 60), step(2, 60, 60), step(3, 130, 60), step(4, 180, 180)]
  let recipes = RainRecipes(steps, .step)
  #expect(recipes.hours.map(\.hourOfDay) == [10, 11])
  #expect(recipes.oddities.map(\.kind) == [.outOfOrder, .duplicate, .shifted, .notATotal])
  #expect(recipes.terms[recipes.hours[1]]?.map(\.step.index) == [0])
}

@Test func `totals since midnight become differences, but for the first hour of the UTC day`() throws {
  let ends = [-1, 0, 1, 2, 4]
  let steps = ends.enumerated().map { step($0, $1 * 60 - 60, 60) }
  let recipes = RainRecipes(steps, .sinceMidnightUTC)
  let byHour = recipes.hours.map { hour in recipes.terms[hour]?.map { [$0.step.index, Int($0.factor)] } }
  #expect(recipes.hours.map(\.hourOfDay) == [9, 10, 11])
  #expect(byHour == [[[1, 1], [0, -1]], [[2, 1]], [[3, 1], [2, -1]]])
}

@Test func `templates find files, read their times, and reach into folders and archives`() throws {
  let folder = try ScratchFolder()
  for name in ["2023/08/15.tif", "2023/08/16.tif", "2023/08/x.tif", "2023/rain_2023081503.tif"] {
    try folder.write("", to: name)
  }
  let days = FileTemplate(folder.path + "/{YYYY}/{MM}/{DD}.tif").matches()
  #expect(days.map { $0.unixSeconds(zone: 0) } == [midnight, midnight + 86_400])
  let hours = FileTemplate(folder.path + "/*/rain_{YYYY}{MM}{DD}{HH}.tif").matches()
  #expect(hours.map { $0.unixSeconds(zone: 32_400) } == [midnight - 6 * 3_600])
  #expect(FileTemplate(folder.path + "/2023/08/1?.tif").matches().count == 2)
  #expect(FileTemplate(folder.path + "/none/*.tif").matches().isEmpty)
  #expect(FileTemplate("a/b.tif").matches().map(\.path) == ["a/b.tif"])
}
