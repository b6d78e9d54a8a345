package import Mesh

/// Kilometres of lines within each cell: roads, railways.
///
/// A line is cut where it crosses from cell to cell; each piece has its length on the GRS 80 ellipsoid by the metres of a lattice
/// unit at its middle (within 1e-6 of a geodesic, for a piece is never longer than a cell). Carriageways that a file draws apart
/// count apart.
package struct LineLengths: Sendable {
  /// 0 where no line runs.
  package let kilometres: Layer<Float>
  /// What was unusual about the file, a sentence each.
  package let recognised: [String]

  /// - Parameters:
  ///   - input: Lines in any format OGR reads.
  ///   - grid: The cells.
  ///   - tokyoGrid: Shifts for Tokyo datum.
  /// - Throws: What reading the file throws; `malformed` where its features are not lines.
  package init(_ input: VectorInput, on grid: MeshGrid, tokyoGrid: TokyoGrid? = nil) throws(RasterError) {
    let table = try FeatureTable(input)
    guard table.shape == .lines else {
      throw .malformed(
        path: input.path, reason: "its features are no lines", remedy: "give the centre lines of roads")
    }
    var metres = [Double](repeating: 0, count: grid.count)
    recognised = try table.forEachLine(near: grid, tokyoGrid: tokyoGrid) { points in
      for (start, end) in zip(points, points.dropFirst()) { add(from: start, to: end, on: grid, &metres) }
    }
    kilometres = Layer(grid: grid, values: metres.map { Float($0 / 1_000) })
  }
}

/// Adds a straight piece to the cells that it crosses.
private func add(from start: SIMD2<Double>, to end: SIMD2<Double>, on grid: MeshGrid, _ metres: inout [Double]) {
  let (low, high) = (pointwiseMin(start, end), pointwiseMax(start, end))
  let (first, last) = (
    SIMD2(Double(grid.west), Double(grid.south)), SIMD2(Double(grid.east), Double(grid.north))
  )
  guard all(low .< last), all(high .> first), start != end else { return }
  // Where it crosses the lines of the lattice, as shares of its way; beyond the grid nothing is counted.
  let way = end - start
  var crossings = [0.0, 1]
  for axis in 0..<2 where way[axis] != 0 {
    let (from, through) = (max(low[axis], first[axis]).rounded(.up), min(high[axis], last[axis]).rounded(.down))
    for line in stride(from: from, through: through, by: 1) { crossings.append((line - start[axis]) / way[axis]) }
  }
  crossings.sort()
  for (from, to) in zip(crossings, crossings.dropFirst()) where to > from {
    let middle = start + (from + to) / 2 * way
    guard all(middle .>= first), all(middle .< last) else { continue }
    let cell = SIMD2<Int>(middle, rounding: .down)
    guard let index = grid.index(of: Mesh3Code(row: cell.y, column: cell.x)) else { continue }
    let unit = LatticeMetres.shared.perUnit(v: middle.y)
    let piece = (to - from) * way * SIMD2(unit.east, unit.north)
    metres[index] += (piece * piece).sum().squareRoot()
  }
}
