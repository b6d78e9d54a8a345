import Foundation

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
  ///   - steps: Ground steps of the pixel at a place in `columns`; used for terrain.
  /// - Throws: `cannotRead`.
  func load(_ row: Int, before last: Int, steps: (Int) -> GroundSteps) throws(RasterError) {
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
    values.update(from: centre, count: count)
    for i in 0..<count {
      guard centre[i].isFinite else { continue }
      let gradient = steps(i).gradient(HornGradient(above: above + i, centre: centre + i, below: below + i))
      let steepness = (gradient.east * gradient.east + gradient.north * gradient.north).squareRoot()
      values[count + i] = Float(atan(steepness) * 180 / .pi)
      values[2 * count + i] = Float(gradient.east)
      values[3 * count + i] = Float(gradient.north)
    }
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
    for sea in seaValues {
      for i in shift..<shift + count where target[i] == sea { target[i] = -.infinity }
    }
  }
}

/// Some whole rows of a raster as the reader fetched them.
struct PixelPiece {
  private(set) var rows = 0..<0
  private(set) var columns = 0..<0
  private var numbers: [Float] = []

  func holds(row: Int, frame: Int, height: Int) -> Bool {
    rows.contains(row) && (row - frame < 0 || rows.contains(row - frame))
      && (row + frame >= height || rows.contains(row + frame))
  }

  /// Reads the part of a window that lies in the raster.
  mutating func read(
    _ reader: PixelReader, rows: Range<Int>, columns: Range<Int>, of raster: PlacedRaster
  ) throws(RasterError) {
    self.rows = rows.clamped(to: 0..<raster.height)
    self.columns = columns.clamped(to: 0..<raster.width)
    let needed = self.rows.count * self.columns.count
    if numbers.count < needed { numbers = [Float](repeating: 0, count: needed) }
    let (wantedRows, wantedColumns) = (self.rows, self.columns)
    try numbers.withUnsafeMutableBufferPointer { (numbers) throws(RasterError) in
      guard let base = numbers.baseAddress else { return }
      try reader.fetch(rows: wantedRows, columns: wantedColumns, into: base)
    }
  }

  func withRow(_ row: Int, _ body: (UnsafePointer<Float>) -> Void) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      body(base + (row - rows.lowerBound) * columns.count)
    }
  }
}

extension PlacedRaster {
  /// Rows to read at a time: whole blocks where they fit into 16 MB, so that none is decompressed twice.
  func rowsAtATime(columns: Int) -> Int {
    let fitting = max(1, (4 << 20) / max(1, columns))
    return blockHeight <= fitting ? fitting / blockHeight * blockHeight : fitting
  }
}
