import Foundation

/// From height differences of a pixel to the rise on the ground, for pixels of one size and direction.
///
/// With `E`, `N` the metres east and north a column (`c`) or row (`r`) goes, the rises solve
/// `∂z/∂column = gₑ E_c + gₙ N_c` and `∂z/∂row = gₑ E_r + gₙ N_r`.
struct GroundSlope {
  private let eastFromColumn: Double
  private let eastFromRow: Double
  private let northFromColumn: Double
  private let northFromRow: Double

  init(eastPerColumn: Double, northPerColumn: Double, eastPerRow: Double, northPerRow: Double) {
    let area = eastPerColumn * northPerRow - eastPerRow * northPerColumn
    eastFromColumn = northPerRow / area
    eastFromRow = -northPerColumn / area
    northFromColumn = -eastPerRow / area
    northFromRow = eastPerColumn / area
  }

  /// Rise to the east and to the north, m/m.
  @inline(__always)
  func rise(perColumn: Double, perRow: Double) -> (east: Double, north: Double) {
    (
      eastFromColumn * perColumn + eastFromRow * perRow,
      northFromColumn * perColumn + northFromRow * perRow
    )
  }

  /// The same for four pixels; each lane is the scalar result to the bit.
  @inline(__always)
  func rise(
    perColumn: SIMD4<Double>, perRow: SIMD4<Double>
  ) -> (east: SIMD4<Double>, north: SIMD4<Double>) {
    (
      eastFromColumn * perColumn + eastFromRow * perRow,
      northFromColumn * perColumn + northFromRow * perRow
    )
  }
}

/// Slope angle in degrees of four rises, within 1.2e-6°.
///
/// The arc tangent is the polynomial of Abramowitz and Stegun 4.4.49 (error below 2e-8 rad) on 0...1, and π/2 minus that of
/// the reciprocal above: lane by lane the same bits whatever the neighbours are.
///
/// - Parameters:
///   - east: `gₑ`, m/m.
///   - north: `gₙ`, m/m.
/// - Returns: Degrees.
@inline(__always)
func slopeDegrees(east: SIMD4<Double>, north: SIMD4<Double>) -> SIMD4<Double> {
  let steepness = (east * east + north * north).squareRoot()
  let isSteep = steepness .> 1
  let x = steepness.replacing(with: 1 / steepness, where: isSteep)
  let y = x * x
  var sum = SIMD4(repeating: 0.002_866_225_7)
  sum = sum * y - 0.016_165_736_7
  sum = sum * y + 0.042_909_613_8
  sum = sum * y - 0.075_289_640_0
  sum = sum * y + 0.106_562_639_3
  sum = sum * y - 0.142_088_994_4
  sum = sum * y + 0.199_935_508_5
  sum = sum * y - 0.333_331_452_8
  sum = (sum * y + 1) * x
  return sum.replacing(with: .pi / 2 - sum, where: isSteep) * (180 / .pi)
}

/// Metres of a lattice unit on the GRS 80 ellipsoid, by lattice latitude `v = 120 latitude`.
struct LatticeMetres: Sendable {
  private let east: [Double]
  private let north: [Double]

  static let shared = LatticeMetres()

  private init() {
    let (a, flattening) = (6_378_137.0, 1 / 298.257222101)
    let e2 = flattening * (2 - flattening)
    var (east, north): ([Double], [Double]) = ([], [])
    for row in 0...10_800 {
      let latitude = Double(row) / 120 * .pi / 180
      let w = 1 - e2 * sin(latitude) * sin(latitude)
      east.append(a / w.squareRoot() * cos(latitude) * .pi / 180 / 80)
      north.append(a * (1 - e2) / (w * w.squareRoot()) * .pi / 180 / 120)
    }
    self.east = east
    self.north = north
  }

  /// Linear between rows of the lattice: within 3e-9 of the formula. Symmetric about the equator.
  func perUnit(v: Double) -> (east: Double, north: Double) {
    let place = min(abs(v), 10_799.999)
    let row = Int(place)
    let part = place - Double(row)
    return (
      east[row] + part * (east[row + 1] - east[row]), north[row] + part * (north[row + 1] - north[row])
    )
  }
}
