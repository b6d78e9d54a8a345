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
  /// Ends of the axes: soil water index, mm.
  package var soilWaterAxis: Float = 400
  /// Ends of the axes: rain of an hour, mm.
  package var rainAxis: Float = 120

  package init() {}

  /// Nodes an axis, `4(G − 1) + 1`.
  package var nodes: Int { 4 * (centres - 1) + 1 }

  /// The same with axes that hold the given values: the next 50 mm and 20 mm/h above 1.2 times what does not fit.
  package func holding(soilWater: Float, rain: Float) -> ClimatologySettings {
    func raised(_ axis: Float, _ value: Float, step: Float) -> Float {
      value <= axis ? axis : ((1.2 * value / step).rounded(.down) + 1) * step
    }
    var settings = self
    settings.soilWaterAxis = raised(soilWaterAxis, soilWater, step: 50)
    settings.rainAxis = raised(rainAxis, rain, step: 20)
    return settings
  }

  /// Whether these are those asked for, but for axes raised to hold what was seen.
  package func isGrown(from asked: ClimatologySettings) -> Bool {
    var same = self
    (same.soilWaterAxis, same.rainAxis) = (asked.soilWaterAxis, asked.rainAxis)
    return same == asked && soilWaterAxis >= asked.soilWaterAxis && rainAxis >= asked.rainAxis
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
