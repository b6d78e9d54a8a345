/// How well past rain of a unit covers a state of soil water and rain: 1 often survived, 0 never seen.
///
/// The clamped sum of Gaussians `F` is replaced by its envelope, the highest `F` of any state at least as severe on both
/// axes: what is milder than a survived state is safe. Between nodes it is bilinear, beyond the axes 0.
/// - Source: METHOD.md 2.2, steps 7 and 8.
package struct CriticalSurface: Sendable {
  /// Nodes along soil water and along rain.
  package let rows: Int
  package let columns: Int
  package let soilWaterAxis: Float
  package let rainAxis: Float
  /// The envelope, shape `(rows, columns)`, soil water first; non-increasing along both.
  package let values: [Float]

  /// - Parameters:
  ///   - sums: Sums of Gaussians on the nodes, shape `(rows, columns)`.
  ///   - rows: Nodes along soil water.
  ///   - columns: Nodes along rain.
  ///   - soilWaterAxis: Soil water of the last node, mm.
  ///   - rainAxis: Rain of the last node, mm/h.
  package init(sums: [Double], rows: Int, columns: Int, soilWaterAxis: Float, rainAxis: Float) {
    precondition(sums.count == rows * columns, "\(sums.count) sums on \(rows) x \(columns) nodes")
    (self.rows, self.columns) = (rows, columns)
    self.soilWaterAxis = soilWaterAxis
    self.rainAxis = rainAxis
    var envelope = sums.map { Float(min(max($0, 0), 1)) }
    envelope.withUnsafeMutableBufferPointer { envelope in
      for i in stride(from: rows - 1, through: 0, by: -1) {
        let row = i * columns
        if i + 1 < rows {
          for here in row..<row + columns { envelope[here] = max(envelope[here], envelope[here + columns]) }
        }
        for here in stride(from: row + columns - 2, through: row, by: -1) {
          envelope[here] = max(envelope[here], envelope[here + 1])
        }
      }
    }
    values = envelope
  }

  /// The cover of a state, 0 ... 1; `NaN` where a number is `NaN`.
  package func cover(soilWater: Float, rain: Float) -> Float {
    guard !soilWater.isNaN, !rain.isNaN else { return .nan }
    guard soilWater <= soilWaterAxis, rain <= rainAxis else { return 0 }
    let x = max(soilWater, 0) / soilWaterAxis * Float(rows - 1)
    let y = max(rain, 0) / rainAxis * Float(columns - 1)
    let (i, j) = (min(Int(x), rows - 2), min(Int(y), columns - 2))
    let (s, t) = (x - Float(i), y - Float(j))
    return values.withUnsafeBufferPointer { values in
      let low = values[i * columns + j] * (1 - t) + values[i * columns + j + 1] * t
      let high = values[(i + 1) * columns + j] * (1 - t) + values[(i + 1) * columns + j + 1] * t
      return low * (1 - s) + high * s
    }
  }

  /// The cover of a node, 0 beyond the axes.
  func cover(at node: StateNode) -> Float {
    let (i, j) = (Int(node.soilWater), Int(node.rain))
    return i < rows && j < columns ? values[i * columns + j] : 0
  }

  /// The line of equal cover as one polyline of (soil water mm, rain mm/h), from the rain axis to the soil water axis.
  ///
  /// The surface falls along both axes, so the line is one falling curve: its crossings with the grid lines, sorted. Where
  /// the cover is still higher at the end of an axis, the line follows that end. Empty where no state reaches `level`.
  package func contour(level: Float) -> [(soilWater: Float, rain: Float)] {
    guard values[0] >= level else { return [] }
    let (dx, dy) = (soilWaterAxis / Float(rows - 1), rainAxis / Float(columns - 1))
    var points: [(soilWater: Float, rain: Float)] = []
    for j in 0..<columns {
      if let place = crossing(level, from: j, step: columns, nodes: rows) {
        points.append((place * dx, Float(j) * dy))
      }
    }
    for i in 0..<rows {
      if let place = crossing(level, from: i * columns, step: 1, nodes: columns) {
        points.append((Float(i) * dx, place * dy))
      }
    }
    points.sort { a, b in a.soilWater != b.soilWater ? a.soilWater < b.soilWater : a.rain > b.rain }
    return points.reduce(into: []) { line, point in
      if let last = line.last, last == point { return }
      line.append(point)
    }
  }

  /// Where the values from a node on, `nodes` of them, fall below `level`, in node steps; the end if they never do.
  private func crossing(_ level: Float, from start: Int, step: Int, nodes: Int) -> Float? {
    guard values[start] >= level else { return nil }
    for n in 0..<nodes - 1 {
      let (here, next) = (values[start + n * step], values[start + (n + 1) * step])
      if next < level { return Float(n) + (here - level) / (here - next) }
    }
    return Float(nodes - 1)
  }
}
