import Mesh
import Rasters
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 5)

private func read(_ towns: [SmallTowns.Town]) throws -> [Municipality]? {
  let folder = try ScratchFolder()
  let path = try folder.write(SmallTowns.geoJSON(towns), to: "towns.geojson")
  return municipalities(of: try BoundaryFile.read(path), on: grid)
}

@Test func `municipalities of N03 are read as they come: wards with their city, parts of a town together`() throws {
  let towns = try #require(
    try read([
      .init("34101", "中区", county: "広島市", box: (4_240, 2_720, 2, 3)),
      .init("34302", "府中町", county: "安芸郡", box: (4_242, 2_720, 2, 3)),
      .init("34302", "府中町", county: "安芸郡", box: (4_242, 2_724, 1, 1)),
      .init("34999", "遠い町", box: (4_300, 2_800, 2, 2)),
    ]))
  #expect(towns.map(\.name) == ["広島市中区", "府中町"] && towns.map(\.code) == ["34101", "34302"])
  #expect(towns.map(\.cells.count) == [6, 7] && towns[1].polygons.count == 2)
  #expect(towns[0].prefecture == "広島県" && towns[0].cells == [10, 11, 12, 15, 16, 17])
}

@Test func `a cell belongs to one municipality, an islet without a centre to its own unless another holds the cell`()
  throws
{
  let towns = try #require(
    try read([
      .init("1", "町", box: (4_240, 2_720, 2, 2.7)),
      .init("2", "隣町", box: (4_240, 2_722.7, 2, 0.5)),
      .init("3", "島", box: (4_243.1, 2_724.1, 0.3, 0.3)),
    ]))
  #expect(towns.map(\.name) == ["町", "島"], "the neighbour holds no centre and its largest cell is the first one's")
  #expect(towns[1].cells == [4])
  let all = towns.flatMap(\.cells)
  #expect(Set(all).count == all.count)
}

@Test func `boundaries of prefectures name no municipality`() throws {
  let folder = try ScratchFolder()
  let plain = SmallTowns.geoJSON([.init("", "", box: (4_240, 2_720, 4, 5))])
  let path = try folder.write(plain, to: "a.geojson")
  #expect(municipalities(of: try BoundaryFile.read(path), on: grid) == nil)
  let other = try folder.write(plain.replacing("N03_004", with: "nothing"), to: "b.geojson")
  #expect(municipalities(of: try BoundaryFile.read(other), on: grid) == nil)
}

@Test func `a file of boundaries is read again where it has changed, its values are found in any case`() throws {
  let folder = try ScratchFolder()
  func write(_ name: String, _ height: Double) throws -> BoundaryFile {
    let towns = SmallTowns.geoJSON([.init("1", name, box: (4_240, 2_720, height, 5))])
    return try BoundaryFile.read(try folder.write(towns, to: "a.geojson"))
  }
  let first = try write("Hill", 2)
  #expect(try first.area(where: "n03_004", is: "hill").cells.values.count == 10)
  #expect(first === (try BoundaryFile.read(folder.path + "/a.geojson")))
  #expect(try first.whole().cells.values == first.area(where: "N03_004", is: "Hill").cells.values)
  #expect(first.values(of: ["N03_004", "none"]) == ["Hill"])
  for (attribute, value) in [("N03_004", "Vale"), ("none", "Hill")] {
    let error = #expect(throws: RasterError.self) { try first.area(where: attribute, is: value) }
    #expect(error?.description.contains("no polygon has \(attribute) = \(value)") == true)
  }
  let second = try write("Vale", 3)
  #expect(second !== first)
  #expect(try second.area(where: "N03_004", is: "Vale").cells.values.count == 15)
}
