package import Mesh

/// Rain of an analysis up to a time, and of a forecast after it.
package struct ForecastRain {
  /// The last hour of the analysis that is used.
  package let asOf: JSTHour
  private let analysis: (JSTDay) throws -> LayerStack<Float>?
  private let forecast: (JSTDay) throws -> LayerStack<Float>?

  /// - Parameters:
  ///   - asOf: Hours that end after it come from the forecast, whatever the analysis holds.
  ///   - analysis: The hours of a day, mm, as for `SoilWaterRun.run`.
  ///   - forecast: The forecast hours of a day, mm, others `NaN`; `nil` where there are none.
  package init(
    asOf: JSTHour, analysis: @escaping (JSTDay) throws -> LayerStack<Float>?,
    forecast: @escaping (JSTDay) throws -> LayerStack<Float>?
  ) {
    self.asOf = asOf
    self.analysis = analysis
    self.forecast = forecast
  }

  /// Hours (1 ... 24) of a day that are forecast.
  package func forecastHours(of day: JSTDay) -> Range<Int> {
    min(max(JSTHour(ending: day, 0).distance(to: asOf) + 1, 1), 25)..<25
  }

  /// The hours of a day, each from its source; `nil` where neither has any.
  package func rain(of day: JSTDay) throws -> LayerStack<Float>? {
    let hours = forecastHours(of: day)
    let observed = hours.lowerBound > 1 ? try analysis(day) : nil
    let predicted = hours.isEmpty ? nil : try forecast(day)
    guard let grid = observed?.grid ?? predicted?.grid else { return nil }
    precondition(predicted.map { $0.grid == grid && $0.bands == 24 } ?? true, "forecast rain of \(day) on another grid")
    var stack = observed ?? LayerStack(grid: grid, bands: 24, filledWith: .nan)
    for hour in hours {
      let cells = (hour - 1) * grid.count..<hour * grid.count
      if let predicted {
        stack.values.replaceSubrange(cells, with: predicted.values[cells])
      } else {
        stack.values.replaceSubrange(cells, with: repeatElement(.nan, count: grid.count))
      }
    }
    return stack
  }
}
