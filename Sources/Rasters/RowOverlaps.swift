import Mesh

/// The parts a row of quadrilateral pixels shares with the cells of a grid. Belongs to one thread.
final class RowOverlaps {
  private let corners: PixelCorners
  private let grid: MeshGrid
  private let count: Int
  private var clip = CellClip()
  private var lineAbove = -2
  // Lattice coordinates of the corners above and below the row: `count + 1` each.
  private var upper: (u: UnsafeMutablePointer<Double>, v: UnsafeMutablePointer<Double>)
  private var lower: (u: UnsafeMutablePointer<Double>, v: UnsafeMutablePointer<Double>)
  private let storage: UnsafeMutablePointer<Double>

  init(_ raster: PlacedRaster, columns: Range<Int>, grid: MeshGrid) throws(RasterError) {
    corners = try PixelCorners(raster, columns: columns)
    self.grid = grid
    count = columns.count
    let length = count + 1
    storage = .allocate(capacity: 4 * length)
    upper = (storage, storage + length)
    lower = (storage + 2 * length, storage + 3 * length)
  }

  deinit { storage.deallocate() }

  /// Makes a row current; rows are asked for in rising order.
  ///
  /// - Parameter row: Row of the raster.
  /// - Returns: Whether it can touch the grid at all.
  func load(_ row: Int) -> Bool {
    if lineAbove == row - 1 {
      swap(&upper, &lower)
    } else {
      corners.line(row, u: upper.u, v: upper.v)
    }
    corners.line(row + 1, u: lower.u, v: lower.v)
    lineAbove = row
    let (south, north) = (Double(grid.south), Double(grid.north))
    var (below, above) = (true, true)
    for i in 0...count {
      below = below && !(upper.v[i] >= south) && !(lower.v[i] >= south)
      above = above && !(upper.v[i] <= north) && !(lower.v[i] <= north)
    }
    return !below && !above
  }

  /// Metres on the ground of the pixel at a place of the row, from its own corners.
  func groundSteps(at i: Int) -> GroundSteps {
    let metres = LatticeMetres.shared.perUnit(v: (upper.v[i] + lower.v[i + 1]) / 2)
    let (east, north) = (metres.east / 2, metres.north / 2)
    return GroundSteps(
      eastPerColumn: (upper.u[i + 1] - upper.u[i] + lower.u[i + 1] - lower.u[i]) * east,
      northPerColumn: (upper.v[i + 1] - upper.v[i] + lower.v[i + 1] - lower.v[i]) * north,
      eastPerRow: (lower.u[i] - upper.u[i] + lower.u[i + 1] - upper.u[i + 1]) * east,
      northPerRow: (lower.v[i] - upper.v[i] + lower.v[i + 1] - upper.v[i + 1]) * north)
  }

  /// Whether the middle of a pixel lies in the grid: one strip of a grid only, so that it is counted once.
  func holdsCentre(of i: Int) -> Bool {
    let u = (upper.u[i] + upper.u[i + 1] + lower.u[i] + lower.u[i + 1]) / 4
    let v = (upper.v[i] + upper.v[i + 1] + lower.v[i] + lower.v[i + 1]) / 4
    return u >= Double(grid.west) && u < Double(grid.east) && v >= Double(grid.south) && v < Double(grid.north)
  }

  /// Calls `body` with the pixel's place in the row, the cell's place in the grid and the area they share, in cells.
  @inline(__always)
  func forEach(_ body: (_ pixel: Int, _ cell: Int, _ area: Double) -> Void) {
    let (au, av, bu, bv) = (upper.u, upper.v, lower.u, lower.v)
    let (west, east, south, north) = (Double(grid.west), Double(grid.east), Double(grid.south), Double(grid.north))
    for i in 0..<count {
      let lowU = min(min(au[i], au[i + 1]), min(bu[i], bu[i + 1]))
      let highU = max(max(au[i], au[i + 1]), max(bu[i], bu[i + 1]))
      let lowV = min(min(av[i], av[i + 1]), min(bv[i], bv[i + 1]))
      let highV = max(max(av[i], av[i + 1]), max(bv[i], bv[i + 1]))
      // A corner that PROJ does not know makes the comparisons false or the sum NaN.
      guard lowU < east, highU > west, lowV < north, highV > south,
        (au[i] + au[i + 1] + bu[i] + bu[i + 1] + av[i] + av[i + 1] + bv[i] + bv[i + 1]).isFinite
      else { continue }
      let firstU = lowU.rounded(.down)
      let firstV = lowV.rounded(.down)
      if highU <= firstU + 1, highV <= firstV + 1 {
        let (column, row) = (Int(firstU), Int(firstV))
        guard column >= grid.west, column < grid.east, row >= grid.south, row < grid.north else { continue }
        // Half the cross product of the diagonals.
        let area = abs((bu[i + 1] - au[i]) * (bv[i] - av[i + 1]) - (bv[i + 1] - av[i]) * (bu[i] - au[i + 1])) / 2
        body(i, (grid.north - 1 - row) * grid.width + column - grid.west, area)
        continue
      }
      // Not empty: the pixel's box meets the grid's.
      let columns = max(grid.west, Int(firstU))..<min(grid.east, Int(highU.rounded(.up)))
      let rows = max(grid.south, Int(firstV))..<min(grid.north, Int(highV.rounded(.up)))
      let quad = (au[i], av[i], au[i + 1], av[i + 1], bu[i + 1], bv[i + 1], bu[i], bv[i])
      for row in rows {
        for column in columns {
          let area = clip.area(of: quad, column: Double(column), row: Double(row))
          if area > 0 { body(i, (grid.north - 1 - row) * grid.width + column - grid.west, area) }
        }
      }
    }
  }
}
