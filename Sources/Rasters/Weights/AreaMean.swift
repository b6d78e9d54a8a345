package import Mesh

/// Sums of pixels times the area they share with a cell; of all cells of a grid, rows from the north.
struct AreaSums: Sendable {
  let grid: MeshGrid
  /// Area times number, `channels` fields of `grid.count`.
  var sums: [Double]
  /// Area of pixels that are land, in cells.
  var land: [Double]
  /// Area of pixels that are known at all.
  var covered: [Double]

  init(grid: MeshGrid, channels: Int) {
    self.grid = grid
    sums = Array(repeating: 0, count: grid.count * channels)
    land = Array(repeating: 0, count: grid.count)
    covered = land
  }

  /// Puts strips together, from the north.
  init(_ strips: [AreaSums], grid: MeshGrid, channels: Int) {
    self.init(grid: grid, channels: channels)
    var start = 0
    for strip in strips {
      let count = strip.grid.count
      for channel in 0..<channels {
        sums.replaceSubrange(
          channel * grid.count + start..<channel * grid.count + start + count,
          with: strip.sums[channel * count..<(channel + 1) * count])
      }
      land.replaceSubrange(start..<start + count, with: strip.land)
      covered.replaceSubrange(start..<start + count, with: strip.covered)
      start += count
    }
  }

  /// Adds coarser sums for what these leave of each cell, so that no area counts twice.
  ///
  /// Of a coarser raster that covers more of a cell than is left, all of its part of the cell counts in proportion: where in the
  /// cell the two meet is not looked at.
  mutating func fill(from coarser: AreaSums) {
    let channels = sums.count / max(1, grid.count)
    for cell in 0..<grid.count {
      let rest = 1 - covered[cell]
      // Below is rounding of weights that add up to a whole cell.
      guard rest > 1e-9, coarser.covered[cell] > 0 else { continue }
      let weight = min(1, rest / coarser.covered[cell])
      for channel in 0..<channels {
        sums[channel * grid.count + cell] += weight * coarser.sums[channel * grid.count + cell]
      }
      land[cell] += weight * coarser.land[cell]
      covered[cell] += weight * coarser.covered[cell]
    }
  }

  /// The mean over land, `NaN` where the cover is below the minimum.
  func mean(channel: Int, minimumCoverage: Double) -> [Float] {
    (0..<grid.count).map { i in
      land[i] > 0 && covered[i] >= minimumCoverage ? Float(sums[channel * grid.count + i] / land[i]) : .nan
    }
  }
}

/// Adds up a raster over the cells of a grid with exact area weights.
///
/// The weight of a pixel in a cell is the area they share on the lattice, in degrees: true areas would change the weights
/// within a cell by less than 1e-4 of themselves, the change of cos(latitude) over 30″. A pixel is the quadrilateral of its
/// four corners on the lattice. Each cell adds its pixels in the order of the file, in `Double`, so that the result does
/// not depend on window, strips or threads.
///
/// - Parameters:
///   - raster: Source of any resolution and reference system.
///   - quantity: What is averaged.
///   - grid: The cells.
///   - seaValues: Numbers that mean sea.
///   - threads: Workers; each holds about 40 MB.
///   - progress: Called with the share done.
/// - Returns: The sums; zero where the raster does not reach.
/// - Throws: `cannotRead`, or what opening throws.
func areaSums(
  of raster: PlacedRaster, _ quantity: PixelQuantity, on grid: MeshGrid, seaValues: [Float], threads: Int,
  progress: (@Sendable (Double) -> Void)? = nil
) throws(RasterError) -> AreaSums {
  let strips: [AreaSums]
  if raster.reference.isLatticeDegrees, raster.affine.isAxisParallel {
    let affine = raster.affine
    let runs = ColumnRuns(
      axisOverlaps(pixels: raster.width, cells: grid.west..<grid.east) {
        (affine.x0 + Double($0) * affine.xPerColumn - 100) * 80
      }, cells: grid.west..<grid.east)
    strips = try overStrips(of: grid, threads: threads, progress: progress) { (strip) throws(RasterError) in
      try separableSums(of: raster, quantity, on: strip, columns: runs, seaValues: seaValues)
    }
  } else {
    let footprint = try SourceFootprint(raster)
    strips = try overStrips(of: grid, threads: threads, progress: progress) { (strip) throws(RasterError) in
      try quadrilateralSums(of: raster, quantity, on: strip, footprint: footprint, seaValues: seaValues)
    }
  }
  return AreaSums(strips, grid: grid, channels: quantity.channels)
}

/// Adds up several rasters, the first where it has anything, each further one in what is left (`AreaSums.fill`).
func areaSums(
  of rasters: [PlacedRaster], _ quantity: PixelQuantity, on grid: MeshGrid, seaValues: [Float], threads: Int,
  progress: (@Sendable (Double) -> Void)? = nil
) throws(RasterError) -> AreaSums {
  var sums = AreaSums(grid: grid, channels: quantity.channels)
  for (place, raster) in rasters.enumerated() {
    let count = Double(rasters.count)
    let own = try areaSums(
      of: raster, quantity, on: grid, seaValues: seaValues + raster.ownSeaValues, threads: threads
    ) { progress?((Double(place) + $0) / count) }
    if place == 0 { sums = own } else { sums.fill(from: own) }
  }
  return sums
}

