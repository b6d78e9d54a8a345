import CGDAL

/// Reads windows of one raster. Opens the file for itself, since GDAL lets one thread at a time use a dataset.
final class PixelReader {
  /// The code of a pixel without one.
  static let noCode = Int32.min

  private let raster: PlacedRaster
  private let dataset: Dataset?
  private let band: GDALRasterBandH?
  private let mask: GDALRasterBandH?
  private let nodata: Double?
  private let scale: Double
  private let offset: Double
  private let isWide: Bool

  init(_ raster: PlacedRaster) throws(RasterError) {
    self.raster = raster
    guard case .file(let input) = raster.values else {
      dataset = nil
      (band, mask, nodata, scale, offset, isWide) = (nil, nil, nil, 1, 0, false)
      return
    }
    let opened = try Dataset(reading: input.path, options: input.openOptions)
    guard let found = GDALGetRasterBand(opened.handle, Int32(input.band)) else {
      throw .unread(raster.path)
    }
    var has: Int32 = 0
    let stated = GDALGetRasterNoDataValue(found, &has)
    nodata = input.nodata ?? (has != 0 ? stated : nil)
    scale = GDALGetRasterScale(found, &has)
    offset = GDALGetRasterOffset(found, &has)
    guard scale.isFinite, scale != 0, offset.isFinite else {
      throw .malformed(
        path: raster.path, reason: "band \(input.band) has the scale \(scale) and the offset \(offset)",
        remedy: "mend them, as gdal_edit.py -scale does")
    }
    let kind = GDALGetRasterDataType(found)
    isWide = [GDT_Float64, GDT_Int32, GDT_UInt32, GDT_Int64, GDT_UInt64].contains(kind)
    let flags = GDALGetMaskFlags(found)
    // A mask of its own (alpha, .msk); nodata is compared here, so that an override can replace it. GDAL takes no alpha band
    // of floating point for a mask, as gdalwarp -dstalpha writes it: it is asked for.
    mask =
      flags & (GMF_ALL_VALID | GMF_NODATA) == 0
      ? GDALGetMaskBand(found) : Self.alphaBand(of: opened, besides: input.band)
    band = found
    dataset = consume opened
  }

  private static func alphaBand(of dataset: borrowing Dataset, besides number: Int) -> GDALRasterBandH? {
    let count = Int(GDALGetRasterCount(dataset.handle))
    guard count > 1 else { return nil }
    for other in 1...count where other != number {
      guard let band = GDALGetRasterBand(dataset.handle, Int32(other)) else { continue }
      if GDALGetRasterColorInterpretation(band) == GCI_AlphaBand { return band }
    }
    return nil
  }

  /// Whether a stored number is the missing one: tags in text round the largest floats.
  @inline(__always)
  private static func isMissing(_ value: Double, _ missing: Double) -> Bool {
    value == missing || abs(missing) > 1e30 && abs(value - missing) <= 1e-2 * abs(missing)
  }

  /// Finished numbers of a window, row after row: missing ones `NaN`, scale and offset applied.
  func read(rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>) throws(RasterError) {
    try fetch(rows: rows, columns: columns, into: target)
    finish(target, into: target, count: rows.count * columns.count)
  }

