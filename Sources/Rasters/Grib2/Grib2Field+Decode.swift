import Statistics

extension Grib2Field {
  /// The values in rows from the north, columns from the west; `NaN` where missing. Units as in the file.
  ///
  /// - Returns: `grid.count` values.
  /// - Throws: `malformed` for data that do not fit their header, and for grids and packings that are not read.
  package func values() throws(RasterError) -> [Float] {
    let grid = try latitudeLongitudeGrid()
    return grid.arranged(try expanded(try packedValues(), count: grid.count))
  }

  /// Levels of run-length data in the order of the file, 0 for missing; `nil` for other packings.
  package func levels() throws(RasterError) -> [UInt16]? {
    guard case .runLength(let packing) = packing else { return nil }
    return try unpackRuns(packing) { UInt16($0) }
  }

  func latitudeLongitudeGrid() throws(RasterError) -> Grib2Grid {
    guard let grid else {
      throw sections.grid.unsupported(
        "field \(index) lies on a grid of template 3.\(gridTemplate), not one of latitudes and longitudes",
        remedy: "give the product on its latitude-longitude grid")
    }
    return grid
  }

  /// Values of the points that have data, in the order of the file.
  private func packedValues() throws(RasterError) -> [Float] {
    switch packing {
    case .runLength(let packing):
      let values = values(of: packing)
      return try values.withUnsafeBufferPointer { (values) throws(RasterError) in
        try unpackRuns(packing) { values[$0] }
      }
    case .simple(let packing):
      guard let values = sections.data.withBytes(from: 6, { packing.values(of: $0) }) else {
        throw sections.data.malformed(
          "has \(sections.data.length - 5) bytes for \(packing.count) values of \(packing.bits) bits")
      }
      return values
    case .other:
      return try valuesThroughGDAL()
    }
  }

  /// Values of the levels. JMA marks places outside its risk mesh with negative classes.
  func values(of packing: RunLengthPacking) -> [Float] {
    quantity.isClass ? packing.values.map { $0 < 0 ? .nan : $0 } : packing.values
  }

  private func unpackRuns<Value: BitwiseCopyable>(
    _ packing: RunLengthPacking, _ value: (Int) -> Value
  ) throws(RasterError) -> [Value] {
    do throws(RunLengthFault) {
      return try Array(inLargePages: packing.count) { (buffer) throws(RunLengthFault) in
        try sections.data.withBytes(from: 6) { (data) throws(RunLengthFault) in
          try expandRuns(data, bits: packing.bits, maxLevel: packing.maxLevel, count: packing.count) {
            start, length, level in
            let value = value(level)
            for place in start..<start + length { buffer.initializeElement(at: place, to: value) }
          }
        }
      }
    } catch { throw sections.data.malformed(error.reason) }
  }

  /// Puts `NaN` where the bitmap has no point.
  private func expanded(_ values: [Float], count: Int) throws(RasterError) -> [Float] {
    guard let bitmap = sections.bitmap else { return values }
    var result = [Float](repeating: .nan, count: count)
    let used = bitmap.withBytes(from: 7) { bits in
      var used = 0
      for point in 0..<count where bits[point >> 3] & (0x80 >> UInt8(point & 7)) != 0 {
        if used < values.count { result[point] = values[used] }
        used += 1
      }
      return used
    }
    guard used == values.count else { throw bitmap.malformed("marks \(used) points, the data have \(values.count)") }
    return result
  }
}
