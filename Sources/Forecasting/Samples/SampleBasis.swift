package import SoilWater

/// What the figures of samples rest on: how their physics was computed, and which days are samples at all.
package struct SampleBasis: Hashable, Sendable, Codable {
  package var physics = PhysicsSettings()
  /// Rain from which a day is a sample, mm; `nil` where sets of different rules were joined.
  package var rainyMillimetres: Double? = 5
  /// Cells by which the rain of each day lies elsewhere than it fell, on purpose; of joined sets the most; `nil` for none.
  package var rainDisplacement: Int?

  package init() {}

  package var flaw: String? {
    if let flaw = physics.flaw { return flaw }
    guard rainyMillimetres.map({ $0 > 0 && $0.isFinite }) ?? true else { return "rainy days from 0 mm" }
    guard rainDisplacement.map({ $0 > 0 }) ?? true else { return "rain displaced by less than a cell" }
    return nil
  }
}