  /// Numbers as stored, or, where 32 bits would not hold what nodata is compared with, already finished.
  func fetch(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(RasterError) {
    let count = rows.count * columns.count
    switch raster.values {
    case .numbers(let numbers): copy(numbers, rows, columns, target) { $0 }
    case .tiles(let mosaic): try mosaic.read(rows: rows, columns: columns, into: target)
    case .codes(let codes): copy(codes, rows, columns, target) { $0 == Self.noCode ? .nan : Float($0) }
    case .file where isWide:
      var wide = [Double](repeating: 0, count: count)
      try transfer(rows, columns, GDT_Float64, &wide)
      let missing = nodata ?? .nan
      for i in 0..<count { target[i] = Self.isMissing(wide[i], missing) ? .nan : Float(wide[i] * scale + offset) }
      try applyMask(rows, columns) { target[$0] = .nan }
    case .file:
      try transfer(rows, columns, GDT_Float32, target)
      try applyMask(rows, columns) { target[$0] = .nan }
    }
  }

  /// Turns fetched numbers into values: nodata and infinite ones `NaN`, scale and offset applied.
  func finish(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int) {
    let missing = isWide ? .nan : nodata.map { Float($0) } ?? .nan
    let (factor, term) = isWide ? (1, 0) : (Float(scale), Float(offset))
    let plain = factor == 1 && term == 0
    if abs(missing) > 1e30 {
      // The usual loop compares exactly and is faster.
      for i in 0..<count {
        let isMissing = Self.isMissing(Double(source[i]), Double(missing))
        let value = source[i] * factor + term
        target[i] = isMissing || !(abs(value) < .infinity) ? .nan : value
      }
      return
    }
    for i in 0..<count {
      let value = plain ? source[i] : source[i] * factor + term
      target[i] = source[i] != missing && abs(value) < .infinity ? value : .nan
    }
  }

  /// Codes, `noCode` where missing; numbers with a fraction are rounded.
  func readCodes(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Int32>
  ) throws(RasterError) {
    let count = rows.count * columns.count
    switch raster.values {
    case .numbers(let numbers):
      copy(numbers, rows, columns, target) {
        abs($0) < 2e9 ? Int32($0.rounded()) : Self.noCode
      }
    case .codes(let codes): copy(codes, rows, columns, target) { $0 }
    case .tiles:
      throw .malformed(path: raster.path, reason: "is a tile of heights, no map of classes", remedy: "give it as dem:")
    case .file:
      var wide = [Double](repeating: 0, count: count)
      try transfer(rows, columns, GDT_Float64, &wide)
      let missing = nodata ?? .nan
      for i in 0..<count {
        let code = (wide[i] * scale + offset).rounded()
        target[i] = Self.isMissing(wide[i], missing) || !(abs(code) < 2e9) ? Self.noCode : Int32(code)
      }
      try applyMask(rows, columns) { target[$0] = Self.noCode }
    }
  }

  private func copy<Source, Target>(
    _ source: [Source], _ rows: Range<Int>, _ columns: Range<Int>, _ target: UnsafeMutablePointer<Target>,
    _ convert: (Source) -> Target
  ) {
    var place = 0
    for row in rows {
      for column in columns {
        target[place] = convert(source[row * raster.width + column])
        place += 1
      }
    }
  }

  private func transfer(
    _ rows: Range<Int>, _ columns: Range<Int>, _ kind: GDALDataType, _ target: UnsafeMutableRawPointer
  ) throws(RasterError) {
    CPLErrorReset()
    let failed = GDALRasterIO(
      band, GF_Read, Int32(columns.lowerBound), Int32(rows.lowerBound), Int32(columns.count), Int32(rows.count), target,
      Int32(columns.count), Int32(rows.count), kind, 0, 0)
    guard failed == CE_None else { throw .unread(raster.path) }
  }

  private func applyMask(
    _ rows: Range<Int>, _ columns: Range<Int>, _ clear: (Int) -> Void
  ) throws(RasterError) {
    guard let mask else { return }
    // As numbers: half transparent is still there.
    var flags = [Float](repeating: 0, count: rows.count * columns.count)
    CPLErrorReset()
    let failed = GDALRasterIO(
      mask, GF_Read, Int32(columns.lowerBound), Int32(rows.lowerBound), Int32(columns.count), Int32(rows.count), &flags,
      Int32(columns.count), Int32(rows.count), GDT_Float32, 0, 0)
    guard failed == CE_None else { throw .unread(raster.path) }
    for i in flags.indices where !(flags[i] > 0) { clear(i) }
  }
}
