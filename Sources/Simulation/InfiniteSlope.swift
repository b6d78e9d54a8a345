import Foundation

/// Stability of an infinite slope with a water table parallel to it (METHOD 9.2).
package enum InfiniteSlope {
  /// Unit weight of wet soil and of water, kN/m³.
  package static let soilWeight = 18.0
  package static let waterWeight = 9.81
  /// `tan φ` of a friction angle of 33°.
  package static let friction = tan(33 * Double.pi / 180)

  /// Safety factor `FS = [c + (γ D - γw h) cos²β tan φ] / (γ D sin β cos β)`; the slope fails below 1.
  ///
  /// - Parameters:
  ///   - cohesion: `c` of soil and roots, kPa.
  ///   - h: Water table above the bedrock, m.
  ///   - slope: `β` and `D`.
  /// - Returns: `FS`, without a unit.
  package static func safetyFactor(cohesion: Double, waterTable h: Double, slope: Hillslope) -> Double {
    let beta = slope.steepness * .pi / 180
    let (sine, cosine) = (sin(beta), cos(beta))
    let holding = cohesion + (soilWeight * slope.depth - waterWeight * h) * cosine * cosine * friction
    return holding / (soilWeight * slope.depth * sine * cosine)
  }

  /// The cohesion that just holds the slope, kPa: `c = γ D sin β cos β - (γ D - γw h) cos²β tan φ`; negative where friction
  /// alone does.
  package static func requiredCohesion(waterTable h: Double, slope: Hillslope) -> Double {
    let beta = slope.steepness * .pi / 180
    let (sine, cosine) = (sin(beta), cos(beta))
    let driving = soilWeight * slope.depth * sine * cosine
    return driving - (soilWeight * slope.depth - waterWeight * h) * cosine * cosine * friction
  }
}
