import Foundation

/// Height differences of a pixel by Horn's weights (Horn 1981), in metres a pixel.
///
/// With the neighbours `nw n ne / w · e / sw s se` as they stand in the file:
///
///     ∂z/∂column = ((ne + 2e + se) − (nw + 2w + sw)) / 8        ∂z/∂row = ((sw + 2s + se) − (nw + 2n + ne)) / 8
///
/// A neighbour that is missing (hole, sea, edge of the file) is what the opposite one gives in a straight line through the
/// centre, or, where that is missing too, a plane through its neighbours, or the centre: coasts keep their slope.
struct HornGradient {
  let perColumn: Double
  let perRow: Double

  private init(perColumn: Double, perRow: Double) {
    self.perColumn = perColumn
    self.perRow = perRow
  }

  /// - Parameters:
  ///   - above: Pointer to the neighbour north of the pixel; so for the other two. Elements −1 and 1 are read.
  ///   - centre: Pointer to the pixel; finite.
  ///   - below: Pointer to the neighbour south.
  @inline(__always)
  init(above: UnsafePointer<Float>, centre: UnsafePointer<Float>, below: UnsafePointer<Float>) {
    let (nw, n, ne) = (Double(above[-1]), Double(above[0]), Double(above[1]))
    let (w, e) = (Double(centre[-1]), Double(centre[1]))
    let (sw, s, se) = (Double(below[-1]), Double(below[0]), Double(below[1]))
    let p = ((ne + 2 * e + se) - (nw + 2 * w + sw)) / 8
    let q = ((sw + 2 * s + se) - (nw + 2 * n + ne)) / 8
    if (p + q).isFinite {
      self = HornGradient(perColumn: p, perRow: q)
    } else {
      self = HornGradient(nw, n, ne, w, Double(centre[0]), e, sw, s, se)
    }
  }

  private init(
    _ nw: Double, _ n: Double, _ ne: Double, _ w: Double, _ centre: Double, _ e: Double, _ sw: Double, _ s: Double,
    _ se: Double
  ) {
    func filled(_ value: Double, opposite: Double) -> Double {
      if value.isFinite { return value }
      return opposite.isFinite ? 2 * centre - opposite : centre
    }
    let (north, south) = (filled(n, opposite: s), filled(s, opposite: n))
    let (east, west) = (filled(e, opposite: w), filled(w, opposite: e))
    func corner(_ value: Double, opposite: Double, _ side: Double, _ other: Double) -> Double {
      if value.isFinite { return value }
      return opposite.isFinite ? 2 * centre - opposite : side + other - centre
    }
    let northEast = corner(ne, opposite: sw, north, east)
    let northWest = corner(nw, opposite: se, north, west)
    let southEast = corner(se, opposite: nw, south, east)
    let southWest = corner(sw, opposite: ne, south, west)
    perColumn = ((northEast + 2 * east + southEast) - (northWest + 2 * west + southWest)) / 8
    perRow = ((southWest + 2 * south + southEast) - (northWest + 2 * north + northEast)) / 8
  }
}

/// What a pixel's column and row mean on the ground: metres east and north a step.
struct GroundSteps {
  let eastPerColumn: Double
  let northPerColumn: Double
  let eastPerRow: Double
  let northPerRow: Double

  /// Rise to the east and to the north, m/m: the solution of `∂z/∂column = gₑ E_c + gₙ N_c`, `∂z/∂row = gₑ E_r + gₙ N_r`.
  @inline(__always)
  func gradient(_ horn: HornGradient) -> (east: Double, north: Double) {
    let area = eastPerColumn * northPerRow - eastPerRow * northPerColumn
    return (
      (horn.perColumn * northPerRow - horn.perRow * northPerColumn) / area,
      (horn.perRow * eastPerColumn - horn.perColumn * eastPerRow) / area
    )
  }
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
