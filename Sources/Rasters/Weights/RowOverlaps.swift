import Mesh

/// The parts a row of quadrilateral pixels shares with the cells of a grid. Belongs to one thread.
///
/// Runs of up to 16 pixels of a smooth block that lie within one cell are handed over at once; all others one by one. Runs
/// are counted from the raster's first pixel, so that they do not depend on the window.
final class RowOverlaps {
  private let corners: PixelCorners
  private let grid: MeshGrid
  private let count: Int
  private var clip = CellClip()
  private var lineAbove = -2
  // Corners of the lines above and below the row: lattice coordinates, `count + 1` each.
  private var upper: (u: UnsafeMutablePointer<Double>, v: UnsafeMutablePointer<Double>)
  private var lower: (u: UnsafeMutablePointer<Double>, v: UnsafeMutablePointer<Double>)
  // Which blocks of the lines follow PROJ's nodes.
  private var isSmoothAbove: [Bool] = []
  private var isSmoothBelow: [Bool] = []
  private let runLength: Int
  private let slack: Double
  private let areas: UnsafeMutablePointer<Double>
  private let storage: UnsafeMutablePointer<Double>

  var blockSize: Int { corners.blockSize }

  /// - Parameters:
  ///   - raster: The source.
  ///   - columns: Whole blocks of pixels (`wholeBlocks`).
  ///   - grid: The cells.
  /// - Throws: `badReferenceSystem`.
  init(_ raster: PlacedRaster, columns: Range<Int>, grid: MeshGrid) throws(RasterError) {
    corners = try PixelCorners(raster, columns: columns)
    precondition(columns.lowerBound % corners.blockSize == 0, "columns \(columns) begin within a block")
    self.grid = grid
    count = columns.count
    let length = count + 1
    runLength = min(16, corners.blockSize)
    slack = corners.slack(ofRun: runLength)
    storage = .allocate(capacity: 4 * length + runLength)
    upper = (storage, storage + length)
    lower = (storage + 2 * length, storage + 3 * length)
    areas = storage + 4 * length
  }

  deinit { storage.deallocate() }

  /// The smallest range of whole blocks around some columns.
  static func wholeBlocks(_ columns: Range<Int>, of raster: PlacedRaster) -> Range<Int> {
    let size = PixelCorners.blockSize(of: raster)
    let end = (columns.upperBound + size - 1) / size * size
    return columns.lowerBound / size * size..<min(raster.width, end)
  }

  /// Makes a row current; rows are asked for in rising order.
  ///
  /// - Parameter row: Row of the raster.
  /// - Returns: Whether it can touch the grid at all.
  func load(_ row: Int) -> Bool {
    if lineAbove == row - 1 {
      swap(&upper, &lower)
      swap(&isSmoothAbove, &isSmoothBelow)
    } else {
      corners.line(row, u: upper.u, v: upper.v)
      isSmoothAbove = corners.isSmooth
    }
    corners.line(row + 1, u: lower.u, v: lower.v)
    isSmoothBelow = corners.isSmooth
    lineAbove = row
    return (0..<(count + runLength - 1) / runLength).contains { run in
      let first = run * runLength
      return !isSmooth(first) || meetsGrid(box(first, min(first + runLength, count)), slack)
    }
  }

  /// Whether the corners of the block that holds a pixel follow PROJ's nodes on both lines.
  @inline(__always)
  private func isSmooth(_ pixel: Int) -> Bool {
    isSmoothAbove[pixel / blockSize] && isSmoothBelow[pixel / blockSize]
  }

  /// Metres on the ground of the pixels of a block, from the corners at its ends.
  func groundSlope(ofBlock block: Int) -> GroundSlope {
    let (i, k) = (block * blockSize, min((block + 1) * blockSize, count))
    let metres = LatticeMetres.shared.perUnit(v: (upper.v[i] + lower.v[k]) / 2)
    let pixels = Double(2 * (k - i))
    return GroundSlope(
      eastPerColumn: (upper.u[k] - upper.u[i] + lower.u[k] - lower.u[i]) / pixels * metres.east,
      northPerColumn: (upper.v[k] - upper.v[i] + lower.v[k] - lower.v[i]) / pixels * metres.north,
      eastPerRow: (lower.u[i] - upper.u[i] + lower.u[k] - upper.u[k]) / 2 * metres.east,
      northPerRow: (lower.v[i] - upper.v[i] + lower.v[k] - upper.v[k]) / 2 * metres.north)
  }

  /// Whether the middle of a pixel lies in the grid: one strip of a grid only, so that it is counted once.
  func holdsCentre(of i: Int) -> Bool {
    let u = (upper.u[i] + upper.u[i + 1] + lower.u[i] + lower.u[i + 1]) / 4
    let v = (upper.v[i] + upper.v[i + 1] + lower.v[i] + lower.v[i + 1]) / 4
    return u >= Double(grid.west) && u < Double(grid.east) && v >= Double(grid.south) && v < Double(grid.north)
  }

