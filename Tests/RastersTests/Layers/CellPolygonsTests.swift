import CGDAL
import Foundation
import Mesh
import Rasters
import Testing

private let grid = MeshGrid(south: 4_240, west: 2_720, height: 4, width: 4)

private func write(_ chosen: Set<Int>, styles: [GeoPackageStyle] = [], to path: String) throws {
  var probability = Layer<Float>(grid: grid, filledWith: 0.63)
  probability.values[5] = .nan
  let cells = CellPolygons(
    grid: grid,
    columns: [.integer(name: "level", Layer(grid: grid, filledWith: 4)), .real(name: "probability", probability)]
  ) { chosen.contains($0) }
  try cells.write(to: path, title: "chosen", styles: styles, day: JSTDay(daysSince1970: 19_584))
}

@Test(arguments: [[], [0], [0, 5, 6, 15]] as [Set<Int>])
func `a GeoPackage holds the chosen cells by mesh code`(chosen: Set<Int>) throws {
  let path = NSTemporaryDirectory() + "cells-\(UUID().uuidString).gpkg"
  defer { try? FileManager.default.removeItem(atPath: path) }
  try write(chosen, to: path)
  let handle = try #require(GDALOpenEx(path, UInt32(GDAL_OF_VECTOR), nil, nil, nil))
  defer { GDALClose(handle) }
  let layer = try #require(GDALDatasetGetLayerByName(handle, "cells"))
  #expect(OGR_L_GetFeatureCount(layer, 1) == chosen.count)
  for cell in chosen.sorted() {
    let feature = try #require(OGR_L_GetNextFeature(layer))
    defer { OGR_F_Destroy(feature) }
    let code = grid.code(at: cell)
    #expect(String(cString: OGR_F_GetFieldAsString(feature, 0)) == code.description)
    #expect(OGR_F_GetFieldAsInteger(feature, 1) == 4)
    if cell == 5 {
      #expect(OGR_F_IsFieldSetAndNotNull(feature, 2) == 0)
    } else {
      #expect(OGR_F_GetFieldAsDouble(feature, 2) == 0.63)
    }
    var box = OGREnvelope()
    OGR_G_GetEnvelope(OGR_F_GetGeometryRef(feature), &box)
    #expect(box.MinX == code.westLongitude && box.MaxX == code.eastLongitude)
    #expect(box.MinY == code.southLatitude && box.MaxY == code.northLatitude)
  }
}

@Test func `the query by which QGIS asks for the style of a layer finds it`() throws {
  let path = NSTemporaryDirectory() + "cells-\(UUID().uuidString).gpkg"
  defer { try? FileManager.default.removeItem(atPath: path) }
  let styles = [GeoPackageStyle(table: "cells", style: "<qgis/>"), GeoPackageStyle(table: "absent", style: "<qgis/>")]
  try write([0, 5], styles: styles, to: path)
  let handle = try #require(GDALOpenEx(path, UInt32(GDAL_OF_VECTOR), nil, nil, nil))
  defer { GDALClose(handle) }
  let layer = try #require(GDALDatasetGetLayerByName(handle, "layer_styles"))
  #expect(OGR_L_GetFeatureCount(layer, 1) == 1)
  // As the OGR provider of QGIS 3.22 writes it, its order included.
  let query =
    "f_table_schema='' AND f_table_name='cells' AND f_geometry_column='geom' "
    + "ORDER BY CASE WHEN useAsDefault THEN 1 ELSE 2 END,update_time DESC LIMIT 1"
  #expect(OGR_L_SetAttributeFilter(layer, query) == OGRERR_NONE)
  let feature = try #require(OGR_L_GetNextFeature(layer))
  defer { OGR_F_Destroy(feature) }
  let field = OGR_F_GetFieldIndex(feature, "styleQML")
  #expect(String(cString: OGR_F_GetFieldAsString(feature, field)) == "<qgis/>")
}

@Test func `the same cells give the same file at any time`() throws {
  let paths = (0..<2).map { _ in NSTemporaryDirectory() + "cells-\(UUID().uuidString).gpkg" }
  defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
  try write([1, 2], to: paths[0])
  Thread.sleep(forTimeInterval: 1.1)
  try write([1, 2], to: paths[1])
  #expect(FileManager.default.contents(atPath: paths[0]) == FileManager.default.contents(atPath: paths[1]))
}

@Test func `outlines close, turn at corners only and keep corner neighbours apart`() {
  // Two cells that touch at a corner, and a block of two apart from them.
  let chosen: Set<Int> = [0, 5, 11, 15]
  let rings = cellOutline(of: grid) { chosen.contains($0) }
  #expect(rings.map(\.count) == [4, 4, 4])
  let (north, below, east) = (4_244.0 / 120, 4_243.0 / 120, 134.0125)
  let first: [SIMD2<Double>] = [[134, north], [east, north], [east, below], [134, below]]
  #expect(rings.first == first)
}

@Test func `a hole has a ring of its own`() {
  let inner = grid.width + 1
  #expect(cellOutline(of: grid) { $0 != inner }.map(\.count) == [4, 4])
}

@Test func `outline rings use every edge between chosen and other cells once`() {
  let wide = MeshGrid(south: 0, west: 0, height: 17, width: 23)
  var state: UInt64 = 7
  let chosen = (0..<wide.count).map { _ -> Bool in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 62 == 0
  }
  func holds(_ y: Int, _ x: Int) -> Bool {
    y >= 0 && y < wide.height && x >= 0 && x < wide.width && chosen[y * wide.width + x]
  }
  var edges = 0
  for y in -1..<wide.height {
    for x in -1..<wide.width {
      if holds(y, x) != holds(y + 1, x) { edges += 1 }
      if holds(y, x) != holds(y, x + 1) { edges += 1 }
    }
  }
  let lengths = cellOutline(of: wide, where: { chosen[$0] }).map { ring in
    zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, side in
      sum + Int((abs(side.0.x - side.1.x) * 80 + abs(side.0.y - side.1.y) * 120).rounded())
    }
  }
  #expect(lengths.reduce(0, +) == edges)
}
