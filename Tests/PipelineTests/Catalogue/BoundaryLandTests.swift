import Foundation
import Mesh
import TestSupport
import Testing

@testable import Pipeline

/// West half of the area; `held` are the prefectures of the file.
private func country(_ held: [String]) throws -> SmallCountry {
  let country = try SmallCountry(extra: "boundaries: {path: land.geojson, attribute: N03_001}")
  let (south, west) = (Double(country.north - SmallCountry.rows), Double(country.west))
  var text = SmallTowns.geoJSON([.init("1", "町", box: (south, west, 20, 11))])
  for name in held {
    // Somewhere else: what counts is that the file knows the prefecture at all.
    let other = SmallTowns.geoJSON([.init("2", "村", box: (5_000, 3_200, 2, 2))], prefecture: name)
    let start = try #require(other.range(of: "\"features\":["))
    text = text.replacing("]}\n", with: "]}").replacing(
      "\"features\":[", with: "\"features\":[" + other[start.upperBound...].dropLast(2) + ",")
  }
  try country.folder.write(text, to: "land.geojson")
  return country
}

private func kept(_ country: SmallCountry, terrain: Bool) throws -> (cells: Int, of: Int) {
  if !terrain {
    let text = try String(contentsOfFile: country.catalogue, encoding: .utf8)
    try country.folder.write(
      text.split(separator: "\n").filter { !$0.hasPrefix("terrain") }.joined(separator: "\n"), to: "catalog.yaml")
  }
  let project = try Project(catalogue: country.catalogue, area: nil, threads: 1, console: Console(.quiet))
  var hashes = InputHashes(rememberedIn: project.workspace.hashes)
  return (try project.onLand(&hashes).area.cellCount, project.area.cellCount)
}

@Test func `boundaries of one prefecture do not make sea of its neighbours' land`() throws {
  let found = try kept(try country([]), terrain: false)
  #expect(found.cells == found.of)
}

@Test func `boundaries that hold every prefecture around tell sea from land`() throws {
  let found = try kept(try country(Prefecture.all.map(\.japaneseName)), terrain: false)
  #expect(found.cells > 0 && found.cells < found.of)
}

@Test func `land that the elevation finds stays, whatever the boundaries hold`() throws {
  let found = try kept(try country(Prefecture.all.map(\.japaneseName)), terrain: true)
  #expect(found.cells == found.of)
}
