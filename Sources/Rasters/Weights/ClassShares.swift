package import Mesh

/// Area shares of classes in the cells of a grid.
package struct ClassShares: Sendable, Equatable {
  package let grid: MeshGrid
  package let classes: Int
  /// Share of class `k + 1` in the part of the cell that the source covers, shape `(classes, height, width)`; `NaN` where
  /// the cover is below the minimum. Without an input it has no band at all.
  package var shares: LayerStack<Float>
  /// Share of the covered part without a class: codes that mean none (water, rock) and codes the legend lacks.
  package var unknown: Layer<Float>
  /// The class with the largest share; of equal ones (within 1e-9 of the cell) the lowest; 0 where no class occurs.
  package var majority: Layer<UInt8>
  /// Share of the cell that the source covers.
  package var coverage: Layer<Float>

  /// Nothing known, without an input: no shares are kept, which a whole country would need 400 MB for.
  init(nothingOn grid: MeshGrid, classes: Int) {
    self.grid = grid
    self.classes = classes
    shares = LayerStack(grid: grid, bands: 0, values: [])
    unknown = Layer(grid: grid, filledWith: .nan)
    majority = Layer(grid: grid, filledWith: 0)
    coverage = Layer(grid: grid, filledWith: 0)
  }

  /// - Parameters:
  ///   - found: Areas of the classes.
  ///   - minimumCoverage: Least share of a cell that must be covered.
  init(_ found: ClassAreas, minimumCoverage: Double) {
    let (areas, grid, classes) = (found.areas, found.grid, found.classes)
    self.grid = grid
    self.classes = classes
    shares = LayerStack(grid: grid, bands: classes, filledWith: .nan)
    unknown = Layer(grid: grid, filledWith: .nan)
    majority = Layer(grid: grid, filledWith: 0)
    coverage = Layer(grid: grid, filledWith: 0)
    for cell in 0..<grid.count {
      var covered = 0.0
      for k in 0...classes + 1 { covered += areas[k * grid.count + cell] }
      coverage.values[cell] = Float(min(1, covered))
      guard covered > 0, covered >= minimumCoverage else { continue }
      unknown.values[cell] = Float((areas[cell] + areas[(classes + 1) * grid.count + cell]) / covered)
      var largest = 0.0
      for k in 1...classes {
        let area = areas[k * grid.count + cell]
        shares.values[(k - 1) * grid.count + cell] = Float(area / covered)
        largest = max(largest, area)
      }
      guard largest > 0 else { continue }
      let leader = (1...classes).first { areas[$0 * grid.count + cell] >= largest - 1e-9 }
      majority.values[cell] = UInt8(leader ?? 0)
    }
  }
}

/// Codes that a legend lacks, with the number of pixels, polygons or cells that carry them.
typealias UnknownCounts = [Int32: Int]

/// Areas of classes with the codes that were not understood.
struct ClassAreas: Sendable {
  let grid: MeshGrid
  let classes: Int
  /// In cells, shape `(classes + 2, height, width)`: class 0 (none), 1, 2, ..., and last what the legend lacks.
  var areas: [Double]
  var unknown: UnknownCounts

  init(grid: MeshGrid, classes: Int) {
    self.grid = grid
    self.classes = classes
    areas = Array(repeating: 0, count: (classes + 2) * grid.count)
    unknown = [:]
  }

  /// Adds coarser areas for what these leave of each cell, as `AreaSums.fill` does.
  mutating func fill(from coarser: ClassAreas) {
    func covered(_ areas: [Double], _ cell: Int) -> Double {
      (0...classes + 1).reduce(0) { $0 + areas[$1 * grid.count + cell] }
    }
    for cell in 0..<grid.count {
      let (rest, more) = (1 - covered(areas, cell), covered(coarser.areas, cell))
      guard rest > 1e-9, more > 0 else { continue }
      let weight = min(1, rest / more)
      for k in 0...classes + 1 { areas[k * grid.count + cell] += weight * coarser.areas[k * grid.count + cell] }
    }
    unknown.merge(coarser.unknown, uniquingKeysWith: +)
  }

  /// The part of all that is covered whose code the legend lacks; 0 where nothing is covered.
  var unexplainedShare: Double {
    let covered = areas.reduce(0, +)
    return covered > 0 ? areas[((classes + 1) * grid.count)...].reduce(0, +) / covered : 0
  }

  init(_ strips: [ClassAreas], grid: MeshGrid, classes: Int) {
    self.init(grid: grid, classes: classes)
    var start = 0
    for strip in strips {
      let count = strip.grid.count
      for k in 0...classes + 1 {
        areas.replaceSubrange(
          k * grid.count + start..<k * grid.count + start + count, with: strip.areas[k * count..<(k + 1) * count])
      }
      unknown.merge(strip.unknown, uniquingKeysWith: +)
      start += count
    }
  }
}

