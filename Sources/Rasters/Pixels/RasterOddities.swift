extension PixelAffine {
  /// Sets right what can be told to be wrong with a raster's place.
  ///
  /// - Parameters:
  ///   - width: Pixels of a row.
  ///   - height: Rows.
  ///   - isGeographic: Coordinates are degrees.
  ///   - registration: What the user says about centres and corners.
  ///   - isPoint: The file marks its values as points; GDAL then has moved the origin by half a pixel already.
  /// - Returns: What was found and done, in words.
  mutating func setRight(
    width: Int, height: Int, isGeographic: Bool, registration: RasterInput.Registration, isPoint: Bool
  ) -> [String] {
    var found: [String] = []
    if isGeographic { found += setAxesRight(width: width, height: height) }
    if isAxisParallel, yPerRow > 0 { found.append("rows run from south to north: read so") }
    if isAxisParallel, xPerColumn < 0 { found.append("columns run from east to west: read so") }
    if isPoint { found.append("values are points: pixels taken as centred on them") }
    switch registration {
    case .asStated: break
    case .centres:
      self = moved(columns: -0.5, rows: -0.5)
      found.append("origin taken as the centre of the first pixel: moved by half a pixel, as the catalogue says")
    case .automatic:
      guard isGeographic, isHalfACellOff else { break }
      let part = isPoint ? 0.5 : -0.5
      self = moved(columns: part, rows: part)
      found.append(
        "MESH3 cells half a cell off the lattice: a centre given as a corner, moved by half a cell "
          + "(registration: as-stated keeps it)")
    }
    return found
  }

  /// Latitudes above 90 are longitudes; and longitudes west of the lattice's half of the Earth are the same ones plus 360.
  private mutating func setAxesRight(width: Int, height: Int) -> [String] {
    var found: [String] = []
    let corners = [(0, 0), (width, 0), (0, height), (width, height)].map {
      point(column: Double($0.0), row: Double($0.1))
    }
    let largestY = corners.map { abs($0.y) }.max() ?? 0
    let largestX = corners.map { abs($0.x) }.max() ?? 0
    if largestY > 90.5, largestX <= 90.5 {
      self = PixelAffine(
        x0: y0, xPerColumn: yPerColumn, xPerRow: yPerRow, y0: x0, yPerColumn: xPerColumn, yPerRow: xPerRow)
      found.append("latitude and longitude are swapped: set right")
    }
    let ends = [(0, 0), (width, 0), (0, height), (width, height)].map {
      point(column: Double($0.0), row: Double($0.1)).x
    }
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
    if high > 181 { found.append("longitudes run from 0 to 360") }
    if high <= 0 || high < 100 && low < -180 {
      x0 += 360
      found.append("longitudes are negative, counted westwards: 360 added")
    }
    return found
  }

  /// Pixels of exactly one MESH3 cell whose corners lie on the centres of cells.
  private var isHalfACellOff: Bool {
    guard isAxisParallel, abs(abs(xPerColumn) * 80 - 1) < 1e-4, abs(abs(yPerRow) * 120 - 1) < 1e-4 else { return false }
    let (u, v) = ((x0 - 100) * 80, y0 * 120)
    let (partU, partV) = (u - u.rounded(.down), v - v.rounded(.down))
    return abs(partU - 0.5) < 0.01 && abs(partV - 0.5) < 0.01
  }
}
