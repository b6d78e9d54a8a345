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
  var crossings = [[Double]](repeating: [], count: grid.height)
  for ring in polygon.rings {
    guard var previous = ring.last else { continue }
    for point in ring {
      let (low, high) = previous.y < point.y ? (previous, point) : (point, previous)
      previous = point
      guard low.y < high.y else { continue }
      // Centres of lattice rows at row + 1/2 with low.y <= centre < high.y.
      let first = max(grid.south, Int(saturating: (low.y - 0.5).rounded(.up)))
      let last = min(grid.north, Int(saturating: (high.y - 0.5).rounded(.up)))
      guard first < last else { continue }
      let slope = (high.x - low.x) / (high.y - low.y)
      for row in first..<last {
        crossings[grid.north - 1 - row].append(low.x + (Double(row) + 0.5 - low.y) * slope)
      }
    }
  }
  for (y, line) in crossings.enumerated() {
    let sorted = line.sorted()
    for pair in 0..<sorted.count / 2 {
      // Centres of columns at column + 1/2 with left <= centre < right.
      let first = max(grid.west, Int(saturating: (sorted[2 * pair] - 0.5).rounded(.up)))
      let last = min(grid.east, Int(saturating: (sorted[2 * pair + 1] - 0.5).rounded(.up)))
      guard first < last else { continue }
      for column in first..<last { layer[y, column - grid.west] = 1 }
    }
  }
}
