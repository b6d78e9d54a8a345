package import Forecasting
package import Mesh
package import Rasters
package import SoilWater

/// Everything a method needs to forecast a day, and what is to be said about its quality.
package struct DayInputs: Sendable {
  package let day: JSTDay
  package let network: NetworkInputs
  /// On the project's grid.
  package let soilWater: SoilWaterDay
  package let anomaly: SoilWaterAnomaly
  package let climatology: Climatology
  /// Greatest distance to a reporting gauge on the day, km; `nil` where rain is no gauge rain.
  package let gaugeDistance: Layer<Float>?
}

extension Project {
  /// Gathers the inputs of a day; states, archive and static stack are up to date.
  ///
  /// - Parameters:
  ///   - day: The day, JST.
  ///   - stack: The static layers on the project's grid.
  /// - Returns: Layers on the area's grid and its halo.
  /// - Throws: What reading the archive and the states throws.
  package func inputs(of day: JSTDay, stack: StaticStack) throws -> DayInputs {
    let climatology = try climatology(for: day)
    _ = try states(through: day)
    var record: SoilWaterDay?
    try replay(day...day) { record = $0 }
    guard let record else { throw PredictionError.noRain(day: day, archive: archive.folder) }
    console.begin("comparing \(day) with past rain")
    let anomaly = try climatology.score(record, on: grid, threads: threads)

    var window = LayerStack<Float>(grid: grid, bands: 72, filledWith: .nan)
    for (place, date) in (day.advanced(by: -2)...day).enumerated() {
      guard let rain = try archive.rain(of: date, on: grid) else { continue }
      let cells = 24 * grid.count
      window.values.replaceSubrange(place * cells..<(place + 1) * cells, with: rain.values)
    }
    let start = try soilWaterRun().store.read(day.advanced(by: -3))?.soilWaterIndex
    func layer(_ values: [Float]) -> Layer<Float> {
      Layer(grid: grid, values: values).cropped(to: area.grid, fill: .nan)
    }
    let physics = PhysicsLayers(
      q: layer(anomaly.anomaly), rank: layer(anomaly.rank.map { $0.isNaN ? 0 : $0 }),
      soilWaterMaximum: layer(record.maximum), hourlyRainMaximum: layer(record.greatestRain),
      // Before the first day of the archive the tanks were empty.
      soilWaterAtStart: layer(start ?? record.maximum.map { $0.isNaN ? .nan : 0 }),
      unfamiliarity: layer(anomaly.uncovered))
    let statics = StaticLayers(
      elevation: stack.elevation, slope: stack.slope, aspect: stack.aspect, soil: stack.soil.majority,
      vegetation: stack.vegetation.majority
    ).cropped(to: grid)
    return DayInputs(
      day: day, network: NetworkInputs(statics: statics, rain: window, physics: physics), soilWater: record,
      anomaly: anomaly, climatology: climatology, gaugeDistance: try archive.gaugeDistance(of: day, on: grid))
  }
}
