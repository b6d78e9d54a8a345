/// A point of a contour line: the edge of the lattice it lies on, so that pieces join without comparing numbers.
private struct CrossedEdge: Hashable {
  let row: Int
  let column: Int
  let isVertical: Bool
}

/// Closed lines along which a function of the plane has a value, by marching squares with linear interpolation.
///
/// - Parameters:
///   - grid: The function is sampled at the pixel centres; it counts as below the level on the outermost ones, so every
///     line closes.
///   - level: The value.
///   - function: Of x and y in the grid's coordinates.
/// - Returns: Rings with the higher side to their left (outer rings counter-clockwise), first point not repeated, the
///   longest first.
package func contour(
  of grid: PlaneGrid, level: Double, _ function: (_ x: Double, _ y: Double) -> Double
) -> [[(x: Double, y: Double)]] {
  var values = [Double](repeating: -1, count: grid.count)
  for row in 1..<grid.height - 1 {
    for column in 1..<grid.width - 1 {
      values[row * grid.width + column] = function(grid.x(ofColumn: column), grid.y(ofRow: row)) - level
    }
  }
  func value(_ row: Int, _ column: Int) -> Double { values[row * grid.width + column] }
  func point(_ edge: CrossedEdge) -> (x: Double, y: Double) {
    let (r, c) = (edge.row, edge.column)
    let a = value(r, c)
    let b = edge.isVertical ? value(r + 1, c) : value(r, c + 1)
    let t = a / (a - b)
    let (x, y) = (grid.x(ofColumn: c), grid.y(ofRow: r))
    return edge.isVertical ? (x, y - t * grid.spacing) : (x + t * grid.spacing, y)
  }

  // One square after another: each piece runs from an edge to an edge with the higher side to its left.
  var following: [CrossedEdge: CrossedEdge] = [:]
  var starts: [CrossedEdge] = []
  for r in 0..<grid.height - 1 {
    for c in 0..<grid.width - 1 {
      let top = CrossedEdge(row: r, column: c, isVertical: false)
      let bottom = CrossedEdge(row: r + 1, column: c, isVertical: false)
      let left = CrossedEdge(row: r, column: c, isVertical: true)
      let right = CrossedEdge(row: r, column: c + 1, isVertical: true)
      let northWest = value(r, c) > 0
      let northEast = value(r, c + 1) > 0
      let southEast = value(r + 1, c + 1) > 0
      let southWest = value(r + 1, c) > 0
      // Walking round clockwise from the top edge: where the walk goes from low to high a piece ends, else it begins.
      let crossings: [(edge: CrossedEdge, rises: Bool)] = [
        (top, northWest, northEast), (right, northEast, southEast), (bottom, southEast, southWest),
        (left, southWest, northWest),
      ].compactMap { $0.1 == $0.2 ? nil : ($0.0, $0.2) }
      for (place, crossing) in crossings.enumerated() where crossing.rises {
        // From the fall after this rise back to the rise: the high corners between them lie to the left.
        let fall = crossings[(place + 1) % crossings.count]
        following[crossing.edge] = fall.edge
        starts.append(crossing.edge)
      }
    }
  }
  var rings: [[(x: Double, y: Double)]] = []
  for start in starts where following[start] != nil {
    var ring: [(x: Double, y: Double)] = []
    var edge = start
    while let next = following.removeValue(forKey: edge) {
      ring.append(point(edge))
      edge = next
    }
    rings.append(ring)
  }
  return rings.sorted { $0.count > $1.count }
}

/// Twice the area inside a ring, positive where it runs counter-clockwise.
package func doubleArea(of ring: [(x: Double, y: Double)]) -> Double {
  ring.indices.reduce(0) { sum, i in
    let (a, b) = (ring[i], ring[(i + 1) % ring.count])
    return sum + a.x * b.y - b.x * a.y
  }
}
