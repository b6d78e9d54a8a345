/// Square pixels in a plane coordinate system, rows from the north.
package struct PlaneGrid: Hashable, Sendable {
  package let width: Int
  package let height: Int
  /// Side of a pixel, m.
  package let spacing: Double
  /// Western and northern edge, m.
  package let west: Double
  package let north: Double

  package init(width: Int, height: Int, spacing: Double, west: Double, north: Double) {
    precondition(width > 1 && height > 1 && spacing > 0, "\(width) x \(height) pixels of \(spacing) m")
    self.width = width
    self.height = height
    self.spacing = spacing
    self.west = west
    self.north = north
  }

  package var count: Int { width * height }

  func x(ofColumn column: Int) -> Double { west + (Double(column) + 0.5) * spacing }
  func y(ofRow row: Int) -> Double { north - (Double(row) + 0.5) * spacing }

  /// The pixel that holds a point.
  func index(x: Double, y: Double) -> Int? {
    let (column, row) = (((x - west) / spacing).rounded(.down), ((north - y) / spacing).rounded(.down))
    guard column >= 0, column < Double(width), row >= 0, row < Double(height) else { return nil }
    return Int(row) * width + Int(column)
  }

  /// The same box in pixels of another size.
  func resampled(to spacing: Double) -> PlaneGrid {
    let (columns, rows) = (Double(width) * self.spacing / spacing, Double(height) * self.spacing / spacing)
    return PlaneGrid(
      width: Int(columns.rounded()), height: Int(rows.rounded()), spacing: spacing, west: west, north: north)
  }

  /// Bilinear interpolation between pixel centres, constant beyond the outermost.
  func interpolate(_ values: [Float], x: Double, y: Double) -> Float {
    let column = min(max((x - west) / spacing - 0.5, 0), Double(width - 1))
    let row = min(max((north - y) / spacing - 0.5, 0), Double(height - 1))
    let (c, r) = (min(Int(column), width - 2), min(Int(row), height - 2))
    let (fx, fy) = (Float(column - Double(c)), Float(row - Double(r)))
    let i = r * width + c
    let top = values[i] * (1 - fx) + values[i + 1] * fx
    let bottom = values[i + width] * (1 - fx) + values[i + width + 1] * fx
    return top * (1 - fy) + bottom * fy
  }
}
