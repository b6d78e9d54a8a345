import CGDAL
package import Mesh

/// A table of QGIS' own that names the style of each layer of a GeoPackage.
package struct GeoPackageStyle: Sendable {
  /// Name of the layer.
  package let table: String
  /// A QML document.
  package let style: String

  package init(table: String, style: String) {
    self.table = table
    self.style = style
  }
}

/// Writes municipalities (`towns`) and a table without geometry (`daily`), EPSG:6668.
///
/// - Parameters:
///   - path: Replaced if it exists.
///   - polygons: All with the same columns.
///   - rows: All with the same columns.
///   - styles: Of the layers that are written.
///   - day: Goes into the file as its last change, which would else be the clock's time.
/// - Throws: `cannotWrite`; no file is left then.
package func writeGeoPackage(
  to path: String, polygons: [DescribedPolygons], rows: [[(name: String, value: DescribedPolygons.Value)]],
  styles: [GeoPackageStyle], day: JSTDay
) throws(RasterError) {
  try makeGeoPackage(at: path, day: day) { (handle) throws(RasterError) in
    if !polygons.isEmpty { try addTowns(polygons, to: handle, path: path) }
    if let first = rows.first {
      let layer = try makeLayer("daily", of: wkbNone, title: "Municipalities by day", in: handle, path: path)
      try addFields(first, to: layer, path: path)
      for row in rows { try addFeature(to: layer, path: path) { set(row, on: $0) } }
    }
    if !styles.isEmpty { try addStyles(styles, to: handle, path: path, day: day) }
  }
}

/// Creates a GeoPackage and completes it, with one transaction and no clock.
func makeGeoPackage(
  at path: String, day: JSTDay, _ fill: (GDALDatasetH) throws(RasterError) -> Void
) throws(RasterError) {
  prepareGDAL()
  try writeThroughMemory(to: path) { (memory) throws(RasterError) in
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "\(day)T00:00:00.000Z")
    defer { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nil) }
    CPLErrorReset()
    guard
      let handle = GDALCreate(GDALGetDriverByName("GPKG"), memory, 0, 0, 0, GDT_Unknown, nil)
    else { throw .cannotWrite(path: path, reason: gdalReason()) }
    let package = Dataset(owning: handle)
    // One transaction: thousands of commits would each wait for the disk.
    GDALDatasetStartTransaction(handle, 0)
    try fill(handle)
    guard GDALDatasetCommitTransaction(handle) == OGRERR_NONE else {
      throw .cannotWrite(path: path, reason: gdalReason())
    }
    try package.close(path)
  }
}

/// Municipalities as multipolygons with their columns.
func addTowns(_ towns: [DescribedPolygons], to handle: GDALDatasetH, path: String) throws(RasterError) {
  let layer = try makeLayer("towns", of: wkbMultiPolygon, title: "Municipalities", in: handle, path: path)
  try addFields(towns[0].values, to: layer, path: path)
  for town in towns {
    try addFeature(to: layer, path: path) { feature in
      set(town.values, on: feature)
      let whole = OGR_G_CreateGeometry(wkbMultiPolygon)
      for rings in town.polygons {
        let polygon = OGR_G_CreateGeometry(wkbPolygon)
        for points in rings {
          let ring = OGR_G_CreateGeometry(wkbLinearRing)
          for point in points { OGR_G_AddPoint_2D(ring, point.x, point.y) }
          OGR_G_CloseRings(ring)
          OGR_G_AddGeometryDirectly(polygon, ring)
        }
        OGR_G_AddGeometryDirectly(whole, polygon)
      }
      OGR_F_SetGeometryDirectly(feature, whole)
    }
  }
}

