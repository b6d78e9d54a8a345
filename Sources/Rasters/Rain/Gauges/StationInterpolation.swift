/// How gauges become a field: inverse distance weighting over the nearest gauges that reported.
///
///     rain(c) = Σ wᵢ rᵢ / Σ wᵢ,   wᵢ = dᵢ^−power,   i = the `neighbours` nearest reporting gauges within `radius`
///
/// Distances are great circles between the centre of the cell and the gauge, never below `nearest`: a gauge in the cell
/// itself then outweighs any other by far. A cell with no reporting gauge within `radius` is missing. The result of a
/// cell depends on nothing but the cell and the gauges.
package struct StationInterpolation: Hashable, Sendable {
  /// Exponent of the distance.
  package var power: Double
  /// Gauges used for a cell, at most.
  package var neighbours: Int
  /// km.
  package var radius: Double
  /// Distances below count as this, km.
  package var nearest: Double

  package init(power: Double = 2, neighbours: Int = 8, radius: Double = 60, nearest: Double = 0.5) {
    precondition(power >= 0 && neighbours > 0 && radius > 0 && nearest > 0, "an interpolation without reach")
    self.power = power
    self.neighbours = neighbours
    self.radius = radius
    self.nearest = nearest
  }
}
