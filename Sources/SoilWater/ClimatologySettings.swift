/// How the critical line of past rain is drawn; every value is one of METHOD.md 11.
package struct ClimatologySettings: Hashable, Sendable, Codable {
  /// Side of the square of cells that share a climatology. Squares lie on the lattice, whatever the area.
  package var blockCells = 5
  /// Gaussian centres an axis, `G`.
  package var centres = 24
  /// Radius of the Gaussians in units of the centres' spacing.
  package var rho = 1.5
  /// Regularisation: how many events count as safe.
  package var lambda = 1.0
  /// Power of the rank in `q = max(q_rbf, k^power)`.
  package var rankPower = 20.0
  /// Dry hours that end a rain event.
  package var dryHours = 24
  /// Rain from which an hour is wet, mm: interpolation leaves traces that are no rain.
  package var wetHour: Float = 0.1
  /// Ends of the axes where no state reaches farther: soil water index, mm.
  package var soilWaterAxis: Float = 400
  /// The same: rain of an hour, mm.
  package var rainAxis: Float = 120

  package init() {}

  /// Nodes an axis, `4(G − 1) + 1`.
  package var nodes: Int { Self.nodes(centres: centres) }

  static func nodes(centres: Int) -> Int { 4 * (centres - 1) + 1 }

  /// How long the axes of a unit are: as set, and where its events reach the last node, 1.2 times what they reach.
  ///
  /// The spacing stays, so that a longer axis has more nodes and moves none: what one unit has seen changes no other.
  /// - Source: METHOD.md 2.2, step 5.
  func centres(holding node: StateNode) -> PlaneCentres {
    func length(_ last: UInt16) -> Int {
      Int(last) < nodes - 1 ? centres : Int((1.2 * Double(last) / 4).rounded(.up)) + 1
    }
    return PlaneCentres(soilWater: length(node.soilWater), rain: length(node.rain))
  }

  /// All values in words.
  package var canonicalText: String {
    "block \(blockCells), G \(centres), rho \(rho), lambda \(lambda), power \(rankPower), dry \(dryHours) h, "
      + "wet \(wetHour) mm, axes \(soilWaterAxis) mm \(rainAxis) mm/h"
  }

  /// - Throws: `badParameter` for values outside their range.
  package func validated() throws(SoilWaterError) -> ClimatologySettings {
    guard (1...80).contains(blockCells), (2...48).contains(centres), rho > 0, lambda > 0, rankPower > 0,
      (1...240).contains(dryHours), wetHour > 0, soilWaterAxis > 0, rainAxis > 0,
      [rho, lambda, rankPower].allSatisfy(\.isFinite), soilWaterAxis.isFinite, rainAxis.isFinite
    else { throw .badParameter("settings of the critical line are out of range: \(canonicalText)") }
    return self
  }
}
