/// What is averaged of a raster's pixels.
enum PixelQuantity: Hashable, Sendable {
  /// The number itself.
  case value
  /// Height, slope in degrees, rise to the east, rise to the north (m/m), at the raster's own resolution.
  case terrain

  var channels: Int { self == .value ? 1 : 4 }
}

/// Rows of pixels with what is derived from them, read in pieces of bounded size. Belongs to one thread.
///
/// In channel 0 `NaN` is missing and `−∞` is sea: covered by the source, but no land.
final class ChannelRows {
  let quantity: PixelQuantity
  private let raster: PlacedRaster
  private let reader: PixelReader
  private let columns: Range<Int>
  private let seaValues: [Float]
  /// Pixels and rows around that are needed too.
  private let frame: Int
  private var piece = PixelPiece()
  private let maximumRows: Int
  // Three neighbouring rows with a pixel on either side, by row number modulo 3.
  private let ring: UnsafeMutablePointer<Float>
  private var ringRows = InlineArray<3, Int>(repeating: -2)
  private let stride: Int
  /// A height that no ground has, once one was met.
  private var outlier: Float?
  /// `channels` rows of `columns.count` numbers.
  let values: UnsafeMutablePointer<Float>

  init(
    _ raster: PlacedRaster, columns: Range<Int>, quantity: PixelQuantity, seaValues: [Float]
  ) throws(RasterError) {
    self.raster = raster
    self.columns = columns
    self.quantity = quantity
    self.seaValues = seaValues
    frame = quantity == .terrain ? 1 : 0
    reader = try PixelReader(raster)
    maximumRows = raster.rowsAtATime(columns: columns.count)
    stride = columns.count + 2
    ring = .allocate(capacity: 3 * stride)
    ring.update(repeating: .nan, count: 3 * stride)
    values = .allocate(capacity: max(1, columns.count * quantity.channels))
  }

  deinit {
    ring.deallocate()
    values.deallocate()
  }

  /// Makes a row's numbers current in `values`.
  ///
  /// - Parameters:
  ///   - row: Row of the raster; rows are asked for in rising order.
  ///   - last: The row after the last that will be asked for.
  ///   - block: Pixels of a row that share their ground slope, counted from the first of `columns`.
  ///   - slope: The ground slope of a block; used for terrain.
  /// - Throws: `cannotRead`.
  func load(_ row: Int, before last: Int, block: Int, slope: (Int) -> GroundSlope) throws(RasterError) {
    if !piece.holds(row: row, frame: frame, height: raster.height) {
      try piece.read(
        reader, rows: row - frame..<max(row + 1, min(last, (row / maximumRows + 1) * maximumRows)) + frame,
        columns: columns.lowerBound - frame..<columns.upperBound + frame, of: raster)
    }
    let count = columns.count
    guard quantity == .terrain else {
      convert(row, to: values)
      return
    }
    let (above, centre, below) = (ringRow(row - 1), ringRow(row), ringRow(row + 1))
    if let outlier { throw GroundGate.refusal(of: outlier, path: raster.path) }
    values.update(from: centre, count: count)
    var start = 0
    while start < count {
      let end = min(start + block, count)
      derive(above, centre, below, start..<end, slope(start / block))
      start = end
    }
  }

  /// Slope and rises of some pixels of the row.
  private func derive(
    _ above: UnsafePointer<Float>, _ centre: UnsafePointer<Float>, _ below: UnsafePointer<Float>, _ pixels: Range<Int>,
    _ ground: GroundSlope
  ) {
    let count = columns.count
    let (slopes, easts, norths) = (values + count, values + 2 * count, values + 3 * count)
    var i = pixels.lowerBound
    while i < pixels.upperBound {
      if i + 4 <= pixels.upperBound {
        let horn = HornGradient.four(above: above + i, centre: centre + i, below: below + i)
        // Not finite once a neighbour is missing; a missing centre is left out of every sum anyway.
        if (horn.perColumn + horn.perRow).sum().isFinite {
          let rise = ground.rise(perColumn: horn.perColumn, perRow: horn.perRow)
          store(slopeDegrees(east: rise.east, north: rise.north), slopes + i)
          store(rise.east, easts + i)
          store(rise.north, norths + i)
          i += 4
          continue
        }
      }
      if centre[i].isFinite {
        let horn = HornGradient(above: above + i, centre: centre + i, below: below + i)
        let rise = ground.rise(perColumn: horn.perColumn, perRow: horn.perRow)
        let four = slopeDegrees(east: SIMD4(repeating: rise.east), north: SIMD4(repeating: rise.north))
        (slopes[i], easts[i], norths[i]) = (Float(four[0]), Float(rise.east), Float(rise.north))
      }
      i += 1
    }
  }

  @inline(__always)
  private func store(_ four: SIMD4<Double>, _ place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: SIMD4<Float>(four), as: SIMD4<Float>.self)
  }

  /// A row with its frame: element 0 is the first wanted pixel, −1 and `count` can be read.
  private func ringRow(_ row: Int) -> UnsafeMutablePointer<Float> {
    let place = (row + 3) % 3
    let start = ring + place * stride + 1
    guard ringRows[place] != row else { return start }
    ringRows[place] = row
    if row < 0 || row >= raster.height {
      (start - 1).update(repeating: .nan, count: stride)
    } else {
      convert(row, to: start)
    }
    return start
  }

  /// Numbers of a row of the piece: missing ones `NaN`, sea `−∞`; also the frame's pixels where the raster has them.
  private func convert(_ row: Int, to target: UnsafeMutablePointer<Float>) {
    let shift = piece.columns.lowerBound - columns.lowerBound
    let count = piece.columns.count
    piece.withRow(row) { reader.finish($0, into: target + shift, count: count) }
    if quantity == .terrain, raster.isFile,
      let found = GroundGate.outlier(
        in: UnsafeBufferPointer(start: target + shift, count: count), besides: seaValues)
    {
      outlier = found
    }
    for sea in seaValues {
      for i in shift..<shift + count where target[i] == sea { target[i] = -.infinity }
    }
  }
}
