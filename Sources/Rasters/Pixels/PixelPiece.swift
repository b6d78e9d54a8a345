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
