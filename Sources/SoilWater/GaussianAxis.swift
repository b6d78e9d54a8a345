import Foundation

/// The Gaussians along one axis of the (soil water, rain) plane, seen from its finer nodes.
///
/// With `u = i/(N−1)` for node `i` and centres `p/(G−1)`: `K_ip = exp(−(u − u_p)²/r²)`, `r = ρ/(G−1)`.
/// - Source: METHOD.md 2.2.
package struct GaussianAxis: Sendable {
  package let nodes: Int
  package let centres: Int
  /// `K`, shape `(nodes, centres)`.
  let table: [Double]
  /// `Kᵀ`, shape `(centres, nodes)`: a sum over centres runs over all nodes at once.
  let transposed: [Double]
  /// `K Kᵀ`, shape `(nodes, nodes)`: the product of two nodes' activations is one entry an axis.
  let products: [Double]

  package init(nodes: Int, centres: Int, rho: Double) {
    precondition(nodes > 1 && centres > 1 && rho > 0, "\(nodes) nodes, \(centres) centres, radius \(rho)")
    self.nodes = nodes
    self.centres = centres
    var table = [Double](repeating: 0, count: nodes * centres)
    for i in 0..<nodes {
      for p in 0..<centres {
        let distance = (Double(i) / Double(nodes - 1) * Double(centres - 1) - Double(p)) / rho
        table[i * centres + p] = exp(-distance * distance)
      }
    }
    var products = [Double](repeating: 0, count: nodes * nodes)
    for i in 0..<nodes {
      for j in 0..<nodes {
        var sum = 0.0
        for p in 0..<centres { sum += table[i * centres + p] * table[j * centres + p] }
        products[i * nodes + j] = sum
      }
    }
    self.table = table
    transposed = (0..<centres).flatMap { p in (0..<nodes).map { i in table[i * centres + p] } }
    self.products = products
  }

  /// An axis with the usual four nodes from one centre to the next.
  init(centres: Int, rho: Double) {
    self.init(nodes: ClimatologySettings.nodes(centres: centres), centres: centres, rho: rho)
  }
}

/// The axes of all units, each length made once: nearly all are as long as the settings say.
struct GaussianAxes: Sendable {
  private let axes: [Int: GaussianAxis]

  /// - Parameters:
  ///   - centres: Lengths that will be asked for; once each is enough.
  ///   - rho: Radius of the Gaussians in units of their spacing.
  init(centres: some Sequence<Int>, rho: Double) {
    axes = Dictionary(uniqueKeysWithValues: Set(centres).map { ($0, GaussianAxis(centres: $0, rho: rho)) })
  }

  func basis(_ centres: PlaneCentres) -> GaussianBasis {
    guard let soilWater = axes[centres.soilWater], let rain = axes[centres.rain] else {
      preconditionFailure("no axes of \(centres) centres")
    }
    return GaussianBasis(soilWater: soilWater, rain: rain)
  }
}

/// How many Gaussians stand along each axis of a unit's plane.
package struct PlaneCentres: Hashable, Sendable {
  package let soilWater: Int
  package let rain: Int

  package init(soilWater: Int, rain: Int) { (self.soilWater, self.rain) = (soilWater, rain) }

  package var count: Int { soilWater * rain }
}
