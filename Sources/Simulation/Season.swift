import Foundation
import Mesh

/// A bell in the day of the year: `g(d; m, s) = exp(-((d - m)/s)²)` (METHOD 9.2).
func seasonalBell(_ dayOfYear: Int, centre: Double, width: Double) -> Double {
  let z = (Double(dayOfYear) - centre) / width
  return exp(-z * z)
}

/// Evapotranspiration of a dry hour, mm: `0.12 (1 + 0.8 cos(2π (d - 200)/365))`.
package func evapotranspiration(dayOfYear: Int) -> Double {
  0.12 * (1 + 0.8 * cos(2 * .pi * Double(dayOfYear - 200) / 365))
}
