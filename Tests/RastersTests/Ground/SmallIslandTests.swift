import Mesh
import Rasters
import TestSupport
import Testing

/// A GeoJSON of squares: south-west corner and side in degrees.
private func squares(_ squares: [(west: Double, south: Double, side: Double)]) -> String {
  let rings = squares.map { s in
    let (e, n) = (s.west + s.side, s.south + s.side)
    return "[[[\(s.west),\(s.south)],[\(e),\(s.south)],[\(e),\(n)],[\(s.west),\(n)],[\(s.west),\(s.south)]]]"
  }
  return """
    {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6668"}},"features":[
    {"type":"Feature","properties":{"name":"a"},
    "geometry":{"type":"MultiPolygon","coordinates":[\(rings.joined(separator: ","))]}}]}
    """
}

@Test func `an island without a cell's centre has the cell that holds most of it, a rock has none`() throws {
  let folder = try ScratchFolder()
  // A mainland of a tenth of a degree; 0.002 degrees off a corner of the lattice an island of 0.1 cell; a rock.
  let text = squares([(134, 35, 0.1), (134.5 + 0.0005, 35.5 + 0.0005, 0.003), (134.75, 35.5, 0.0004)])
  try folder.write(text, to: "a.geojson")
  let area = try AreaPolygons(VectorInput(folder.path + "/a.geojson"))
  let island = Mesh3Code(row: Int(35.502 * 120), column: Int(34.502 * 80))
  #expect(area.cells[island] == true)
  let rock = Mesh3Code(row: Int(35.5002 * 120), column: Int(34.7502 * 80))
  #expect(area.cells[rock] != true)
}
