import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

private let rows = [
  ("52350300", "120.5", "12.5", "3"), ("52350301", "unknown", "unknown", "unknown"),
  ("52350302", "99999", "99.9", "99"), ("52350303", "-2.1", "0", "0"),
]

/// The attributes of G04-a on the squares of their cells, in the order and with the names of the published shapefiles.
private func geoJSON() -> String {
  let features = rows.map { row in
    let west = (Mesh3Code(row.0)?.westLongitude ?? 0, Mesh3Code(row.0)?.southLatitude ?? 0)
    let ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
      "[\(west.0 + Double($0.0) / 80), \(west.1 + Double($0.1) / 120)]"
    }
    return """
      {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[\(ring.joined(separator: ", "))]]},
       "properties": {"G04a_001": "\(row.0)", "G04a_002": "\(row.1)", "G04a_003": "200", "G04a_004": "100",
        "G04a_005": "0", "G04a_006": "30", "G04a_007": "\(row.3)", "G04a_008": "0", "G04a_009": "1",
        "G04a_010": "\(row.2)"}}
      """
  }
  return "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ",\n"))]}"
}

private let ogr2ogr = "/usr/bin/ogr2ogr"

private func run(_ tool: String, _ arguments: [String], in folder: String) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: tool)
  process.arguments = arguments
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  try process.run()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(tool) \(arguments)")
}

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: ogr2ogr)))
struct KSJFileTests {
  private let scratch: ScratchFolder
  private static let name = "G04-a-11_5235-jgd_ElevationAndSlopeAngleTertiaryMesh"

  init() throws {
    scratch = try ScratchFolder()
    try scratch.write(geoJSON(), to: "mesh.geojson")
  }

  @Test(arguments: ["shp", "gml", "geojson", "zip"])
  func `G04-a gives the same ground as shapefile, GML, GeoJSON and in a zip without a reference system`(
    kind: String
  ) throws {
    var path = "\(scratch.path)/\(Self.name).\(kind)"
    switch kind {
    case "shp", "zip":
      try run(ogr2ogr, ["-lco", "ENCODING=CP932", Self.name + ".shp", "mesh.geojson"], in: scratch.path)
      guard kind == "zip" else { break }
      for file in [".prj", ".cpg"] { try FileManager.default.removeItem(atPath: "\(scratch.path)/\(Self.name)\(file)") }
      let members = ["shp", "shx", "dbf"].map { "\(Self.name).\($0)" }
      try run("/usr/bin/env", ["python3", "-m", "zipfile", "-c", "g04a.zip"] + members, in: scratch.path)
      path = scratch.path + "/g04a.zip"
    case "gml": try run(ogr2ogr, ["-f", "GML", Self.name + ".gml", "mesh.geojson"], in: scratch.path)
    default: path = scratch.path + "/mesh.geojson"
    }
    let grid = try #require(MeshCodePrefix("523503")).grid
    let (stack, report) = try alignStatic(StaticInputs(elevation: .ksjMesh([path], referenceSystem: nil)), to: grid)
    #expect(stack.elevation.values.suffix(10).prefix(5).map { $0.isNaN ? -1 : $0 } == [120.5, -1, -1, -2.1, -1])
    #expect(stack.slope.values.suffix(10).prefix(4).map { $0.isNaN ? -1 : $0 } == [12.5, -1, -1, 0])
    #expect(stack.aspect.values.suffix(10).prefix(4) == [3, 0, 0, 0])
    #expect(report.entry("elevation")?.cellsWithValue == 2)
    #expect(report.entry("elevation")?.recognised == ["2 cells with elevation \"unknown\": left empty"])
  }

  @Test func `codes of the 1981 edition on Tokyo datum move by half a cell`() throws {
    let grid = try #require(MeshCodePrefix("523503")).grid
    let (stack, report) = try alignStatic(
      StaticInputs(elevation: .ksjMesh([scratch.path + "/mesh.geojson"], referenceSystem: "EPSG:4301")), to: grid)
    // The cell's value lies some 350 m north and 290 m west of its code's square.
    let code = try #require(Mesh3Code("52350300"))
    let first = try #require(grid.index(of: code))
    #expect(abs(stack.elevation.values[first] - 120.5) < 1e-4)
    #expect((0.3...0.6).contains(stack.coverage.values[first]))
    #expect((0.2...0.6).contains(stack.coverage.values[first - grid.width]))
    #expect(report.entry("elevation")?.datumStep?.contains("Tokyo") == true)
  }

  @Test func `GML as the ministry packs it is refused with the way out`() throws {
    let text = """
      <?xml version="1.0" encoding="utf-8"?>
      <ksj:Dataset xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app" xmlns:gml="http://www.opengis.net/gml/3.2">
        <ksj:ElevationAndSlopeAngleTertiaryMesh gml:id="fi_1"><ksj:meshCode>52350300</ksj:meshCode>
        </ksj:ElevationAndSlopeAngleTertiaryMesh>
      </ksj:Dataset>
      """
    let path = try scratch.write(text, to: "G04-a-11_5235.xml")
    let grid = try #require(MeshCodePrefix("523503")).grid
    let error = #expect(throws: RasterError.self) {
      try alignStatic(StaticInputs(elevation: .ksjMesh([path], referenceSystem: nil)), to: grid)
    }
    #expect(error?.description.contains("give the shapefile or the whole zip") == true)
  }
}
