/// From pixel coordinates (column, row; the corner of the first pixel is 0, 0) to the source's own coordinates.
struct PixelAffine: Hashable, Sendable {
  var x0: Double
  var xPerColumn: Double
  var xPerRow: Double
  var y0: Double
  var yPerColumn: Double
  var yPerRow: Double

  func point(column: Double, row: Double) -> (x: Double, y: Double) {
    (x0 + column * xPerColumn + row * xPerRow, y0 + column * yPerColumn + row * yPerRow)
  }

  /// Whether all corners are numbers that can be a place: degrees within three turns, metres within a few Earths.
  func isPlausible(width: Int, height: Int, isGeographic: Bool) -> Bool {
    let limit = isGeographic ? 1_080.0 : 1e9
    return [(0, 0), (width, 0), (0, height), (width, height)].allSatisfy { column, row in
      let corner = point(column: Double(column), row: Double(row))
      return abs(corner.x) <= limit && abs(corner.y) <= limit
    }
  }

  var isAxisParallel: Bool { xPerRow == 0 && yPerColumn == 0 }

  /// Moves the raster by parts of a pixel.
  func moved(columns: Double, rows: Double) -> PixelAffine {
    var result = self
    (result.x0, result.y0) = point(column: columns, row: rows)
    return result
  }

  /// The six coefficients of GDAL's geotransform.
  init(_ t: [Double]) {
    precondition(t.count == 6, "\(t.count) coefficients of a geotransform")
    self.init(x0: t[0], xPerColumn: t[1], xPerRow: t[2], y0: t[3], yPerColumn: t[4], yPerRow: t[5])
  }

  init(x0: Double, xPerColumn: Double, xPerRow: Double, y0: Double, yPerColumn: Double, yPerRow: Double) {
    (self.x0, self.xPerColumn, self.xPerRow) = (x0, xPerColumn, xPerRow)
    (self.y0, self.yPerColumn, self.yPerRow) = (y0, yPerColumn, yPerRow)
  }
}
