import CGDAL
package import Mesh

/// What a raster looks like to somebody who does not know it: size, place, unit, and a sample of its values.
package struct RasterSurvey: Sendable {
  package let bands: Int
  /// Bytes in three or four colours, or a palette: a picture, whatever it shows.
  package let isPicture: Bool
  /// Unit of the first band; empty where the file states none.
  package let unit: String
  /// What the file calls its first band.
  package let bandName: String
  /// Who made it, from the tag `SOURCE`; empty where the file does not say.
  package let source: String
  /// The different values of the sample where all are whole and there are few; `nil` for measured numbers.
  package let codes: Set<Int>?
  /// Of the sample; `nil` where it holds no value.
  package let range: ClosedRange<Float>?
  /// The cells that its outline encloses; `nil` where it lies off the lattice.
  package let cells: MeshGrid?
  /// Side of a pixel, m.
  package let pixelMetres: Double

  /// A day of lsmap's rain archive.
  package let isArchive: Bool
  /// Written by `lsmap simulate`.
  package var isSynthetic: Bool { source.hasPrefix("lsmap simulate") }

  /// The cells that the outline of a raster encloses.
  package static func cells(of path: String) throws(RasterError) -> MeshGrid? {
    try PlacedRaster(RasterInput(path)).latticeBox()
  }

  /// Rows that are looked at.
  private static let sampledRows = 200
  /// No map of classes has more codes, and no elevation model fewer heights.
  private static let mostCodes = 300

  /// - Parameter path: Of anything GDAL reads.
  /// - Throws: What opening and reading throw.
  package init(_ path: String) throws(RasterError) {
    let raster = try PlacedRaster(RasterInput(path))
    let dataset = try Dataset(reading: virtualPath(path))
    bands = Int(GDALGetRasterCount(dataset.handle))
    let band = GDALGetRasterBand(dataset.handle, 1)
    unit = band.flatMap { GDALGetRasterUnitType($0) }.map { String(cString: $0) } ?? ""
    bandName = band.flatMap { GDALGetDescription($0) }.map { String(cString: $0) } ?? ""
    source = GDALGetMetadataItem(dataset.handle, "SOURCE", nil).map { String(cString: $0) } ?? ""
    isArchive = GDALGetMetadataItem(dataset.handle, RainDayFile.hoursTag, nil) != nil
    do {
      try raster.refusePicture()
      isPicture = false
    } catch { isPicture = true }
    cells = try raster.latticeBox()
    let metres = raster.reference.metresPerUnit
    pixelMetres = abs(raster.affine.xPerColumn * raster.affine.yPerRow).squareRoot() * metres
    var (codes, low, high): (Set<Int>?, Float, Float) = ([], .infinity, -.infinity)
    let reader = try PixelReader(raster)
    var row = [Float](repeating: .nan, count: raster.width)
    for number in stride(from: 0, to: raster.height, by: max(1, raster.height / Self.sampledRows)) {
      try row.withUnsafeMutableBufferPointer { (buffer) throws(RasterError) in
        guard let start = buffer.baseAddress else { return }
        try reader.read(rows: number..<number + 1, columns: 0..<raster.width, into: start)
      }
      for value in row where !value.isNaN {
        (low, high) = (min(low, value), max(high, value))
        if codes != nil {
          if value == value.rounded(), abs(value) < 1e9 { codes?.insert(Int(value)) } else { codes = nil }
          if codes?.count ?? 0 > Self.mostCodes { codes = nil }
        }
      }
    }
    self.codes = codes
    range = low <= high ? low...high : nil
  }
}

extension PlacedRaster {
  /// The cells of the smallest box on the lattice that holds the outline; `nil` where nothing of it lies there.
  func latticeBox() throws(RasterError) -> MeshGrid? {
    let projector = try LatticeProjector(reference, for: path)
    let parts = 16
    var (xs, ys): ([Double], [Double]) = ([], [])
    for step in 0...parts {
      let (column, row) = (Double(width * step) / Double(parts), Double(height * step) / Double(parts))
      for (c, r) in [(column, 0), (column, Double(height)), (0, row), (Double(width), row)] {
        let point = affine.point(column: c, row: r)
        let (u, v) = projector.project(x: point.x, y: point.y)
        if u.isFinite, v.isFinite {
          xs.append(u)
          ys.append(v)
        }
      }
    }
    guard let west = xs.min(), let east = xs.max(), let south = ys.min(), let north = ys.max(), east > 0, north > 0,
      west < 8_000, south < 8_000
    else { return nil }
    let (left, bottom) = (Int(saturating: max(0, west).rounded(.down)), Int(saturating: max(0, south).rounded(.down)))
    return MeshGrid(
      south: bottom, west: left, height: max(1, Int(saturating: min(8_000, north).rounded(.up)) - bottom),
      width: max(1, Int(saturating: min(8_000, east).rounded(.up)) - left))
  }
}

/// The tiles of heights in a file as it is handed out (FG-GML, web tiles), and the cells that they enclose.
///
/// - Parameter path: A tile, or a zip of tiles.
/// - Returns: `nil` for a file that holds none.
/// - Throws: `malformed` for a damaged tile, and for a picture whose coding is not told.
package func elevationTileCells(in path: String) throws(RasterError) -> (tiles: Int, cells: MeshGrid?)? {
  guard let tiles = try ElevationTileFiles.tiles(in: path, coding: nil) else { return nil }
  let mosaic = try PlacedRaster(TileMosaic(tiles), RasterInput(path), tokyoGrid: nil)
  return (tiles.count, try mosaic.latticeBox())
}
