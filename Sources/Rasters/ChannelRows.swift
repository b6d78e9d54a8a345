import Foundation

/// What is averaged of a raster's pixels.
enum PixelQuantity: Hashable, Sendable {
  /// The number itself.
  case value
  /// Height, slope in degrees, rise to the east, rise to the north (m/m), at the raster's own resolution.
  case terrain

  var channels: Int { self == .value ? 1 : 4 }
}

/// Rows of pixels with what is derived from them, read in pieces of bounded size with one row and column around.
///
/// In channel 0 `NaN` is missing and `−∞` is sea: covered by the source, but no land. Belongs to one thread.
final class ChannelRows {
  let quantity: PixelQuantity
  private let raster: PlacedRaster
  private let reader: PixelReader
  private let columns: Range<Int>
  private let seaValues: [Float]
  private var loaded = 0..<0
  private let maximumRows: Int
  private let stride: Int
  private var packed: [Float] = []
  private var padded: [Float] = []
  /// `channels` rows of `columns.count` numbers.
  let values: UnsafeMutablePointer<Float>

  init(
    _ raster: PlacedRaster, columns: Range<Int>, quantity: PixelQuantity, seaValues: [Float]
  ) throws(RasterError) {
    self.raster = raster
    self.columns = columns
    self.quantity = quantity
    self.seaValues = seaValues
    reader = try PixelReader(raster)
    stride = columns.count + 2
    // Whole blocks where they fit into 16 MB, so that none is decompressed twice.
    let fitting = max(1, (4 << 20) / max(1, columns.count))
    maximumRows = raster.blockHeight <= fitting ? fitting / raster.blockHeight * raster.blockHeight : fitting
    values = .allocate(capacity: max(1, columns.count * quantity.channels))
  }

  deinit { values.deallocate() }

  /// Makes a row's numbers current in `values`.
  ///
  /// - Parameters:
  ///   - row: Row of the raster; rows are asked for in rising order.
  ///   - last: The row after the last that will be asked for.
  ///   - steps: Ground steps of the pixel at a place in `columns`; used for terrain.
  /// - Throws: `cannotRead`.
  func load(_ row: Int, before last: Int, steps: (Int) -> GroundSteps) throws(RasterError) {
    if !loaded.contains(row) { try read(from: row, before: last) }
    let count = columns.count
    padded.withUnsafeBufferPointer { padded in
      guard let base = padded.baseAddress else { return }
      let centre = base + (row - loaded.lowerBound + 1) * stride + 1
      values.update(from: centre, count: count)
      guard quantity == .terrain else { return }
      let (above, below) = (centre - stride, centre + stride)
      for i in 0..<count {
        guard centre[i].isFinite else { continue }
        let gradient = steps(i).gradient(HornGradient(above: above + i, centre: centre + i, below: below + i))
        let steepness = (gradient.east * gradient.east + gradient.north * gradient.north).squareRoot()
        values[count + i] = Float(atan(steepness) * 180 / .pi)
        values[2 * count + i] = Float(gradient.east)
        values[3 * count + i] = Float(gradient.north)
      }
    }
  }

  /// Reads whole blocks from the one that holds `row`, with a frame of one pixel where the raster has it, else `NaN`.
  private func read(from row: Int, before last: Int) throws(RasterError) {
    let end = min(last, (row / maximumRows + 1) * maximumRows)
    loaded = row..<max(row + 1, end)
    let frame = quantity == .terrain ? 1 : 0
    let rows = max(0, row - frame)..<min(raster.height, loaded.upperBound + frame)
    let wide = max(0, columns.lowerBound - frame)..<min(raster.width, columns.upperBound + frame)
    let needed = rows.count * wide.count
    if packed.count < needed { packed = [Float](repeating: 0, count: needed) }
    let size = (loaded.count + 2) * stride
    if padded.count < size { padded = [Float](repeating: .nan, count: size) }
    try packed.withUnsafeMutableBufferPointer { (packed) throws(RasterError) in
      guard let base = packed.baseAddress else { return }
      try reader.read(rows: rows, columns: wide, into: base)
      for sea in seaValues {
        for i in 0..<needed where base[i] == sea { base[i] = -.infinity }
      }
    }
    padded.withUnsafeMutableBufferPointer { padded in
      packed.withUnsafeBufferPointer { packed in
        guard let to = padded.baseAddress, let from = packed.baseAddress else { return }
        to.update(repeating: .nan, count: size)
        for (i, r) in rows.enumerated() {
          let line = to + (r - loaded.lowerBound + 1) * stride + 1 + (wide.lowerBound - columns.lowerBound)
          line.update(from: from + i * wide.count, count: wide.count)
        }
      }
    }
  }
}
