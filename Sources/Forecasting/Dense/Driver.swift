package import Mesh

/// Which group of inputs speaks for the risk of a cell.
///
/// A group's contribution is the logit as it is minus the logit with that group alone at its neutral value: for the
/// soil water a quiet day (`PhysicsInput.quiet`, in the skip too), for the rain a dry window, for the ground a patch of
/// which nothing is known. Contributions need not add up to the logit: groups act together in the latent layer. The
/// driver is the group with the largest contribution.
package enum Driver: UInt8, CaseIterable, Sendable {
  case soilWater = 1
  case rain = 2
  case ground = 3
  /// No group raises the logit by `least` or more.
  case none = 4

  /// In the order of the bands of contributions; of equal contributions the first counts.
  package static let groups: [Driver] = [.soilWater, .rain, .ground]
  /// A tenth of a logit: odds raised by about 10 %.
  package static let least: Float = 0.1

  /// The driver of contributions in the order of `groups`; `nil` when one is `NaN`.
  package static func leading(_ contributions: [Float]) -> Driver? {
    guard !contributions.contains(where: \.isNaN) else { return nil }
    var best: (driver: Driver, value: Float) = (.none, least)
    for (group, value) in zip(groups, contributions)
    where value > best.value || (best.driver == .none && value >= least) {
      best = (group, value)
    }
    return best.driver
  }

  /// The class layer of a stack of contributions; 0 where there is no forecast.
  package static func layer(_ contributions: LayerStack<Float>) -> Layer<UInt8> {
    let count = contributions.grid.count
    let classes = (0..<count).map { cell in
      leading((0..<groups.count).map { contributions.values[$0 * count + cell] })?.rawValue ?? 0
    }
    return Layer(grid: contributions.grid, values: classes)
  }
}
