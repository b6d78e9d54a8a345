import Foundation
import Mesh
import Statistics

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

/// A slope that failed on a day.
package struct SlopeFailure: Hashable, Sendable {
  /// Number of the slope in its region.
  package let slope: Int
  /// Days since the first day.
  package let day: Int
  /// Cohesion it had, kPa.
  package let cohesion: Double
}

/// The slopes of a place with the strength they grew to in its climate.
struct SlopeStrength: Sendable {
  /// Each slope's cohesion before the common offset, kPa.
  let cohesion: [Double]
  /// Cohesion demanded on each day, one series a slope.
  let required: [[Double]]

  /// Strength adapted in part to the climate: slopes that fail in ordinary rain have failed already.
  ///
  ///     c₀ = (0.6 q_local + 0.4 median) exp(N(0, 0.25))
  ///
  /// with `q_local` the 98.5 % quantile of the slope's own demand (METHOD 9.2).
  ///
  /// - Parameters:
  ///   - required: Cohesion demanded on each day, one series a slope.
  ///   - median: Of `q_local` over all slopes of the country.
  ///   - stream: Consumed.
  init(required: [[Double]], median: Double, from stream: inout RandomStream) {
    self.required = required
    cohesion = required.map { series in
      (0.6 * Self.localQuantile(series) + 0.4 * median) * exp(stream.normal(deviation: 0.25))
    }
  }

  static func localQuantile(_ series: [Double]) -> Double { quantile(0.985, ofSorted: series.sorted()) }

  /// The failures when `offset` kPa is added to every slope. A failed slope is replaced by a stronger one,
  /// `c <- 1.15 c + 0.8`.
  func failures(offset: Double) -> [SlopeFailure] {
    var result: [SlopeFailure] = []
    for (slope, series) in required.enumerated() {
      var c = cohesion[slope] + offset
      for (day, demand) in series.enumerated() where demand > c {
        result.append(SlopeFailure(slope: slope, day: day, cohesion: c))
        c = 1.15 * c + 0.8
      }
    }
    return result
  }
}