/// QGIS looks for the style of a layer in this table when the layer is opened.
///
/// The columns are those that QGIS makes itself. It sorts by `update_time`: without that column its query fails, and the layer
/// is drawn in chance colours without names of fields.
func addStyles(
  _ styles: [GeoPackageStyle], to handle: GDALDatasetH, path: String, day: JSTDay
) throws(RasterError) {
  let layer = try makeLayer("layer_styles", of: wkbNone, title: "Styles of QGIS", in: handle, path: path)
  let columns: [(name: String, type: OGRFieldType, value: (GeoPackageStyle) -> String)] = [
    ("f_table_catalog", OFTString, { _ in "" }), ("f_table_schema", OFTString, { _ in "" }),
    ("f_table_name", OFTString, { $0.table }), ("f_geometry_column", OFTString, { _ in "geom" }),
    ("styleName", OFTString, { _ in "lsmap" }), ("styleQML", OFTString, { $0.style }),
    ("styleSLD", OFTString, { _ in "" }), ("useAsDefault", OFTInteger, { _ in "1" }),
    ("description", OFTString, { _ in "" }), ("owner", OFTString, { _ in "" }), ("ui", OFTString, { _ in "" }),
    ("update_time", OFTDateTime, { _ in "\(day)T00:00:00Z" }),
  ]
  for column in columns { try addField(column.name, column.type, to: layer, path: path) }
  for style in styles where GDALDatasetGetLayerByName(handle, style.table) != nil {
    try addFeature(to: layer, path: path) { feature in
      for (place, column) in columns.enumerated() {
        OGR_F_SetFieldString(feature, Int32(place), column.value(style))
      }
    }
  }
}

func makeLayer(
  _ name: String, of type: OGRwkbGeometryType, title: String, in handle: GDALDatasetH, path: String
) throws(RasterError) -> OGRLayerH {
  let reference = try ReferenceSystem("EPSG:6668", for: path)
  let options = ["GEOMETRY_NAME=geom", "FID=fid", "IDENTIFIER=\(name)", "DESCRIPTION=\(title)"]
  let layer = withStringList(options) {
    GDALDatasetCreateLayer(handle, name, type == wkbNone ? nil : reference.handle, type, $0)
  }
  guard let layer else { throw .cannotWrite(path: path, reason: gdalReason()) }
  return layer
}

func addField(
  _ name: String, _ type: OGRFieldType, width: Int32 = 0, to layer: OGRLayerH, path: String
) throws(RasterError) {
  let field = OGR_Fld_Create(name, type)
  defer { OGR_Fld_Destroy(field) }
  if width > 0 { OGR_Fld_SetWidth(field, width) }
  guard OGR_L_CreateField(layer, field, 1) == OGRERR_NONE else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
}

func addFeature(
  to layer: OGRLayerH, path: String, _ fill: (OGRFeatureH) -> Void
) throws(RasterError) {
  guard let feature = OGR_F_Create(OGR_L_GetLayerDefn(layer)) else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
  defer { OGR_F_Destroy(feature) }
  fill(feature)
  guard OGR_L_CreateFeature(layer, feature) == OGRERR_NONE else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
}

/// The double nearest to the float's shortest decimal: tables then show 0.63, not 0.62999999523.
func shortestDecimal(_ value: Float) -> Double { Double(String(value)) ?? Double(value) }

private func addFields(
  _ values: [(name: String, value: DescribedPolygons.Value)], to layer: OGRLayerH, path: String
) throws(RasterError) {
  for (name, value) in values {
    switch value {
    case .text: try addField(name, OFTString, to: layer, path: path)
    case .whole: try addField(name, OFTInteger, to: layer, path: path)
    case .number: try addField(name, OFTReal, to: layer, path: path)
    }
  }
}

private func set(_ values: [(name: String, value: DescribedPolygons.Value)], on feature: OGRFeatureH) {
  for (place, entry) in values.enumerated() {
    switch entry.value {
    case .text(let text): OGR_F_SetFieldString(feature, Int32(place), text)
    case .whole(let number): OGR_F_SetFieldInteger(feature, Int32(place), Int32(number))
    case .number(let number):
      if let number, number.isFinite { OGR_F_SetFieldDouble(feature, Int32(place), shortestDecimal(number)) }
    }
  }
}
