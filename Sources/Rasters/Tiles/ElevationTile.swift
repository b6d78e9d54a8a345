/// A file that is one tile of a raster of heights and that GDAL does not read: its place on the lattice of all tiles of its kind.
protocol ElevationTile: Sendable {
  var path: String { get }
  /// Pixels of a row, and rows.
  var width: Int { get }
  var height: Int { get }
  /// Pixels of a unit of the reference system, to the east and to the north.
  var pixelsPerUnit: SIMD2<Double> { get }
  /// Its north-western corner in whole pixels from the origin of the reference system.
  var west: Int { get }
  var north: Int { get }
  /// `EPSG:...`.
  var referenceSystem: String { get }
  /// Where tiles overlap the lower rank counts.
  var rank: Int { get }

  /// The heights, m, rows from the north, `NaN` where missing, `TileMosaic.sea` on the sea, of all bytes of the file.
  func heights(_ bytes: [UInt8]) throws(RasterError) -> [Float]
}
