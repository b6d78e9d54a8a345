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
  ///   - styles: Of the layers that are written.
  ///   - day: Goes into the file as its last change, which would else be the clock's time.
  /// - Throws: `cannotWrite`; no file is left then.
  package func write(
    to path: String, title: String, boundary: [[SIMD2<Double>]] = [], noData: [Int] = [],
    towns: [DescribedPolygons] = [], styles: [GeoPackageStyle] = [], day: JSTDay
  ) throws(RasterError) {
    try makeGeoPackage(at: path, day: day) { (handle) throws(RasterError) in
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
      if !styles.isEmpty { try addStyles(styles, to: handle, path: path, day: day) }
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
            OGR_F_SetFieldDouble(feature, Int32(place + 1), shortestDecimal(values.values[cell]))
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

extension Mesh3Code {
  /// Corners of the cell, anticlockwise from the south-west, without the closing repetition.
  package var corners: [(longitude: Double, latitude: Double)] {
    [
      (westLongitude, southLatitude), (eastLongitude, southLatitude), (eastLongitude, northLatitude),
      (westLongitude, northLatitude),
    ]
  }
}
