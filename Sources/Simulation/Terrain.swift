import Foundation

/// Heights of a made-up country and where its land is.
struct Terrain: Sendable {
  let grid: PlaneGrid
  /// Metres; 0 in the sea.
  let height: [Float]
  let isLand: [Bool]

  /// Grows a landscape by uplift and stream erosion, from coarse pixels to fine ones.
  ///
  /// - Parameters:
  ///   - grid: The finest pixels.
  ///   - highest: Height of the highest pixel, m.
  ///   - noise: Breaks the symmetry of the first pixels.
  ///   - steps: Steps of erosion at each doubling of resolution, coarsest first; the coarsest pixels are
  ///     `2^(steps.count - 1)` times as wide as the finest.
  ///   - shore: Positive on land, at a point in m.
  ///   - uplift: 0 ... 1 at a point in m.
  static func grow(
    on grid: PlaneGrid, highest: Double, noise: CoherentNoise, steps: [Int],
    shore: (_ x: Double, _ y: Double) -> Double, uplift: (_ x: Double, _ y: Double) -> Double
  ) -> Terrain {
    var height: [Float] = []
    var previous = grid
    for (level, count) in steps.enumerated() {
      let scale = Double(1 << (steps.count - 1 - level))
      let current = grid.resampled(to: grid.spacing * scale)
      var isBase = [Bool](repeating: false, count: current.count)
      var rates = [Float](repeating: 0, count: current.count)
      var next = [Float](repeating: 0, count: current.count)
      for row in 0..<current.height {
        for column in 0..<current.width {
          let i = row * current.width + column
          let (x, y) = (current.x(ofColumn: column), current.y(ofRow: row))
          isBase[i] = shore(x, y) <= 0
          rates[i] = Float(uplift(x, y))
          guard !isBase[i] else { continue }
          let grain = Float(noise.value(x / (3.1 * current.spacing), y / (2.7 * current.spacing)))
          next[i] = max(0, (level == 0 ? 5 : previous.interpolate(height, x: x, y: y)) + grain)
        }
      }
      StreamErosion(grid: current, uplift: rates, isBase: isBase, erodibility: 0.02, creep: 0.03).run(
        &next, steps: count)
      (height, previous) = (next, current)
    }
    // The equation is linear in the heights: scaling them keeps the form.
    let top = height.max() ?? 1
    let factor = top > 0 ? Float(highest) / top : 0
    var isLand = [Bool](repeating: false, count: grid.count)
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        isLand[row * grid.width + column] = shore(grid.x(ofColumn: column), grid.y(ofRow: row)) > 0
      }
    }
    let scaled = height.indices.map { i in isLand[i] ? max(0.5, (height[i] * factor * 10).rounded() / 10) : 0 }
    return Terrain(grid: grid, height: scaled, isLand: isLand)
  }

  /// Steepness in degrees and downhill direction in radians clockwise from north, by Horn's 3 x 3 differences.
  ///
  /// - Source: Horn (1981); edge pixels repeat the outermost heights.
  func slopes() -> (degrees: [Float], direction: [Float]) {
    var degrees = [Float](repeating: 0, count: grid.count)
    var direction = [Float](repeating: 0, count: grid.count)
    let (columns, rows) = (grid.width, grid.height)
    func at(_ row: Int, _ column: Int) -> Float {
      height[min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1)]
    }
    let scale = 8 * Float(grid.spacing)
    for r in 0..<rows {
      for c in 0..<columns where isLand[r * columns + c] {
        let (nw, n, ne) = (at(r - 1, c - 1), at(r - 1, c), at(r - 1, c + 1))
        let (w, e) = (at(r, c - 1), at(r, c + 1))
        let (sw, s, se) = (at(r + 1, c - 1), at(r + 1, c), at(r + 1, c + 1))
        let eastward = (ne + 2 * e + se - nw - 2 * w - sw) / scale
        let northward = (nw + 2 * n + ne - sw - 2 * s - se) / scale
        let i = r * columns + c
        degrees[i] = atan((eastward * eastward + northward * northward).squareRoot()) * 180 / .pi
        direction[i] = atan2(-eastward, -northward)
      }
    }
    return (degrees, direction)
  }
}
