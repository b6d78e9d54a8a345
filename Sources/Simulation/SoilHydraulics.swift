import Foundation
import Statistics

/// What the ten soil groups do to water in this made-up country: a weak real signal (METHOD 9.2).
struct SoilHydraulics: Sendable {
  /// `τ` of the groups 1 ... 10, h: U(2, 18).
  let delay: [Double]
  /// `K`, 1/h: lnN(ln 0.012, 0.5).
  let drainage: [Double]

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed, "soil hydraulics")
    delay = (0..<10).map { _ in stream.uniform(2...18) }
    drainage = (0..<10).map { _ in exp(stream.normal(mean: log(0.012), deviation: 0.5)) }
  }

  /// A place with a soil: the group's values times lnN(0, 0.4).
  func draw(soil group: Int, from stream: inout RandomStream) -> RegionHydraulics {
    precondition((1...10).contains(group), "soil group \(group)")
    let ownDelay = delay[group - 1] * exp(stream.normal(deviation: 0.4))
    return RegionHydraulics(
      delay: ownDelay, drainage: drainage[group - 1] * exp(stream.normal(deviation: 0.4)))
  }
}
