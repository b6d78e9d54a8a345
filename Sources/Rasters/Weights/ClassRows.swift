/// Rows of a raster of codes, turned into classes. Belongs to one thread.
final class ClassRows {
  /// The class of a pixel without a code.
  static let noData = UInt8.max

  private let raster: PlacedRaster
  private let reader: PixelReader
  private let columns: Range<Int>
  private let table: CodeTable
  /// What a code that the legend lacks is put under.
  private let unexplained: UInt8
  private var loaded = 0..<0
  private let maximumRows: Int
  private var codes: [Int32] = []
  /// The classes of the current row: 0 none, `unexplained` where the legend lacks the code, `noData` where there is none.
  let classes: UnsafeMutablePointer<UInt8>

  init(
    _ raster: PlacedRaster, columns: Range<Int>, codes: [Int32: UInt8], unexplained: UInt8
  ) throws(RasterError) {
    self.raster = raster
    self.unexplained = unexplained
    self.columns = columns
    reader = try PixelReader(raster)
    table = CodeTable(codes)
    maximumRows = raster.rowsAtATime(columns: columns.count)
    classes = .allocate(capacity: max(1, columns.count))
  }

  deinit { classes.deallocate() }

  /// Makes a row current.
  ///
  /// - Parameters:
  ///   - row: Row of the raster; rows are asked for in rising order.
  ///   - last: The row after the last that will be asked for.
  ///   - unknown: Counts of codes without a class, added to.
  ///   - isCounted: Whether the pixel at a place of the row is counted here.
  /// - Throws: `cannotRead`.
  func load(
    _ row: Int, before last: Int, unknown: inout UnknownCounts, isCounted: (Int) -> Bool
  ) throws(RasterError) {
    if !loaded.contains(row) {
      loaded = row..<max(row + 1, min(last, (row / maximumRows + 1) * maximumRows))
      let needed = loaded.count * columns.count
      if codes.count < needed { codes = [Int32](repeating: 0, count: needed) }
      try codes.withUnsafeMutableBufferPointer { (codes) throws(RasterError) in
        guard let base = codes.baseAddress else { return }
        try reader.readCodes(rows: loaded, columns: columns, into: base)
      }
    }
    let start = (row - loaded.lowerBound) * columns.count
    codes.withUnsafeBufferPointer { codes in
      for i in 0..<columns.count {
        let code = codes[start + i]
        guard code != PixelReader.noCode else {
          classes[i] = Self.noData
          continue
        }
        if let found = table[code] {
          classes[i] = found
        } else {
          classes[i] = unexplained
          if isCounted(i) { unknown[code, default: 0] += 1 }
        }
      }
    }
  }
}

/// Codes to classes: an array where the codes are small, since a look-up is made for every pixel.
struct CodeTable {
  private let direct: [UInt8]
  private let others: [Int32: UInt8]
  private static let missing = UInt8.max

  init(_ codes: [Int32: UInt8]) {
    var direct = [UInt8](repeating: Self.missing, count: 4_096)
    for (code, value) in codes where direct.indices.contains(Int(code)) { direct[Int(code)] = value }
    self.direct = direct
    others = codes.filter { !direct.indices.contains(Int($0.key)) }
  }

  @inline(__always)
  subscript(code: Int32) -> UInt8? {
    if code >= 0, Int(code) < direct.count {
      let found = direct[Int(code)]
      return found == Self.missing ? nil : found
    }
    return others[code]
  }
}
