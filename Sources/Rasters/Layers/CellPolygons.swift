import CGDAL
package import Mesh

/// Chosen cells as polygons in a GeoPackage, keyed by mesh code, and the line around them.
package struct CellPolygons: Sendable {
  /// A field of the cells.
  package enum Column: Sendable {
    /// Whole numbers, one a cell of the grid.
    case integer(name: String, Layer<UInt8>)
    /// Quantities, one a cell of the grid; `NaN` becomes NULL. The unit ends the field's name: `swi_mm`.
    case real(name: String, Layer<Float>)
  }

  package let grid: MeshGrid
  /// Row-major indices of the chosen cells, rising.
  package let cells: [Int]
  package let columns: [Column]

  package init(grid: MeshGrid, columns: [Column], where isChosen: (Int) -> Bool) {
    self.grid = grid
    self.columns = columns
    cells = (0..<grid.count).filter(isChosen)
  }

  /// Writes layers `cells` (polygons: `mesh3`, the columns), `outline` (lines along the cell edges), and where there is
  /// something to write `no_data` (polygons), `towns` and `boundary`, EPSG:6668.
  ///
  /// - Parameters:
  ///   - path: Replaced if it exists.
  ///   - title: What the cells are; description of the layer.
  ///   - boundary: Rings of the area, longitude and latitude; no such layer where there are none.
  ///   - noData: Row-major indices of the cells of which nothing is known.
  ///   - towns: Municipalities with what is said of each.
  ///   - day: Goes into the file as its last change, which would else be the clock's time.
  /// - Throws: `cannotWrite`; no file is left then.
  package func write(
    to path: String, title: String, boundary: [[SIMD2<Double>]] = [], noData: [Int] = [],
    towns: [DescribedPolygons] = [], day: JSTDay
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
      try addCells(cells, to: handle, as: "cells", title: title, columns, path: path)
      var isChosen = [Bool](repeating: false, count: grid.count)
      for cell in cells { isChosen[cell] = true }
      let outline = cellOutline(of: grid) { isChosen[$0] }
      try addRings(outline, as: "outline", title: "Line around: \(title)", to: handle, path: path)
      if !noData.isEmpty {
        try addCells(noData, to: handle, as: "no_data", title: "Cells without data", [], path: path)
      }
      if !towns.isEmpty { try addTowns(towns, to: handle, path: path) }
      if !boundary.isEmpty {
        try addRings(boundary, as: "boundary", title: "Boundary of the area", to: handle, path: path)
      }
      guard GDALDatasetCommitTransaction(handle) == OGRERR_NONE else {
        throw .cannotWrite(path: path, reason: gdalReason())
      }
      try package.close(path)
    }
  }

  private func addCells(
    _ cells: [Int], to handle: GDALDatasetH, as name: String, title: String, _ columns: [Column], path: String
  ) throws(RasterError) {
    let layer = try makeLayer(name, of: wkbPolygon, title: title, in: handle, path: path)
    try addField("mesh3", OFTString, width: 8, to: layer, path: path)
    for column in columns {
      switch column {
      case .integer(let name, _): try addField(name, OFTInteger, to: layer, path: path)
      case .real(let name, _): try addField(name, OFTReal, to: layer, path: path)
      }
    }
    for cell in cells {
      let code = grid.code(at: cell)
      try addFeature(to: layer, path: path) { feature in
        OGR_F_SetFieldString(feature, 0, code.description)
        for (place, column) in columns.enumerated() {
          switch column {
          case .integer(_, let values): OGR_F_SetFieldInteger(feature, Int32(place + 1), Int32(values.values[cell]))
          case .real(_, let values):
            guard !values.values[cell].isNaN else { continue }
            OGR_F_SetFieldDouble(feature, Int32(place + 1), shortest(values.values[cell]))
          }
        }
        let ring = OGR_G_CreateGeometry(wkbLinearRing)
        for (longitude, latitude) in code.corners { OGR_G_AddPoint_2D(ring, longitude, latitude) }
        OGR_G_CloseRings(ring)
        let polygon = OGR_G_CreateGeometry(wkbPolygon)
        OGR_G_AddGeometryDirectly(polygon, ring)
        OGR_F_SetGeometryDirectly(feature, polygon)
      }
    }
  }
}

/// Rings as closed lines.
private func addRings(
  _ rings: [[SIMD2<Double>]], as name: String, title: String, to handle: GDALDatasetH, path: String
) throws(RasterError) {
  let layer = try makeLayer(name, of: wkbLineString, title: title, in: handle, path: path)
  for ring in rings {
    try addFeature(to: layer, path: path) { feature in
      let line = OGR_G_CreateGeometry(wkbLineString)
      let isClosed = ring.first == ring.last
      for corner in ring + (isClosed ? [] : ring.prefix(1)) { OGR_G_AddPoint_2D(line, corner.x, corner.y) }
      OGR_F_SetGeometryDirectly(feature, line)
    }
  }
}

/// Municipalities as multipolygons with their columns.
private func addTowns(_ towns: [DescribedPolygons], to handle: GDALDatasetH, path: String) throws(RasterError) {
  let layer = try makeLayer("towns", of: wkbMultiPolygon, title: "Municipalities", in: handle, path: path)
  for (name, value) in towns[0].values {
    switch value {
    case .text: try addField(name, OFTString, to: layer, path: path)
    case .whole: try addField(name, OFTInteger, to: layer, path: path)
    case .number: try addField(name, OFTReal, to: layer, path: path)
    }
  }
  for town in towns {
    try addFeature(to: layer, path: path) { feature in
      for (place, entry) in town.values.enumerated() {
        switch entry.value {
        case .text(let text): OGR_F_SetFieldString(feature, Int32(place), text)
        case .whole(let number): OGR_F_SetFieldInteger(feature, Int32(place), Int32(number))
        case .number(let number):
          if let number, number.isFinite { OGR_F_SetFieldDouble(feature, Int32(place), shortest(number)) }
        }
      }
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

private func makeLayer(
  _ name: String, of type: OGRwkbGeometryType, title: String, in handle: GDALDatasetH, path: String
) throws(RasterError) -> OGRLayerH {
  let reference = try ReferenceSystem("EPSG:6668", for: path)
  let options = ["GEOMETRY_NAME=geom", "FID=fid", "IDENTIFIER=\(name)", "DESCRIPTION=\(title)"]
  let layer = withStringList(options) { GDALDatasetCreateLayer(handle, name, reference.handle, type, $0) }
  guard let layer else { throw .cannotWrite(path: path, reason: gdalReason()) }
  return layer
}

private func addField(
  _ name: String, _ type: OGRFieldType, width: Int32 = 0, to layer: OGRLayerH, path: String
) throws(RasterError) {
  let field = OGR_Fld_Create(name, type)
  defer { OGR_Fld_Destroy(field) }
  if width > 0 { OGR_Fld_SetWidth(field, width) }
  guard OGR_L_CreateField(layer, field, 1) == OGRERR_NONE else {
    throw .cannotWrite(path: path, reason: gdalReason())
  }
}

private func addFeature(
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
private func shortest(_ value: Float) -> Double { Double(String(value)) ?? Double(value) }

extension Mesh3Code {
  /// Corners of the cell, anticlockwise from the south-west, without the closing repetition.
  package var corners: [(longitude: Double, latitude: Double)] {
    [
      (westLongitude, southLatitude), (eastLongitude, southLatitude), (eastLongitude, northLatitude),
      (westLongitude, northLatitude),
    ]
  }
}
