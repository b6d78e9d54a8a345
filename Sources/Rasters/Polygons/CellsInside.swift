import Mesh

/// Marks the cells whose centre lies in a polygon, by even-odd crossings along each row of centres.
///
/// Crossings are computed from an edge's southern to its northern end whichever way it runs, and a centre on an edge belongs
/// to the polygon on its right or above: of polygons that share their border exactly one holds each centre.
///
/// - Parameters:
///   - polygon: On the lattice.
///   - layer: Cells inside become 1; others stay as they are.
func markCellsInside(_ polygon: LatticePolygon, on layer: inout Layer<UInt8>) {
  let grid = layer.grid
  /// Lattice rows of the grid with centres at row + 1/2, low <= centre < high.
  func rows(from low: Double, to high: Double) -> Range<Int> {
    let first = max(grid.south, Int(saturating: (low - 0.5).rounded(.up)))
    return first..<max(first, min(grid.north, Int(saturating: (high - 0.5).rounded(.up))))
  }
  let heights = polygon.rings.joined().lazy.map(\.y)
  guard let lowest = heights.min(), let highest = heights.max() else { return }
  // An island costs its own rows, not those of the country around it.
  let reached = rows(from: lowest, to: highest)
  var crossings = [[Double]](repeating: [], count: reached.count)
  for ring in polygon.rings {
    guard var previous = ring.last else { continue }
    for point in ring {
      let (low, high) = previous.y < point.y ? (previous, point) : (point, previous)
      previous = point
      guard low.y < high.y else { continue }
      let slope = (high.x - low.x) / (high.y - low.y)
      for row in rows(from: low.y, to: high.y) {
        crossings[row - reached.lowerBound].append(low.x + (Double(row) + 0.5 - low.y) * slope)
      }
    }
  }
  for (row, line) in zip(reached, crossings) {
    let sorted = line.sorted()
    for pair in 0..<sorted.count / 2 {
      // Centres of columns at column + 1/2 with left <= centre < right.
      let first = max(grid.west, Int(saturating: (sorted[2 * pair] - 0.5).rounded(.up)))
      let last = min(grid.east, Int(saturating: (sorted[2 * pair + 1] - 0.5).rounded(.up)))
      guard first < last else { continue }
      for column in first..<last { layer[grid.north - 1 - row, column - grid.west] = 1 }
    }
  }
}
