package import Mesh

/// What can be wrong with a wish concerning soil water.
package enum SoilWaterError: Error, Equatable {
  case badParameter(String)
  /// The reference of a climatology holds a day that is to be scored.
  case seenDay(JSTDay)
  /// Hours are outside the axes of the critical line: the fit has to be repeated on larger ones.
  case beyondAxes(soilWater: Double, rain: Double)
  /// The linear system of a unit could not be solved.
  case unsolvable(unit: String)
}

extension SoilWaterError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badParameter(let text): text
    case .seenDay(let day):
      "the climatology was fitted on \(day) itself; fit it without that day (or its year) before scoring it"
    case .beyondAxes(let soilWater, let rain):
      "soil water of \(soilWater) mm or rain of \(rain) mm/h lies beyond the axes; fit with larger axes"
    case .unsolvable(let unit): "the critical line of unit \(unit) could not be solved; raise lambda"
    }
  }
}
