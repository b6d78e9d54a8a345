/// The sides of the box around something on the lattice.
struct LatticeBox {
  let west: Double
  let east: Double
  let south: Double
  let north: Double
}

/// Area of the part of a quadrilateral that lies in one cell: the polygon is cut at the four edges of the cell in turn
/// (Sutherland and Hodgman 1974), then measured by the shoelace formula. Exact but for rounding.
///
/// A quadrilateral cut four times has at most eight corners. The storage is reused; one value a worker.
struct CellClip: ~Copyable {
  private let x: UnsafeMutablePointer<Double>
  private let y: UnsafeMutablePointer<Double>
  private static let capacity = 16

  init() {
    x = .allocate(capacity: 2 * Self.capacity)
    y = .allocate(capacity: 2 * Self.capacity)
  }

  deinit {
    x.deallocate()
    y.deallocate()
  }

  /// - Parameters:
  ///   - quad: Corners in order around the quadrilateral, lattice coordinates.
  ///   - column: The cell covers `column ... column + 1`.
  ///   - row: The cell covers `row ... row + 1`.
  ///   - box: The quadrilateral's box: edges of the cell that it does not cross cut nothing.
  /// - Returns: Area in cells, 0 or more.
  func area(
    of quad: (x0: Double, y0: Double, x1: Double, y1: Double, x2: Double, y2: Double, x3: Double, y3: Double),
    column: Double, row: Double, box: LatticeBox
  ) -> Double {
    // Relative to the cell: areas of small pixels would lose digits far from the origin.
    (x[0], x[1], x[2], x[3]) = (quad.x0 - column, quad.x1 - column, quad.x2 - column, quad.x3 - column)
    (y[0], y[1], y[2], y[3]) = (quad.y0 - row, quad.y1 - row, quad.y2 - row, quad.y3 - row)
    // The polygon moves from one half of the storage to the other with each cut.
    var (from, to) = (0, Self.capacity)
    var count = 4
    if box.west < column { cut(x, y, &count, &from, &to, keepAbove: true) }
    if box.east > column + 1 { cut(x, y, &count, &from, &to, keepAbove: false) }
    if box.south < row { cut(y, x, &count, &from, &to, keepAbove: true) }
    if box.north > row + 1 { cut(y, x, &count, &from, &to, keepAbove: false) }
    let (x, y) = (x + from, y + from)
    guard count >= 3 else { return 0 }
    var twice = 0.0
    var previous = count - 1
    for i in 0..<count {
      twice += x[previous] * y[i] - x[i] * y[previous]
      previous = i
    }
    return abs(twice) / 2
  }

  @inline(__always)
  private func cut(
    _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ count: inout Int, _ from: inout Int,
    _ to: inout Int, keepAbove: Bool
  ) {
    count = Self.cut(a + from, b + from, count, a + to, b + to, keepAbove: keepAbove)
    swap(&from, &to)
  }

  /// Keeps the part with `a >= 0` (`keepAbove`) or `a <= 1`; `b` is the other coordinate.
  @inline(__always)
  private static func cut(
    _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ count: Int,
    _ toA: UnsafeMutablePointer<Double>, _ toB: UnsafeMutablePointer<Double>, keepAbove: Bool
  ) -> Int {
    guard count > 0 else { return 0 }
    let edge = keepAbove ? 0.0 : 1.0
    var kept = 0
    var previous = count - 1
    for i in 0..<count {
      let inside = keepAbove ? a[i] >= 0 : a[i] <= 1
      let wasInside = keepAbove ? a[previous] >= 0 : a[previous] <= 1
      if inside != wasInside {
        let part = (edge - a[previous]) / (a[i] - a[previous])
        toA[kept] = edge
        toB[kept] = b[previous] + part * (b[i] - b[previous])
        kept += 1
      }
      if inside {
        toA[kept] = a[i]
        toB[kept] = b[i]
        kept += 1
      }
      previous = i
    }
    return kept
  }
}