/// Pixels whose sides are meridians and parallels of the lattice: a weight is a product of two lengths.
private func separableSums(
  of raster: PlacedRaster, _ quantity: PixelQuantity, on grid: MeshGrid, columns: ColumnRuns, seaValues: [Float]
) throws(RasterError) -> AreaSums {
  let channels = quantity.channels
  var result = AreaSums(grid: grid, channels: channels)
  let affine = raster.affine
  let overlaps = axisOverlaps(pixels: raster.height, cells: grid.south..<grid.north) {
    (affine.y0 + Double($0) * affine.yPerRow) * 120
  }
  guard let lastRow = overlaps.last?.pixel, !columns.pixels.isEmpty else { return result }
  let rows = try ChannelRows(raster, columns: columns.pixels, quantity: quantity, seaValues: seaValues)
  let values = rows.values
  let width = columns.pixels.count
  let hasSea = !seaValues.isEmpty
  var place = 0
  while place < overlaps.count {
    let row = overlaps[place].pixel
    var next = place
    while next < overlaps.count, overlaps[next].pixel == row { next += 1 }
    let metres = LatticeMetres.shared.perUnit(v: (affine.y0 + (Double(row) + 0.5) * affine.yPerRow) * 120)
    let slope = GroundSlope(
      eastPerColumn: affine.xPerColumn * 80 * metres.east, northPerColumn: 0, eastPerRow: 0,
      northPerRow: affine.yPerRow * 120 * metres.north)
    try rows.load(row, before: lastRow + 1, block: width) { _ in slope }
    for x in 0..<grid.width where columns.counts[x] > 0 {
      let (first, offset) = (columns.first[x], columns.offsets[x])
      var (land, covered) = (0.0, 0.0)
      var partial = InlineArray<4, Double>(repeating: 0)
      columns.lengths.withUnsafeBufferPointer { lengths in
        guard let lengths = lengths.baseAddress else { return }
        let run = RowRun(values: values + first, lengths: lengths + offset, count: columns.counts[x])
        (land, partial[0]) = run.sums(of: values + first)
        covered = hasSea ? run.covered : land
        for channel in 1..<max(1, channels) { partial[channel] = run.sums(of: values + channel * width + first).sum }
      }
      for overlap in overlaps[place..<next] {
        let cell = (grid.north - 1 - overlap.cell) * grid.width + x
        result.land[cell] += overlap.length * land
        result.covered[cell] += overlap.length * covered
        for channel in 0..<channels { result.sums[channel * grid.count + cell] += overlap.length * partial[channel] }
      }
    }
    place = next
  }
  return result
}

/// Pixels of any shape: quadrilaterals cut at the cells.
private func quadrilateralSums(
  of raster: PlacedRaster, _ quantity: PixelQuantity, on grid: MeshGrid, footprint: SourceFootprint, seaValues: [Float]
) throws(RasterError) -> AreaSums {
  let channels = quantity.channels
  var result = AreaSums(grid: grid, channels: channels)
  guard let window = footprint.window(of: grid) else { return result }
  let columns = RowOverlaps.wholeBlocks(window.columns, of: raster)
  let rows = try ChannelRows(raster, columns: columns, quantity: quantity, seaValues: seaValues)
  let overlaps = try RowOverlaps(raster, columns: columns, grid: grid)
  let values = rows.values
  let width = columns.count
  let cells = grid.count
  let hasSea = !seaValues.isEmpty
  for row in window.rows {
    guard overlaps.load(row) else { continue }
    try rows.load(row, before: window.rows.upperBound, block: overlaps.blockSize) { overlaps.groundSlope(ofBlock: $0) }
    result.sums.withUnsafeMutableBufferPointer { sums in
      result.land.withUnsafeMutableBufferPointer { land in
        result.covered.withUnsafeMutableBufferPointer { covered in
          overlaps.forEach { first, count, cell, areas in
            let run = RowRun(values: values + first, lengths: areas, count: count)
            let part = run.sums(of: values + first)
            land[cell] += part.land
            covered[cell] += hasSea ? run.covered : part.land
            sums[cell] += part.sum
            for channel in 1..<channels {
              sums[channel * cells + cell] += run.sums(of: values + channel * width + first).sum
            }
          }
        }
      }
    }
  }
  return result
}

/// The area-weighted mean of a raster on a grid, with its cover.
package struct AreaMean: Sendable {
  /// `NaN` where the cover is below the minimum.
  package let mean: Layer<Float>
  /// Share of each cell that the raster covers.
  package let coverage: Layer<Float>

  /// - Parameters:
  ///   - raster: Source of any resolution and reference system.
  ///   - grid: The cells.
  ///   - minimumCoverage: Least share of a cell that must be covered.
  ///   - threads: Workers.
  ///   - progress: Called with the share done.
  /// - Throws: What opening and reading throw.
  package init(
    of raster: PlacedRaster, on grid: MeshGrid, minimumCoverage: Double = 0.05, threads: Int = 1,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(RasterError) {
    let sums = try areaSums(of: raster, .value, on: grid, seaValues: [], threads: threads, progress: progress)
    mean = Layer(grid: grid, values: sums.mean(channel: 0, minimumCoverage: minimumCoverage))
    coverage = Layer(grid: grid, values: sums.covered.map { Float(min(1, $0)) })
  }
}
