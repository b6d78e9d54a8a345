import Mesh

/// The gauges near each gauge, to notice one that stays dry in the middle of rain.
struct GaugeNeighbourhoods: Sendable {
  /// Neighbours that have to agree.
  static let count = 4
  /// km.
  static let reach = 30.0
  /// mm in the day at every neighbour, while the gauge itself shows none: in five months of 1,286 AMeDAS gauges never.
  static let wet: Float = 20

  /// For each gauge its nearest ones within reach, or nothing where there are fewer than `count`.
  private let nearest: [[Int]]

  init(_ stations: [RainStation]) {
    let points = stations.map(\.direction)
    let farthest = Self.reach / earthRadius
    nearest = points.indices.map { station in
      var found: [(square: Double, station: Int)] = []
      for other in points.indices where other != station {
        let chord = points[other] - points[station]
        let square = (chord * chord).sum()
        // The chord of so short an arc is the arc within 1e-5 of itself.
        if square <= farthest * farthest { found.append((square, other)) }
      }
      guard found.count >= Self.count else { return [] }
      found.sort { ($0.square, $0.station) < ($1.square, $1.station) }
      return found.prefix(Self.count).map(\.station)
    }
  }

  /// Gauges that report no rain in at least 20 hours of a day while all their neighbours have a wet one.
  ///
  /// - Parameter hours: Readings of the hours, one a gauge, mm.
  /// - Returns: Places of the gauges and the least rain among their neighbours, mm.
  func silent(_ hours: [ArraySlice<Float>]) -> [(station: Int, around: Float)] {
    var totals = [Float](repeating: 0, count: nearest.count)
    var reports = [Int](repeating: 0, count: nearest.count)
    for readings in hours {
      for (station, value) in readings.enumerated() where !value.isNaN {
        totals[station] += value
        reports[station] += 1
      }
    }
    return nearest.indices.compactMap { station in
      guard totals[station] == 0, reports[station] >= 20,
        let around = nearest[station].map({ totals[$0] }).min(), around >= Self.wet
      else { return nil }
      return (station, around)
    }
  }
}
