/// How well past rain of a unit covers a state of soil water and rain: 1 often survived, 0 never seen.
///
/// The clamped sum of Gaussians `F` is replaced by its envelope, the highest `F` of any state at least as severe on both
/// axes: what is milder than a survived state is safe. Between nodes it is bilinear, beyond the axes 0.
/// - Source: METHOD.md 2.2, steps 7 and 8.
package struct CriticalSurface: Sendable {
  package let nodes: Int
  package let soilWaterAxis: Float
  package let rainAxis: Float
  /// The envelope, shape `(nodes, nodes)`, soil water first; non-increasing along both.
  package let values: [Float]

  /// - Parameters:
  ///   - sums: Sums of Gaussians on the nodes, shape `(nodes, nodes)`.
  ///   - nodes: Nodes an axis.
  ///   - soilWaterAxis: Soil water of the last node, mm.
  ///   - rainAxis: Rain of the last node, mm/h.
  package init(sums: [Double], nodes: Int, soilWaterAxis: Float, rainAxis: Float) {
    precondition(sums.count == nodes * nodes, "\(sums.count) sums on \(nodes) x \(nodes) nodes")
    self.nodes = nodes
    self.soilWaterAxis = soilWaterAxis
    self.rainAxis = rainAxis
    var envelope = sums.map { Float(min(max($0, 0), 1)) }
    for i in stride(from: nodes - 1, through: 0, by: -1) {
      for j in stride(from: nodes - 1, through: 0, by: -1) {
        if i + 1 < nodes { envelope[i * nodes + j] = max(envelope[i * nodes + j], envelope[(i + 1) * nodes + j]) }
        if j + 1 < nodes { envelope[i * nodes + j] = max(envelope[i * nodes + j], envelope[i * nodes + j + 1]) }
      }
    }
    values = envelope
  }

  /// The cover of a state, 0 ... 1; `NaN` where a number is `NaN`.
  package func cover(soilWater: Float, rain: Float) -> Float {
    guard !soilWater.isNaN, !rain.isNaN else { return .nan }
    guard soilWater <= soilWaterAxis, rain <= rainAxis else { return 0 }
    let x = max(soilWater, 0) / soilWaterAxis * Float(nodes - 1)
    let y = max(rain, 0) / rainAxis * Float(nodes - 1)
    let (i, j) = (min(Int(x), nodes - 2), min(Int(y), nodes - 2))
    let (s, t) = (x - Float(i), y - Float(j))
    return values.withUnsafeBufferPointer { values in
      let low = values[i * nodes + j] * (1 - t) + values[i * nodes + j + 1] * t
      let high = values[(i + 1) * nodes + j] * (1 - t) + values[(i + 1) * nodes + j + 1] * t
      return low * (1 - s) + high * s
    }
  }

  /// The line of equal cover as one polyline of (soil water mm, rain mm/h), from the rain axis to the soil water axis.
  ///
  /// The surface falls along both axes, so the line is one falling curve: its crossings with the grid lines, sorted. Where
  /// the cover is still higher at the end of an axis, the line follows that end. Empty where no state reaches `level`.
  package func contour(level: Float) -> [(soilWater: Float, rain: Float)] {
    guard values[0] >= level else { return [] }
    let (dx, dy) = (soilWaterAxis / Float(nodes - 1), rainAxis / Float(nodes - 1))
    var points: [(soilWater: Float, rain: Float)] = []
    for a in 0..<nodes {
      // Along soil water at rain node `a`, then along rain at soil water node `a`.
      if let place = crossing(level, from: a, step: nodes) { points.append((place * dx, Float(a) * dy)) }
      if let place = crossing(level, from: a * nodes, step: 1) { points.append((Float(a) * dx, place * dy)) }
    }
    points.sort { a, b in a.soilWater != b.soilWater ? a.soilWater < b.soilWater : a.rain > b.rain }
    return points.reduce(into: []) { line, point in
      if let last = line.last, last == point { return }
      line.append(point)
    }
  }

  /// Where the values from a node on, `nodes` of them, fall below `level`, in node steps; the end if they never do.
  private func crossing(_ level: Float, from start: Int, step: Int) -> Float? {
    guard values[start] >= level else { return nil }
    for n in 0..<nodes - 1 {
      let (here, next) = (values[start + n * step], values[start + (n + 1) * step])
      if next < level { return Float(n) + (here - level) / (here - next) }
    }
    return Float(nodes - 1)
  }
}
