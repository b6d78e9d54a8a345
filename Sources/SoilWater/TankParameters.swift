import Statistics

/// Heights, rates and step of the three-tank model; the values that make two runs comparable.
///
/// - Source: METHOD.md 1.1; the values JMA publishes for its soil water index, the same for all of Japan.
package struct TankParameters: Hashable, Sendable {
  /// An opening in the wall of a tank: height above its floor, mm, and rate, 1/h.
  package struct Outlet: Hashable, Sendable {
    package let height: Double
    package let rate: Double

    package init(height: Double, rate: Double) {
      self.height = height
      self.rate = rate
    }
  }

  /// Rates of seepage through the floors of the tanks, 1/h.
  package struct Percolation: Hashable, Sendable {
    package let surface: Double
    package let middle: Double
    package let deep: Double

    package init(surface: Double, middle: Double, deep: Double) {
      self.surface = surface
      self.middle = middle
      self.deep = deep
    }
  }

  /// First tank, outlets at `L₁` and `L₂`.
  package let lower: Outlet
  package let upper: Outlet
  /// Second tank, `L₃`.
  package let side: Outlet
  /// Third tank, `L₄`.
  package let base: Outlet
  package let percolation: Percolation
  /// Length of a step of the model; a divisor of 60.
  package let stepMinutes: Int

  /// - Throws: `badParameter` for a negative or infinite value, a step that does not divide the hour (above 1 h is
  ///   never allowed: the scheme would drain more than there is), or rates too large for the step.
  package init(
    lower: Outlet, upper: Outlet, side: Outlet, base: Outlet, percolation: Percolation, stepMinutes: Int
  ) throws(SoilWaterError) {
    let values = [
      lower.height, lower.rate, upper.height, upper.rate, side.height, side.rate, base.height, base.rate,
      percolation.surface, percolation.middle, percolation.deep,
    ]
    if let bad = values.first(where: { !$0.isFinite || $0 < 0 }) {
      throw .badParameter("a height or rate of the tank model is \(bad); give numbers of 0 or more")
    }
    guard (1...60).contains(stepMinutes), 60 % stepMinutes == 0 else {
      throw .badParameter("a step of \(stepMinutes) min does not divide the hour; use 10 (or 1, 2, 5, 15, 20, 30, 60)")
    }
    let drained = max(
      lower.rate + upper.rate + percolation.surface, side.rate + percolation.middle, base.rate + percolation.deep)
    guard drained * Double(stepMinutes) / 60 <= 1 else {
      throw .badParameter("rates of \(drained) 1/h drain a tank below zero in \(stepMinutes) min; use a shorter step")
    }
    self.init(lower, upper, side, base, percolation, stepMinutes)
  }

  private init(
    _ lower: Outlet, _ upper: Outlet, _ side: Outlet, _ base: Outlet, _ percolation: Percolation, _ stepMinutes: Int
  ) {
    self.lower = lower
    self.upper = upper
    self.side = side
    self.base = base
    self.percolation = percolation
    self.stepMinutes = stepMinutes
  }

  /// JMA's national values with steps of ten minutes.
  package static let nationwide = TankParameters(
    Outlet(height: 15, rate: 0.1), Outlet(height: 60, rate: 0.15), Outlet(height: 15, rate: 0.05),
    Outlet(height: 15, rate: 0.01), Percolation(surface: 0.12, middle: 0.05, deep: 0.01), 10)

  /// The same tanks with another step.
  package func stepping(minutes: Int) throws(SoilWaterError) -> TankParameters {
    try TankParameters(
      lower: lower, upper: upper, side: side, base: base, percolation: percolation, stepMinutes: minutes)
  }

  package var stepsPerHour: Int { 60 / stepMinutes }
  /// Length of a step, h.
  package var stepHours: Double { Double(stepMinutes) / 60 }

  /// All values in words, for metadata and for telling what differs.
  package var canonicalText: String {
    "L \(lower.height) \(upper.height) \(side.height) \(base.height) mm, "
      + "a \(lower.rate) \(upper.rate) \(side.rate) \(base.rate) 1/h, "
      + "b \(percolation.surface) \(percolation.middle) \(percolation.deep) 1/h, step \(stepMinutes) min"
  }

  /// Sixteen hexadecimal digits that differ when any value differs: the tag of states and climatologies.
  package var hash: String {
    var sha = SHA256()
    sha.update(canonicalText.utf8)
    return sha.digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
