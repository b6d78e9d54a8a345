import Foundation
package import Statistics

/// Smooth random fields of the plane: gradient noise, the same at a point whatever else is asked.
package struct CoherentNoise: Sendable {
  private let seed: UInt64

  package init(seed: UInt64, _ purpose: StreamKey...) {
    var stream = RandomStream(seed: seed, path: purpose)
    self.seed = stream.next()
  }

  /// Gradient noise of wavelength about 1 in x and y, about -0.7 ... 0.7, zero on whole numbers.
  func value(_ x: Double, _ y: Double) -> Double {
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (dx, dy) = (x - column, y - row)
    let (i, j) = (Int64(column), Int64(row))
    let (sx, sy) = (Self.ease(dx), Self.ease(dy))
    let south = slope(i, j, dx, dy) * (1 - sx) + slope(i + 1, j, dx - 1, dy) * sx
    let north = slope(i, j + 1, dx, dy - 1) * (1 - sx) + slope(i + 1, j + 1, dx - 1, dy - 1) * sx
    return south * (1 - sy) + north * sy
  }

  /// Octaves of halving wavelength and amplitude, deviation about 0.3; the first has wavelength 1.
  func fractal(_ x: Double, _ y: Double, octaves: Int, roughness: Double = 0.5) -> Double {
    var (sum, amplitude, frequency) = (0.0, 1.0, 1.0)
    for octave in 0..<octaves {
      // A shift per octave: the zeros on whole numbers must not fall together.
      let shift = Double(octave) * 17.37
      sum += amplitude * value(x * frequency + shift, y * frequency - shift)
      amplitude *= roughness
      frequency *= 2
    }
    return sum
  }

  /// The fifth-degree step with vanishing first and second derivatives at 0 and 1.
  private static func ease(_ t: Double) -> Double { t * t * t * (t * (t * 6 - 15) + 10) }

  /// Height at (`dx`, `dy`) of the random plane through a lattice point.
  private func slope(_ i: Int64, _ j: Int64, _ dx: Double, _ dy: Double) -> Double {
    var z = seed &+ UInt64(bitPattern: i) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: j) &* 0xC2B2_AE3D_27D4_EB4F
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    let (gx, gy) = Self.directions[Int(z & 31)]
    return gx * dx + gy * dy
  }

  private static let directions: [(Double, Double)] = (0..<32).map {
    let angle = 2 * Double.pi * (Double($0) + 0.5) / 32
    return (cos(angle), sin(angle))
  }
}

/// 0 below `range`, 1 above, smooth between.
func smoothStep(_ value: Double, over range: ClosedRange<Double>) -> Double {
  let t = min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
  return t * t * (3 - 2 * t)
}
