package import Mesh

extension Grib2Field {
  /// The field on MESH3 cells.
  ///
  /// A field of the 1-km grid is taken over cell by cell. Cells of whole MESH3 cells (5 km, 10 km) give their value to each of
  /// them. Others (250 m, 2.5 km) are averaged by area, in cells at least half of which are known; of classes the
  /// greatest is taken.
  ///
  /// - Parameter target: The cells wanted, `nil` for all the field touches; those it does not touch are `NaN`.
  /// - Returns: The layer.
  /// - Throws: As `values()`; `malformed` for a grid off the lattice.
  package func decode(on target: MeshGrid? = nil) throws(RasterError) -> Layer<Float> {
    let lattice = try self.lattice()
    let whole = lattice.meshGrid
    let target = target ?? whole
    guard target.count <= Grib2Grid.mostPoints else {
      throw sections.grid.unsupported("field \(index) covers \(target.count) MESH3 cells", remedy: "give an area")
    }
    guard lattice.isMesh3 else { return lattice.resampled(try values(), on: target, greatest: quantity.isClass) }
    guard target != whole else { return Layer(grid: whole, values: try values()) }
    return Layer(grid: target, values: try picked(at: CellSet(target), from: whole))
  }

  /// The field at some MESH3 cells, as `decode(on:)` has it there.
  ///
  /// - Parameter cells: The cells wanted; those the field does not touch are `NaN`.
  /// - Returns: One value a cell of the set.
  /// - Throws: As `decode(on:)`.
  package func decode(at cells: CellSet) throws(RasterError) -> [Float] {
    let lattice = try self.lattice()
    guard lattice.isMesh3 else { return cells.gather(try decode(on: cells.grid).values[...]) }
    return try picked(at: cells, from: lattice.meshGrid)
  }

  /// Unpacks only what falls on the cells, yet checks all of the data.
  private func picked(at cells: CellSet, from whole: MeshGrid) throws(RasterError) -> [Float] {
    let stretches = Stretch.all(of: cells, in: whole)
    guard case .runLength(let packing) = packing, !hasBitmap, try latitudeLongitudeGrid().scan.isPlain else {
      let values = try values()
      var result = [Float](repeating: .nan, count: cells.count)
      for stretch in stretches {
        result.replaceSubrange(stretch.place..<stretch.place + stretch.points.count, with: values[stretch.points])
      }
      return result
    }
    return try picked(packing, stretches, count: cells.count)
  }

  /// Runs and stretches both ascend: each is looked at once.
  private func picked(
    _ packing: RunLengthPacking, _ stretches: [Stretch], count: Int
  ) throws(RasterError) -> [Float] {
    let values = values(of: packing)
    var result = [Float](repeating: .nan, count: count)
    var fault: RunLengthFault?
    result.withUnsafeMutableBufferPointer { result in
      do throws(RunLengthFault) {
        // The first stretch that no run has reached the end of, and where it begins: most runs end before.
        var next = 0
        var wanted = stretches.isEmpty ? Int.max : stretches[0].points.lowerBound
        try sections.data.withBytes(from: 6) { (data) throws(RunLengthFault) in
          try expandRuns(data, bits: packing.bits, maxLevel: packing.maxLevel, count: packing.count) {
            start, length, level in
            let end = start + length
            guard wanted < end else { return }
            let value = values[level]
            while wanted < end {
              let stretch = stretches[next]
              let to = min(stretch.points.upperBound, end)
              let shift = stretch.place - stretch.points.lowerBound
              for point in max(wanted, start)..<to { result[point + shift] = value }
              if to < stretch.points.upperBound { return }
              next += 1
              wanted = next < stretches.count ? stretches[next].points.lowerBound : .max
            }
          }
        }
      } catch { fault = error }
    }
    if let fault { throw sections.data.malformed(fault.reason) }
    return result
  }
}

/// Neighbouring cells of a set that are neighbouring points of a field of MESH3 cells, row by row from the north.
private struct Stretch {
  let points: Range<Int>
  /// Of the first of them in the set.
  let place: Int

  /// In the order of the points; cells outside the field are in none.
  static func all(of cells: CellSet, in whole: MeshGrid) -> [Stretch] {
    let (down, right) = (whole.north - cells.grid.north, cells.grid.west - whole.west)
    let runs = cells.runs(inRows: -down..<whole.height - down)
    var result: [Stretch] = []
    result.reserveCapacity(runs.count)
    for run in runs {
      let columns = (run.column + right..<run.column + right + run.count).clamped(to: 0..<whole.width)
      guard !columns.isEmpty else { continue }
      let row = (run.row + down) * whole.width
      result.append(
        Stretch(
          points: row + columns.lowerBound..<row + columns.upperBound,
          place: run.place + columns.lowerBound - run.column - right))
    }
    return result
  }
}
