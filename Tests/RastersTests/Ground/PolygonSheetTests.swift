import Foundation
import Mesh
import Rasters
import TestSupport
import Testing

/// Maps of classes in sheets, as the vegetation and soil maps of Japan are handed out: a shapefile a sheet, in CP932, packed or not.
@Suite struct PolygonSheetTests {
  private let grid = MeshGrid(south: 4_200, west: 2_720, height: 6, width: 8)
  private let scratch: ScratchFolder
  private let legend = Legend(path: "legend", classes: ["470400": 6, "アカマツ群落": 7, "540100": 9])

  init() throws { scratch = try ScratchFolder() }

  /// A box of cells, counted from the grid's south-western corner.
  private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [SIMD2<Double>] {
    [(west, south), (west, north), (east, north), (east, south), (west, south)].map {
      SIMD2(100 + (Double(grid.west) + $0.0) / 80, (Double(grid.south) + $0.1) / 120)
    }
  }

  private func sheet(
    _ name: String, _ features: [(ring: [SIMD2<Double>], texts: [String])], field: String = "凡例コード", zipped: Bool,
    projection: String = ShapefileWriter.jgd2000
  ) throws {
    let writer = ShapefileWriter(fields: ["ID", field], features: features, projection: projection)
    let files = writer.files.map { (name: "\(name).\($0.ending)", contents: $0.bytes) }
    if zipped {
      try writeZip(files, to: "\(scratch.path)/\(name).zip")
    } else {
      for file in files { try scratch.write(file.contents, to: file.name) }
    }
  }

  private func shares(
    _ paths: [String], _ attribute: String = "凡例コード"
  ) throws -> (shares: ClassShares, entry: AlignmentReport.Entry) {
    let input = ClassInput.polygons(paths.map { VectorInput(scratch.path + "/" + $0) }, attribute: attribute, legend)
    let (stack, report) = try alignStatic(StaticInputs(vegetation: input, minimumCoverage: 0), to: grid)
    return (stack.vegetation, try #require(report.entry("vegetation")))
  }

  @Test(arguments: [true, false])
  func `sheets are one map, attributes and their names in CP932`(zipped: Bool) throws {
    try sheet(
      "shp533901", [(box(0, 0, 4, 6), ["1", "470400"]), (box(4, 0, 4.5, 6), ["2", "アカマツ群落"])], zipped: zipped)
    try sheet("shp533902", [(box(4.5, 0, 8, 6), ["1", "540100"])], zipped: zipped)
    try sheet("shp643001", [(box(900, 900, 910, 910), ["1", "1"])], zipped: zipped)
    let (found, entry) = try shares(["shp*.\(zipped ? "zip" : "shp")"])
    for row in 0..<6 {
      #expect((0..<8).map { found.majority[row, $0] } == [6, 6, 6, 6, 7, 9, 9, 9])
      #expect((0..<8).allSatisfy { abs(found.coverage[row, $0] - 1) < 1e-6 })
    }
    #expect(entry.recognised.contains("3 files read as one map, 1 of them away from the area"))
    #expect(entry.unknownCodes.isEmpty)
  }

  @Test func `a sheet on Tokyo datum is placed by it, and that is told`() throws {
    try sheet("a", [(box(0, 0, 4, 6), ["1", "470400"])], zipped: true)
    try sheet("b", [(box(4, 0, 8, 6), ["1", "540100"])], zipped: true, projection: ShapefileWriter.tokyo)
    let (found, entry) = try shares(["a.zip", "b.zip"])
    #expect(entry.recognised.contains { $0.contains("several reference systems") })
    // About 260 m to the west and 350 m to the north: column 4 has a rest of its own sheet only, its north is covered still.
    #expect((0..<8).map { found.majority[2, $0] } == [6, 6, 6, 6, 9, 9, 9, 9])
    #expect(found.coverage[5, 6] < 0.9 && found.coverage[2, 7] < 0.9)
  }

  @Test func `a sheet without the attribute is named`() throws {
    try sheet("a", [(box(0, 0, 4, 6), ["1", "470400"])], zipped: true)
    try sheet("b", [(box(4, 0, 8, 6), ["1", "540100"])], field: "HANREI_C", zipped: true)
    let error = #expect(throws: RasterError.self) { try shares(["a.zip", "b.zip"]) }
    #expect(error?.description.contains("b.zip") == true && error?.description.contains("HANREI_C") == true)
  }

  @Test func `sheets may be of several formats`() throws {
    try sheet("a", [(box(0, 0, 4, 6), ["1", "470400"])], zipped: false)
    let geoJSON = """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"凡例コード":"540100"},"geometry":
      {"type":"Polygon","coordinates":[[\(box(4, 0, 8, 6).map { "[\($0.x),\($0.y)]" }.joined(separator: ","))]]}}]}
      """
    try scratch.write(geoJSON, to: "b.geojson")
    #expect(
      try (0..<8).map { x in try shares(["a.shp", "b.geojson"]).shares.majority[1, x] } == [6, 6, 6, 6, 9, 9, 9, 9])
  }
}
