import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let grid = MeshGrid(south: 4_260, west: 2_720, height: 1, width: 3)

private func lengths(
  _ geometries: String..., crs: String? = nil, filter: String? = nil
) throws -> LineLengths {
  let folder = try ScratchFolder()
  let features = geometries.enumerated().map { place, geometry in
    "{\"type\": \"Feature\", \"properties\": {\"highway\": \"\(place == 0 ? "primary" : "path")\"}, \"geometry\": \(geometry)}"
  }
  let path = try folder.write(
    "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ", "))]}", to: "roads.geojson")
  return try LineLengths(VectorInput(path, filter: filter, referenceSystem: crs), on: grid)
}

private func line(_ points: (Double, Double)...) -> String {
  "{\"type\": \"LineString\", \"coordinates\": [\(points.map { "[\($0.0), \($0.1)]" }.joined(separator: ", "))]}"
}

@Test func `a road is cut at the sides of cells, each piece as long as its geodesic`() throws {
  // pyproj 3, Geod(ellps="GRS80").inv of the pieces.
  let expected = [1_082.18837, 1_176.25512, 583.40840]
  let found = try lengths(line((134.001, 35.5011), (134.0312, 35.5079))).kilometres.values
  for (found, expected) in zip(found, expected) { #expect(abs(Double(found) * 1_000 - expected) < 0.002) }
}

@Test func `a road beyond the area, on its edge or without length counts once or not at all`() throws {
  let crossing = line((134.0062, 35.49), (134.0062, 35.52))
  let once = try lengths(crossing).kilometres.values
  #expect(abs(once[0] - 0.92458) < 1e-4 && once[1] == 0 && once[2] == 0)
  #expect(
    try lengths(line((134.1, 35.5), (134.2, 35.6)), line((134.01, 35.503), (134.01, 35.503))).kilometres.values == [
      0, 0, 0,
    ])
  // Along the side between two cells: in one of them.
  let edge = try lengths(line((134.0125, 35.5), (134.0125, 35.508))).kilometres.values
  #expect(edge.filter { $0 > 0 }.count == 1 && abs(edge.reduce(0, +) - 0.888) < 0.001)
}

@Test func `lines of several parts and a filter are read, points and areas are left out and told`() throws {
  let parts =
    "{\"type\": \"MultiLineString\", \"coordinates\": [[[134.001, 35.503], [134.002, 35.503]], [[134.02, 35.503], [134.021, 35.503]]]}"
  let point = "{\"type\": \"Point\", \"coordinates\": [134.001, 35.503]}"
  let found = try lengths(parts, point)
  #expect(found.kilometres.values[0] == found.kilometres.values[1] && found.kilometres.values[0] > 0.09)
  #expect(found.recognised == ["1 features without a line left out"])
  let some = try lengths(parts, line((134.001, 35.503), (134.03, 35.503)), filter: "highway = 'primary'")
  #expect(some.kilometres.values == found.kilometres.values)
}

@Test func `a file of areas is no file of roads`() throws {
  let area = "{\"type\": \"Polygon\", \"coordinates\": [[[134, 35.5], [134.01, 35.5], [134.01, 35.51], [134, 35.5]]]}"
  #expect(throws: RasterError.self) { try lengths(area) }
}
