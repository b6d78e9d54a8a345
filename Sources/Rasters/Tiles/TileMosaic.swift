import Synchronization

/// Tiles of one kind of pixel as one raster, each read when a window asks for it: a prefecture has thousands.
final class TileMosaic: Sendable {
  /// What stands for sea in the heights: no ground has it.
  static let sea: Float = -9_999

  let tiles: [any ElevationTile]
  let columns: Range<Int>
  /// Rows from the north: negative numbers of pixels from the equator.
  let rows: Range<Int>
  private let cache = Mutex(Cache())

  /// - Parameter tiles: Of one kind and reference system, at least one.
  init(_ tiles: [any ElevationTile]) {
    precondition(!tiles.isEmpty, "a mosaic of no tile")
    // The best last: it is laid over the others.
    self.tiles = tiles.enumerated().sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }.map(
      \.element)
    columns = (tiles.map(\.west).min() ?? 0)..<(tiles.map { $0.west + $0.width }.max() ?? 0)
    rows = (tiles.map { -$0.north }.min() ?? 0)..<(tiles.map { -$0.north + $0.height }.max() ?? 0)
  }

  /// GDAL's six coefficients.
  var geotransform: [Double] {
    let size = tiles[0].pixelsPerUnit
    return [
      Double(columns.lowerBound) / size.x, 1 / size.x, 0, -Double(rows.lowerBound) / size.y, 0, -1 / size.y,
    ]
  }

  /// Reads a window, row after row: `NaN` where no tile has a height.
  ///
  /// - Parameters:
  ///   - rows: Rows from the mosaic's first.
  ///   - columns: Columns from the mosaic's first.
  ///   - target: As many numbers as the window has pixels.
  /// - Throws: What reading a tile throws.
  func read(
    rows: Range<Int>, columns: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(RasterError) {
    target.update(repeating: .nan, count: rows.count * columns.count)
    for (number, tile) in tiles.enumerated() {
      let (top, left) = (-tile.north - self.rows.lowerBound, tile.west - self.columns.lowerBound)
      let (common, across) = (rows.clamped(to: top..<top + tile.height), columns.clamped(to: left..<left + tile.width))
      guard !common.isEmpty, !across.isEmpty else { continue }
      let heights = try heights(of: number)
      for row in common {
        let source = (row - top) * tile.width - left
        let line = (row - rows.lowerBound) * columns.count - columns.lowerBound
        for column in across where !heights[source + column].isNaN { target[line + column] = heights[source + column] }
      }
    }
  }

  private func heights(of number: Int) throws(RasterError) -> [Float] {
    if let known = cache.withLock({ $0[number] }) { return known }
    let tile = tiles[number]
    let heights = try tile.heights(try VirtualFile.bytes(of: tile.path))
    cache.withLock { $0.keep(heights, of: number) }
    return heights
  }

  /// The tiles used last: windows go along a row of tiles several times.
  private struct Cache {
    private var order: [Int] = []
    private var values: [Int: [Float]] = [:]
    private var pixels = 0
    /// 256 MB.
    private static let mostPixels = 64 << 20

    subscript(number: Int) -> [Float]? { values[number] }

    mutating func keep(_ heights: [Float], of number: Int) {
      guard values.updateValue(heights, forKey: number) == nil else { return }
      order.append(number)
      pixels += heights.count
      while pixels > Self.mostPixels, order.count > 1 {
        pixels -= values.removeValue(forKey: order.removeFirst())?.count ?? 0
      }
    }
  }
}