  /// The box around four corners; `NaN` where PROJ does not know one.
  @inline(__always)
  private func box(_ i: Int, _ k: Int) -> LatticeBox {
    let (a, b) = (upper, lower)
    let sum = a.u[i] + a.u[k] + b.u[i] + b.u[k] + a.v[i] + a.v[k] + b.v[i] + b.v[k]
    guard sum.isFinite else { return LatticeBox(west: .nan, east: .nan, south: .nan, north: .nan) }
    return LatticeBox(
      west: min(min(a.u[i], a.u[k]), min(b.u[i], b.u[k])), east: max(max(a.u[i], a.u[k]), max(b.u[i], b.u[k])),
      south: min(min(a.v[i], a.v[k]), min(b.v[i], b.v[k])), north: max(max(a.v[i], a.v[k]), max(b.v[i], b.v[k])))
  }

  /// False for `NaN` too.
  @inline(__always)
  private func meetsGrid(_ box: LatticeBox, _ slack: Double = 0) -> Bool {
    box.west - slack < Double(grid.east) && box.east + slack > Double(grid.west)
      && box.south - slack < Double(grid.north) && box.north + slack > Double(grid.south)
  }

  /// The cell a box of the grid's neighbourhood lies in wholly; `nil` when it lies in several or in none of the grid.
  @inline(__always)
  private func cell(around box: LatticeBox, _ slack: Double = 0) -> Int? {
    let (u, v) = ((box.west - slack).rounded(.down), (box.south - slack).rounded(.down))
    guard box.east + slack <= u + 1, box.north + slack <= v + 1 else { return nil }
    let (column, row) = (Int(u) - grid.west, grid.north - 1 - Int(v))
    return column >= 0 && column < grid.width && row >= 0 && row < grid.height ? row * grid.width + column : nil
  }

  /// Calls `body` with pixels of the row that lie beside each other, the place of a cell and the area each shares with it.
  @inline(__always)
  func forEach(
    _ body: (_ first: Int, _ count: Int, _ cell: Int, _ areas: UnsafePointer<Double>) -> Void
  ) {
    for run in 0..<(count + runLength - 1) / runLength {
      let first = run * runLength
      let last = min(first + runLength, count)
      let smooth = isSmooth(first)
      if smooth {
        let whole = box(first, last)
        guard meetsGrid(whole, slack) else { continue }
        if let cell = cell(around: whole, slack) {
          fillAreas(first..<last)
          body(first, last - first, cell, areas)
          continue
        }
      }
      // A run that an edge of a cell crosses, by quarters and then by pixels.
      var start = first
      while start < last {
        let end = min(start + max(1, runLength / 4), last)
        if smooth, let cell = cell(around: box(start, end), slack) {
          fillAreas(start..<end)
          body(start, end - start, cell, areas)
        } else {
          for pixel in start..<end { forEachCell(of: pixel) { body(pixel, 1, $0, areas) } }
        }
        start = end
      }
    }
  }

  /// Calls `body` with each cell a single pixel shares an area with; the area is in `areas[0]`.
  @inline(__always)
  private func forEachCell(of i: Int, _ body: (_ cell: Int) -> Void) {
    let pixel = box(i, i + 1)
    guard meetsGrid(pixel) else { return }
    if let cell = cell(around: pixel) {
      fillAreas(i..<i + 1)
      body(cell)
      return
    }
    let (a, b) = (upper, lower)
    let quad = (a.u[i], a.v[i], a.u[i + 1], a.v[i + 1], b.u[i + 1], b.v[i + 1], b.u[i], b.v[i])
    // Not empty: the box meets the grid.
    for row in max(
      grid.south, Int(saturating: pixel.south.rounded(.down)))..<min(
        grid.north, Int(saturating: pixel.north.rounded(.up)))
    {
      let columns =
        max(
          grid.west, Int(saturating: pixel.west.rounded(.down)))..<min(
          grid.east, Int(saturating: pixel.east.rounded(.up)))
      for column in columns {
        areas[0] = clip.area(of: quad, column: Double(column), row: Double(row), box: pixel)
        if areas[0] > 0 { body((grid.north - 1 - row) * grid.width + column - grid.west) }
      }
    }
  }

  /// Areas of whole pixels: half the cross product of the diagonals, four at a time.
  @inline(__always)
  private func fillAreas(_ pixels: Range<Int>) {
    let first = pixels.lowerBound
    let (au, av, bu, bv) = (upper.u + first, upper.v + first, lower.u + first, lower.v + first)
    var i = 0
    while i + 4 <= pixels.count {
      let falling = (four(bu + i + 1) - four(au + i), four(bv + i + 1) - four(av + i))
      let rising = (four(bu + i) - four(au + i + 1), four(bv + i) - four(av + i + 1))
      let twice = falling.0 * rising.1 - falling.1 * rising.0
      let size = twice.replacing(with: -twice, where: twice .< 0)
      UnsafeMutableRawPointer(areas + i).storeBytes(of: size * 0.5, as: SIMD4<Double>.self)
      i += 4
    }
    while i < pixels.count {
      let twice = (bu[i + 1] - au[i]) * (bv[i] - av[i + 1]) - (bv[i + 1] - av[i]) * (bu[i] - au[i + 1])
      areas[i] = abs(twice) * 0.5
      i += 1
    }
  }

  @inline(__always)
  private func four(_ place: UnsafePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Double>.self)
  }
}
