/// Height differences of a pixel by Horn's weights (Horn 1981), in metres a pixel.
///
/// With the neighbours `nw n ne / w · e / sw s se` as they stand in the file:
///
///     ∂z/∂column = ((ne + 2e + se) − (nw + 2w + sw)) / 8        ∂z/∂row = ((sw + 2s + se) − (nw + 2n + ne)) / 8
///
/// A neighbour that is missing (hole, sea, edge of the file) is what the opposite one gives in a straight line through the
/// centre, or, where that is missing too, a plane through its neighbours, or the centre: coasts keep their slope.
package struct HornGradient {
  /// Four pixels beside each other; not finite where a neighbour is missing. Each lane is the scalar result to the bit.
  @inline(__always)
  static func four(
    above: UnsafePointer<Float>, centre: UnsafePointer<Float>, below: UnsafePointer<Float>
  ) -> (perColumn: SIMD4<Double>, perRow: SIMD4<Double>) {
    let (nw, n, ne) = (wide(above - 1), wide(above), wide(above + 1))
    let (w, e) = (wide(centre - 1), wide(centre + 1))
    let (sw, s, se) = (wide(below - 1), wide(below), wide(below + 1))
    return (
      ((ne + 2 * e + se) - (nw + 2 * w + sw)) / 8, ((sw + 2 * s + se) - (nw + 2 * n + ne)) / 8
    )
  }

  @inline(__always)
  private static func wide(_ place: UnsafePointer<Float>) -> SIMD4<Double> {
    SIMD4<Double>(UnsafeRawPointer(place).loadUnaligned(as: SIMD4<Float>.self))
  }

  package let perColumn: Double
  package let perRow: Double

  private init(perColumn: Double, perRow: Double) {
    self.perColumn = perColumn
    self.perRow = perRow
  }

  /// - Parameters:
  ///   - above: Pointer to the neighbour north of the pixel; so for the other two. Elements −1 and 1 are read.
  ///   - centre: Pointer to the pixel; finite.
  ///   - below: Pointer to the neighbour south.
  @inline(__always)
  package init(above: UnsafePointer<Float>, centre: UnsafePointer<Float>, below: UnsafePointer<Float>) {
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
