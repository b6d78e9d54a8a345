import Mesh
import Statistics

/// Hours of a network side by side: what one gauge measured in eight hours is one vector.
private struct GaugeHours {
  typealias Lanes = SIMD8<Float>

  /// Eight hours each; lanes beyond the last hour have no report.
  let groups: Int
  /// Shape `(stations, groups)`: mm, 0 where the gauge did not report.
  private(set) var rain: [Lanes]
  /// Shape `(stations, groups)`: 1 where the gauge reported, 0 where not.
  private(set) var reports: [Lanes]
  /// Per station a bit for each hour in which it reported.
  private(set) var reported: [UInt32]

  /// - Parameters:
  ///   - hours: At most 32; of each one value a station, mm, `NaN` where it did not report, or `nil`.
  ///   - stations: How many there are.
  init(_ hours: [ArraySlice<Float>?], of stations: Int) {
    precondition(hours.count <= UInt32.bitWidth, "\(hours.count) hours side by side")
    groups = (hours.count + Lanes.scalarCount - 1) / Lanes.scalarCount
    rain = Array(repeating: .zero, count: stations * groups)
    reports = Array(repeating: .zero, count: stations * groups)
    reported = Array(repeating: 0, count: stations)
    for (hour, readings) in hours.enumerated() {
      let (group, lane) = hour.quotientAndRemainder(dividingBy: Lanes.scalarCount)
      for (station, value) in (readings ?? []).enumerated() where !value.isNaN {
        rain[station * groups + group][lane] = value
        reports[station * groups + group][lane] = 1
        reported[station] |= 1 << UInt32(hour)
      }
    }
  }
}

extension StationNeighbours {
  /// What gauges say of some hours at the cells.
  struct Hours {
    /// mm in steps of 1/128 mm, shape `(hours, cells)`; `NaN` where no gauge within reach reported.
    let rain: [Float]
    /// Per cell the greatest among the hours' distances to the nearest gauge that reported, km.
    let farthest: [Float]
    /// Which hours have a value somewhere.
    let present: [Bool]
  }

  /// Several hours at once: gauges and weights of a cell are read once for all of them.
  ///
  /// - Parameter hours: At most 32; of each one value a station in the order of the stations, 0 mm or more, `NaN` where it
  ///   did not report; `nil` for an hour that is not there.
  /// - Returns: The field of each hour, the same to the bit whatever other hours it is made with.
  func hours(_ hours: [ArraySlice<Float>?]) -> Hours {
    let network = GaugeHours(hours, of: gauges)
    let all = network.reported.reduce(0, |)
    var covered: UInt32 = 0
    var farthest = [Float](repeating: .nan, count: cells.count)
    let rain = Array(inLargePages: hours.count * cells.count) { rain in
      let (starts, stations, distances, weights) = (starts.span, stations.span, distances.span, weights.span)
      let (amounts, reports, reported) = (network.rain.span, network.reports.span, network.reported.span)
      var far = farthest.mutableSpan
      for cell in far.indices {
        let first = Int(starts[cell])
        var (end, seen, whole) = (first, UInt32(0), 0)
        // Behind so many gauges that reported in every hour no hour wants another.
        while end < Int(starts[cell + 1]), whole < interpolation.neighbours {
          let now = reported[Int(stations[end])]
          if now & ~seen != 0 { far[cell] = distances[end] }
          seen |= now
          whole += now == all ? 1 : 0
          end += 1
        }
        covered |= seen
        for group in 0..<network.groups {
          var (total, weight) = (GaugeHours.Lanes.zero, GaugeHours.Lanes.zero)
          var wanted = GaugeHours.Lanes(repeating: Float(interpolation.neighbours))
          for place in first..<end {
            let at = Int(stations[place]) * network.groups + group
            // 0 or 1, so that a lane that has its gauges, or whose gauge is silent, gains nothing and loses no bit.
            let taken = reports[at].replacing(with: 0, where: wanted .== 0)
            total += weights[place] * taken * amounts[at]
            weight += weights[place] * taken
            wanted -= taken
          }
          let mean = inSteps(total / weight)
          for lane in 0..<min(GaugeHours.Lanes.scalarCount, hours.count - group * GaugeHours.Lanes.scalarCount) {
            rain.initializeElement(
              at: (group * GaugeHours.Lanes.scalarCount + lane) * cells.count + cell, to: mean[lane])
          }
        }
      }
    }
    return Hours(rain: rain, farthest: farthest, present: hours.indices.map { covered >> UInt32($0) & 1 == 1 })
  }
}

/// The nearest multiple of 1/128 mm, halves upwards: far below a gauge's 0.5 mm, and the files shrink several times.
///
/// - Parameter rain: mm, 0 or more; `NaN` stays.
/// - Returns: mm.
@inline(__always)
private func inSteps(_ rain: SIMD8<Float>) -> SIMD8<Float> {
  let steps = rain * 128
  // From 2^23 on a number has no fraction, and a sum that gets there is rounded, halves to even.
  let whole: Float = 8_388_608
  let even = (steps + whole) - whole
  let nearest = even + SIMD8<Float>.zero.replacing(with: 1, where: steps - even .== 0.5)
  return steps.replacing(with: nearest, where: steps .< whole) / 128
}
