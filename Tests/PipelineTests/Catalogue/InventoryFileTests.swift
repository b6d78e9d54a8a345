import Forecasting
import Foundation
import Mesh
import Pipeline
import Rasters
import TestSupport
import Testing

/// One event at 35.42 N, 139.611944 E (JGD2011) and one whose date is missing.
private let text = """
  発生日,緯度,経度,精度
  2019/9/9_2:00,35.42,139.611944,1km
  調査中,35.42,139.62,1km
  """

private let geoJSON = """
  {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"date": "2019-09-09", "trigger": "Rain"},
     "geometry": {"type": "Point", "coordinates": [139.611944, 35.42]}},
    {"type": "Feature", "properties": {"date": "2019-09-10", "trigger": "Rain"},
     "geometry": {"type": "Polygon", "coordinates": [[[139.5, 35.4], [139.6, 35.4], [139.6, 35.5], [139.5, 35.5], [139.5, 35.4]]]}},
    {"type": "Feature", "properties": {"date": "2019-09-11", "trigger": "Rain"}, "geometry": null}]}
  """

private func expectedCode() throws -> Mesh3Code {
  try #require(Mesh3Code(latitude: 35.42, longitude: 139.611944))
}

@Test(arguments: [String.Encoding.utf8, .shiftJIS])
func `a CSV in UTF-8 or CP932 gives events by the usual Japanese names`(encoding: String.Encoding) throws {
  let folder = try ScratchFolder()
  let path = folder.path + "/events.csv"
  try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: path))
  let inventory = try readInventory(path, columns: InventoryColumns(accuracy: "精度"))
  #expect(try inventory.events.map(\.code) == [expectedCode()])
  #expect(inventory.events.first?.hour == 2)
  #expect(inventory.rejects.map(\.reason) == [.undated])
}

@Test func `points and areas of GeoJSON are placed, areas too wide are not`() throws {
  let folder = try ScratchFolder()
  let inventory = try readInventory(folder.write(geoJSON, to: "events.geojson"))
  #expect(try inventory.events.map(\.code) == [expectedCode()])
  #expect(inventory.rejects.map(\.reason) == [.imprecise, .unplaced])
}

@Test func `coordinates on Tokyo datum move by some 450 m`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write("date,lat,lon\n2000-09-11,35.0,137.0\n", to: "events.csv")
  let table = try PointTable(reading: path, referenceSystem: "EPSG:4301")
  let record = try #require(table.records.first)
  // PLATFORM: about 290 m to the west, 350 m to the north, in central Japan.
  #expect(abs(try #require(record.longitude) - 137 + 0.0030) < 0.0004)
  #expect(abs(try #require(record.latitude) - 35 - 0.0032) < 0.0003)
}

@Test func `a column that is not there is named with those that are`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write("when,lat,lon\n2000-09-11,35.0,137.0\n", to: "events.csv")
  for columns in [InventoryColumns(), InventoryColumns(date: "day"), InventoryColumns(date: "when", latitude: "y")] {
    let error = #expect(throws: RasterError.self) { _ = try readInventory(path, columns: columns) }
    #expect(error?.description.contains("among when, lat, lon") == true)
  }
}

@Test func `an accuracy whose column says metres is not taken as km`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write(
    "date,latitude,longitude,accuracy_m\n2019-09-09,35.42,139.6,900\n2019-09-09,35.42,139.6,3000\n", to: "events.csv")
  let inventory = try readInventory(path)
  #expect(inventory.events.count == 1)
  #expect(inventory.rejects.map(\.detail) == ["3000 m"])
}

@Test func `a table of days without positions is no inventory, and says what it has`() throws {
  let folder = try ScratchFolder()
  let path = try folder.write("day,precip_mm,event\n2002-11-12,7.1,0\n", to: "days.csv")
  let error = #expect(throws: RasterError.self) { _ = try readInventory(path) }
  #expect(error?.description.contains("no columns of positions among day, precip_mm, event") == true)
}

@Test(
  .enabled(if: RealData.isPresent),
  arguments: [
    ("glc_2016_japan.csv", 16, 82), ("mlit_2019_faxai.csv", 59, 61), ("glc_2016_world.csv.gz", -1, 9_564),
  ])
func `real inventories load whole`(name: String, placed: Int, total: Int) throws {
  let inventory = try readInventory(RealData.path("landslide-inventories/" + name))
  #expect(inventory.events.count + inventory.rejects.count == total)
  if placed >= 0 { #expect(inventory.events.count == placed) }
}

@Test(.enabled(if: RealData.isPresent))
func `the earthquakes of the catalogue are left out on demand`() throws {
  let inventory = try readInventory(
    RealData.path("landslide-inventories/glc_2016_japan.csv"), triggers: Inventory.rainTriggers)
  #expect(inventory.rejects.count { $0.reason == .notRain } == 16)
}

@Test(.enabled(if: RealData.isPresent))
func `the KSJ sample in its zip reads in CP932, and its 5-km mesh is too coarse`() throws {
  let path = RealData.path("ksj-samples/A30a5-11_4939-jgd_GML.zip")
  let without = #expect(throws: RasterError.self) { _ = try readInventory(path) }
  #expect(without == .noReferenceSystem(path: path))
  let table = try PointTable(reading: path, referenceSystem: "EPSG:4612")
  #expect(table.records.first?.fields.prefix(3) == ["東京都", "八丈町", "2009-10-06"])
  let inventory = try readInventory(path, referenceSystem: "EPSG:4612")
  #expect(inventory.events.isEmpty)
  #expect(inventory.rejects.map(\.reason) == [.imprecise])
}

@Test(.enabled(if: RealData.isPresent))
func `the days of Sitka have no positions, which is an error`() throws {
  let path = RealData.path("landslide-inventories/sitka_landslide_days.csv.gz")
  let error = #expect(throws: RasterError.self) { _ = try readInventory(path) }
  #expect(error?.description.contains("no columns of positions") == true)
}
