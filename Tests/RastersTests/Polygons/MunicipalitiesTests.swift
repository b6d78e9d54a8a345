import Mesh
import Rasters
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 5)

private func read(_ towns: [SmallTowns.Town]) throws -> [Municipality]? {
  let folder = try ScratchFolder()
  let path = try folder.write(SmallTowns.geoJSON(towns), to: "towns.geojson")
  return try readMunicipalities(PolygonInput(path), on: grid)
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
  #expect(try readMunicipalities(PolygonInput(path), on: grid) == nil)
  let other = try folder.write(plain.replacing("N03_004", with: "nothing"), to: "b.geojson")
  #expect(try readMunicipalities(PolygonInput(other), on: grid) == nil)
}
