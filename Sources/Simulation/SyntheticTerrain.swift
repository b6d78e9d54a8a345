import Foundation
import Rasters
import Statistics

/// Heights of a made-up country and where its land is.
package struct SyntheticTerrain: Sendable {
  package let grid: PlaneGrid
  /// Metres; 0 in the sea.
  package let height: [Float]
  package let isLand: [Bool]

  /// Grows a landscape by uplift and stream erosion, from coarse pixels to fine ones.
  ///
  /// - Parameters:
  ///   - grid: The finest pixels.
  ///   - high: Height that one pixel in a hundred exceeds, m.
  ///   - noise: Breaks the symmetry of the first pixels.
  ///   - steps: Steps of erosion at each doubling of resolution, coarsest first; the coarsest pixels are
  ///     `2^(steps.count - 1)` times as wide as the finest.
  ///   - shore: Positive on land and growing inland to about 1, at a point in m.
  ///   - uplift: 0 ... 1 at a point in m.
  /// - Returns: Heights in tenths of a metre.
  package static func grow(
    on grid: PlaneGrid, high: Double, noise: CoherentNoise, steps: [Int],
    shore: (_ x: Double, _ y: Double) -> Double, uplift: (_ x: Double, _ y: Double) -> Double
  ) -> SyntheticTerrain {
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
          // A first slope towards the shore, so that rivers reach the sea from the start.
          let before = level == 0 ? Float(100 * shore(x, y)) : previous.interpolate(height, x: x, y: y)
          next[i] = max(0, before + grain)
        }
      }
      StreamErosion(grid: current, uplift: rates, isBase: isBase, erodibility: 0.05, creep: 0.02).run(
        &next, steps: count)
      (height, previous) = (next, current)
    }
    // The equation is linear in the heights: scaling them keeps the form.
    let top = quantile(0.99, ofSorted: height.map(Double.init).sorted())
    let factor = top > 0 ? Float(high / top) : 0
    var isLand = [Bool](repeating: false, count: grid.count)
    for row in 0..<grid.height {
      for column in 0..<grid.width {
        isLand[row * grid.width + column] = shore(grid.x(ofColumn: column), grid.y(ofRow: row)) > 0
      }
    }
    let scaled = height.indices.map { i in isLand[i] ? max(0.5, (height[i] * factor * 10).rounded() / 10) : 0 }
    return SyntheticTerrain(grid: grid, height: scaled, isLand: isLand)
  }

  /// Rise to the east and to the north of each land pixel, m/m, by Horn's differences; 0 in the sea.
  func rises() -> [(east: Float, north: Float)] {
    let width = grid.width + 2
    var padded = [Float](repeating: .nan, count: width * (grid.height + 2))
    for i in 0..<grid.count where isLand[i] { padded[(i / grid.width + 1) * width + i % grid.width + 1] = height[i] }
    return padded.withUnsafeBufferPointer { buffer in
      (0..<grid.count).map { i in
        guard isLand[i], let base = buffer.baseAddress else { return (0, 0) }
        let centre = base + (i / grid.width + 1) * width + i % grid.width + 1
        let horn = HornGradient(above: centre - width, centre: centre, below: centre + width)
        return (Float(horn.perColumn / grid.spacing), Float(-horn.perRow / grid.spacing))
      }
    }
  }
}

/// Degrees of a rise to the east and to the north, m/m.
func steepness(_ rise: (east: Float, north: Float)) -> Float {
  atan((rise.east * rise.east + rise.north * rise.north).squareRoot()) * 180 / .pi
}