/// Adds up the areas of a raster's classes, with the weights of `areaSums`.
///
/// - Parameters:
///   - raster: Source of codes.
///   - codes: The class of each code; 0 is none.
///   - classes: Number of classes.
///   - grid: The cells.
///   - threads: Workers.
///   - progress: Called with the share done.
/// - Returns: Areas, and the codes without an entry with the number of pixels whose middle lies in the grid.
/// - Throws: `cannotRead`, or what opening throws.
func classAreas(
  of raster: PlacedRaster, codes: [Int32: UInt8], classes: Int, on grid: MeshGrid, threads: Int,
  progress: (@Sendable (Double) -> Void)? = nil
) throws(RasterError) -> ClassAreas {
  let strips: [ClassAreas]
  if raster.reference.isLatticeDegrees, raster.affine.isAxisParallel {
    strips = try overStrips(of: grid, threads: threads, progress: progress) { (strip) throws(RasterError) in
      try separableAreas(of: raster, codes: codes, classes: classes, on: strip)
    }
  } else {
    let footprint = try SourceFootprint(raster)
    strips = try overStrips(of: grid, threads: threads, progress: progress) { (strip) throws(RasterError) in
      try quadrilateralAreas(of: raster, codes: codes, classes: classes, on: strip, footprint: footprint)
    }
  }
  return ClassAreas(strips, grid: grid, classes: classes)
}

private func separableAreas(
  of raster: PlacedRaster, codes: [Int32: UInt8], classes: Int, on grid: MeshGrid
) throws(RasterError) -> ClassAreas {
  var result = ClassAreas(grid: grid, classes: classes)
  let affine = raster.affine
  func u(_ column: Double) -> Double { (affine.x0 + column * affine.xPerColumn - 100) * 80 }
  func v(_ row: Double) -> Double { (affine.y0 + row * affine.yPerRow) * 120 }
  let across = axisOverlaps(pixels: raster.width, cells: grid.west..<grid.east) { u(Double($0)) }
  let down = axisOverlaps(pixels: raster.height, cells: grid.south..<grid.north) { v(Double($0)) }
  guard let firstColumn = across.first?.pixel, let lastColumn = across.last?.pixel, let lastRow = down.last?.pixel
  else { return result }
  let columns = firstColumn..<lastColumn + 1
  let rows = try ClassRows(raster, columns: columns, codes: codes, unexplained: UInt8(classes + 1))
  var place = 0
  while place < down.count {
    let row = down[place].pixel
    var next = place
    while next < down.count, down[next].pixel == row { next += 1 }
    let middle = v(Double(row) + 0.5)
    let countsRow = middle >= Double(grid.south) && middle < Double(grid.north)
    try rows.load(row, before: lastRow + 1, unknown: &result.unknown) { i in
      let middle = u(Double(columns.lowerBound + i) + 0.5)
      return countsRow && middle >= Double(grid.west) && middle < Double(grid.east)
    }
    result.areas.withUnsafeMutableBufferPointer { areas in
      for overlap in down[place..<next] {
        let line = (grid.north - 1 - overlap.cell) * grid.width - grid.west
        for part in across {
          let k = rows.classes[part.pixel - columns.lowerBound]
          guard k != ClassRows.noData else { continue }
          areas[Int(k) * grid.count + line + part.cell] += overlap.length * part.length
        }
      }
    }
    place = next
  }
  return result
}

private func quadrilateralAreas(
  of raster: PlacedRaster, codes: [Int32: UInt8], classes: Int, on grid: MeshGrid, footprint: SourceFootprint
) throws(RasterError) -> ClassAreas {
  var result = ClassAreas(grid: grid, classes: classes)
  guard let window = footprint.window(of: grid) else { return result }
  let columns = RowOverlaps.wholeBlocks(window.columns, of: raster)
  let rows = try ClassRows(raster, columns: columns, codes: codes, unexplained: UInt8(classes + 1))
  let overlaps = try RowOverlaps(raster, columns: columns, grid: grid)
  let cells = grid.count
  for row in window.rows {
    guard overlaps.load(row) else { continue }
    try rows.load(row, before: window.rows.upperBound, unknown: &result.unknown) { overlaps.holdsCentre(of: $0) }
    result.areas.withUnsafeMutableBufferPointer { areas in
      overlaps.forEach { first, count, cell, parts in
        for i in 0..<count {
          let k = rows.classes[first + i]
          if k != ClassRows.noData { areas[Int(k) * cells + cell] += parts[i] }
        }
      }
    }
  }
  return result
}

extension ClassShares {
  /// The exact area shares of a raster's classes.
  ///
  /// - Parameters:
  ///   - raster: Source of codes.
  ///   - codes: The class of each code; 0 is none. Codes without an entry count as unknown.
  ///   - classes: Number of classes.
  ///   - grid: The cells.
  ///   - minimumCoverage: Least share of a cell that must be covered.
  ///   - threads: Workers.
  /// - Throws: What opening and reading throw.
  package init(
    of raster: PlacedRaster, codes: [Int32: UInt8], classes: Int, on grid: MeshGrid, minimumCoverage: Double = 0.05,
    threads: Int = 1
  ) throws(RasterError) {
    let areas = try classAreas(of: raster, codes: codes, classes: classes, on: grid, threads: threads)
    self.init(areas, minimumCoverage: minimumCoverage)
  }
}
