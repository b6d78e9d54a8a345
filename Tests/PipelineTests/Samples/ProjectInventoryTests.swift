import Forecasting
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

private let records = """
  when,lat,lon,precision,cause
  2019-09-09 02:00,35.424,139.611944,500 m,Rain
  2019-09-09,35.424,139.611944,500 m,Tropical Cyclone
  2019-09-09,35.424,139.611944,500 m,Earthquake
  2019-09-09,35.424,139.611944,5 km,Rain
  unknown,35.424,139.611944,500 m,Rain
  2019-09-09,33.0,139.611944,500 m,Rain

  """

private func project(_ folder: ScratchFolder, _ section: String) throws -> Project {
  try folder.write(records, to: "slides.csv")
  let catalogue = try folder.write("area: 139,35,140,36\n" + section, to: "catalog.yaml")
  return try Project(catalogue: catalogue, area: nil, threads: 1, console: Console(.quiet))
}

private let columns = "date: when, latitude: lat, longitude: lon, accuracy: precision, trigger: cause"

@Test(
  arguments: [
    ("", 2, [Inventory.Reject.Reason.notRain, .imprecise, .undated, .outside]),
    (", triggers: rain", 2, [.notRain, .imprecise, .undated, .outside]),
    (", triggers: all", 3, [.imprecise, .undated, .outside]),
    (", triggers: [earthquake]", 1, [.notRain, .notRain, .notRain, .undated, .notRain]),
  ])
func `the catalogue's inventory gives events on the area's cells, and rejects with reasons`(
  triggers: String, events: Int, reasons: [Inventory.Reject.Reason]
) throws {
  let folder = try ScratchFolder()
  let inventory = try project(folder, "inventory: {path: slides.csv, \(columns)\(triggers)}\n").inventory()
  let code = try #require(Mesh3Code(latitude: 35.424, longitude: 139.611944))
  let day = try #require(JSTDay("2019-09-09"))
  #expect(inventory.events.count == events)
  #expect(inventory.events.allSatisfy { $0.code == code && $0.day == day })
  #expect(inventory.rejects.map(\.reason) == reasons)
}

@Test func `the reference system of the catalogue moves the events`() throws {
  let folder = try ScratchFolder()
  // Half a cell south of the next row on Tokyo datum: some 360 m to the north on the lattice.
  let inventory = try project(folder, "inventory: {path: slides.csv, \(columns), crs: EPSG:4301}\n").inventory()
  let plain = try #require(Mesh3Code(latitude: 35.424, longitude: 139.611944))
  let moved = try #require(Mesh3Code(latitude: 35.424 + 0.00323, longitude: 139.611944 - 0.00322))
  #expect(inventory.events.first?.code == moved)
  #expect(moved != plain)
}

@Test(
  arguments: [
    ("title: none\n", "the section inventory is missing"),
    ("inventory: {path: slides.csv, cause: x}\n", "unknown key inventory.cause"),
    ("inventory: {path: slides.csv, triggers: []}\n", "inventory.triggers must be"),
    ("inventory: {path: slides.csv}\n", "no column of dates among when, lat"),
    ("inventory: {path: slides.csv, date: when, trigger: reason}\n", "no column reason among when"),
    ("inventory: {path: slide.csv}\n", "slide.csv: no such file"),
  ])
func `a wrong inventory section ends in one sentence`(section: String, message: String) throws {
  let folder = try ScratchFolder()
  let error = #expect(throws: (any Error).self) { _ = try project(folder, section).inventory() }
  #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "no error")")
}

@Test func `an inspected inventory counts its rejects by reason and lists them`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write(records, to: "slides.csv")
  let named = InventoryColumns(date: "when", accuracy: "precision", trigger: "cause")
  let inspection = try InventoryInspection(of: path, columns: named)
  #expect(inspection.records == 6)
  #expect(inspection.events == 4)
  #expect(inspection.eventsWithHour == 1)
  #expect(inspection.rejectCounts.map(\.records) == [1, 1])
  #expect(inspection.words.contains("record 4 imprecise: 5 km"))
  #expect(inspection.words.contains("record 5 undated: unknown"))
}
