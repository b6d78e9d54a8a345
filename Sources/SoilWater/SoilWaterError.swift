package import Mesh

/// What can be wrong with a wish concerning soil water.
package enum SoilWaterError: Error, Equatable {
  case badParameter(String)
  /// The reference of a climatology holds a day that is to be scored.
  case seenDay(JSTDay)
  /// The linear system of a unit could not be solved.
  case unsolvable(unit: String)
}

extension SoilWaterError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badParameter(let text): text
    case .seenDay(let day):
      "the climatology was fitted on \(day) itself; fit it without that day (or its year) before scoring it"
    case .unsolvable(let unit): "the critical line of unit \(unit) could not be solved; raise lambda"
    }
  }
}
