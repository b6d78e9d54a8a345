import Mesh

/// What the rain of a period did to one hillslope: the highest water table of each day and the hour it stood.
package struct SlopeHistory: Sendable {
  package let slope: Hillslope
  /// Highest water table of each day, m.
  package let waterTable: [Double]
  /// The hour (1 ... 24) of the highest water table; the first of equals.
  package let hour: [UInt8]

  /// Runs the hillslope through hourly rain.
  ///
  /// - Parameters:
  ///   - slope: The soil.
  ///   - rain: mm an hour, from the hour that ends at 01:00 of `start`.
  ///   - start: The day of the first rain.
  ///   - firstDay: The first day that counts.
  ///   - evapotranspiration: mm of a dry hour, for each day from `start`.
  init(slope: Hillslope, rain: [Double], from start: JSTDay, firstDay: JSTDay, evapotranspiration: [Double]) {
    let days = rain.count / 24
    let skipped = start.distance(to: firstDay)
    precondition(skipped >= 0 && skipped < days && evapotranspiration.count >= days, "\(skipped) of \(days) days")
    var water = HillslopeWater()
    var tables = [Double](repeating: 0, count: days - skipped)
    var hours = [UInt8](repeating: 1, count: days - skipped)
    for day in 0..<days {
      var (highest, at) = (-1.0, 1)
      for hour in 0..<24 {
        water.advance(rain: rain[day * 24 + hour], evapotranspiration: evapotranspiration[day], in: slope)
        let height = water.height(in: slope)
        if height > highest { (highest, at) = (height, hour + 1) }
      }
      guard day >= skipped else { continue }
      tables[day - skipped] = highest
      hours[day - skipped] = UInt8(at)
    }
    self.slope = slope
    waterTable = tables
    hour = hours
  }

  /// Cohesion that each day demands, kPa.
  var requiredCohesion: [Double] {
    waterTable.map { InfiniteSlope.requiredCohesion(waterTable: $0, slope: slope) }
  }
}
