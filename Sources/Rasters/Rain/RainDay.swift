package import Mesh

/// The rain of a day at some cells.
package struct RainDay: Sendable {
  /// mm in the hour, 24 bands; `NaN` where unknown.
  package let rain: CellStack<Float>
  /// For the hours ending 01:00 ... 24:00: has a cell a value?
  package let present: [Bool]
  /// Per cell the greatest among the hours' distances to the nearest gauge that reported, km; `nil` for a source without gauges.
  package let gaugeDistance: [Float]?
  /// What the gate found in the hours' values.
  package let findings: [RainIrregularity]

  package init(
    rain: CellStack<Float>, present: [Bool], gaugeDistance: [Float]? = nil, findings: [RainIrregularity] = []
  ) {
    precondition(rain.bands == 24 && present.count == 24, "\(rain.bands) hours of a day")
    (self.rain, self.present) = (rain, present)
    (self.gaugeDistance, self.findings) = (gaugeDistance, findings)
  }
}

extension RainSource {
  /// A day put together from the fields of its hours.
  package func rain(of day: JSTDay, at cells: CellSet) throws(RasterError) -> RainDay {
    var rain = CellStack(
      cells: cells, bands: 24, values: [Float](repeating: .nan, count: 24 * cells.count))
    var present = [Bool](repeating: false, count: 24)
    var farthest: [Float]?
    var findings: [RainIrregularity] = []
    for (band, hour) in day.hours.enumerated() {
      guard let field = try field(ending: hour, on: cells.grid) else { continue }
      findings += field.findings
      present[band] = rain.setBand(band, to: field.rain)
      if present[band], let distance = field.gaugeDistance {
        let distance = cells.gather(distance.values[...])
        farthest = farthest.map { zip($0, distance).map { $0 >= $1 || $1.isNaN ? $0 : $1 } } ?? distance
      }
    }
    return RainDay(rain: rain, present: present, gaugeDistance: farthest, findings: findings)
  }
}

extension CellStack<Float> {
  /// Takes a band over from a layer of the cells' grid; tells whether it has a value.
  fileprivate mutating func setBand(_ band: Int, to layer: Layer<Float>) -> Bool {
    let cells = cells
    var values = values.mutableSpan
    let layer = layer.values.span
    var hasValue = false
    for run in cells.runs {
      let (from, to) = (run.row * cells.grid.width + run.column, band * cells.count + run.place)
      for step in 0..<run.count {
        let value = layer[from + step]
        values[to + step] = value
        hasValue = hasValue || !value.isNaN
      }
    }
    return hasValue
  }
}
