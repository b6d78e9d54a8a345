import Cartography
import Foundation
import Mesh
import Testing

@Test func `a catalogue item tells place, period and layers`() throws {
  let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 8)
  let facts = RunFacts(
    area: "test", areaTitle: "Test", horizon: RainHorizon(day: JSTDay(daysSince1970: 19_584)), grid: grid, model: "m",
    software: "s")
  let data = stacItem(
    facts, layers: [(.risk, "risk.tif"), (.level, "level.tif")],
    others: [("map", "map.png", "image/png", "Map sheet")])
  let item = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  #expect(item["type"] as? String == "Feature")
  #expect(item["stac_version"] as? String == "1.0.0")
  let box: [Double] = [134, 4_240.0 / 120, 134.1, 4_244.0 / 120]
  #expect(item["bbox"] as? [Double] == box)
  let properties = try #require(item["properties"] as? [String: Any])
  #expect(properties["start_datetime"] as? String == "2023-08-14T15:00:00Z")
  #expect(properties["end_datetime"] as? String == "2023-08-15T15:00:00Z")
  #expect(properties["proj:shape"] as? [Int] == [4, 8])
  let assets = try #require(item["assets"] as? [String: [String: Any]])
  #expect(assets.keys.sorted() == ["level", "map", "risk"])
  #expect((assets["level"]?["classification:classes"] as? [Any])?.count == 5)
  #expect(item["collection"] as? String == "lsmap-test")
  #expect(
    (item["links"] as? [[String: Any]])?.compactMap { $0["rel"] as? String } == ["self", "collection", "related"])
  let collection = try #require(try JSONSerialization.jsonObject(with: stacCollection(facts)) as? [String: Any])
  #expect(collection["id"] as? String == "lsmap-test")
  #expect(assets["risk"]?["href"] as? String == "./risk.tif")
}
