/// The closed lines along the cell edges that part chosen cells from the others.
///
/// Each ring keeps the chosen cells on its right as it runs in a picture with rows from the north; where two chosen cells
/// meet at a corner only, the rings stay apart. The order of rings is that of their first cell.
///
/// - Parameters:
///   - grid: The cells.
///   - isInside: Chosen or not, by row-major index.
/// - Returns: Rings of longitude and latitude, degrees, without the closing repetition; corners only, no points between.
package func cellOutline(of grid: MeshGrid, where isInside: (Int) -> Bool) -> [[SIMD2<Double>]] {
  let (width, height) = (grid.width, grid.height)
  let inside = (0..<grid.count).map(isInside)
  func holds(_ y: Int, _ x: Int) -> Bool { y >= 0 && y < height && x >= 0 && x < width && inside[y * width + x] }
  // An edge is named by its starting corner and its direction: 0 east, 1 south, 2 west, 3 north.
  let steps: [(x: Int, y: Int)] = [(1, 0), (0, 1), (-1, 0), (0, -1)]
  /// True when an edge that leaves the corner in a direction has a chosen cell on its right and none on its left.
  func isEdge(_ x: Int, _ y: Int, _ direction: Int) -> Bool {
    switch direction {
    case 0: holds(y, x) && !holds(y - 1, x)
    case 1: holds(y, x - 1) && !holds(y, x)
    case 2: holds(y - 1, x - 1) && !holds(y, x - 1)
    default: holds(y - 1, x) && !holds(y - 1, x - 1)
    }
  }
  var rings: [[SIMD2<Double>]] = []
  var isUsed = [Bool](repeating: false, count: width * height)
  for start in 0..<grid.count where inside[start] && !isUsed[start] && !holds(start / width - 1, start % width) {
    var (x, y, direction) = (start % width, start / width, 0)
    var ring: [SIMD2<Double>] = []
    var previous = -1
    repeat {
      if direction == 0 { isUsed[y * width + x] = true }
      if direction != previous {
        ring.append([
          Mesh3Code.longitude(ofColumnEdge: grid.west + x), Double(grid.north - y) / 120,
        ])
      }
      previous = direction
      (x, y) = (x + steps[direction].x, y + steps[direction].y)
      // The sharpest right turn first keeps corner neighbours in rings of their own.
      direction = [(direction + 1) % 4, direction, (direction + 3) % 4].first { isEdge(x, y, $0) } ?? direction
    } while !(x == start % width && y == start / width && direction == 0)
    if previous == 0, ring.count > 1 { ring.removeFirst() }
    rings.append(ring)
  }
  return rings
}
