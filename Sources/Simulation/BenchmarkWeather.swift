import Foundation
import Mesh
import Statistics

/// The storms over one region of the benchmark country and the rain they bring (METHOD 9.2).
struct BenchmarkWeather: Sendable {
  let firstHour: JSTHour
  let hours: Int
  let storms: [Storm]
  /// `W`.
  let wetness: Double

  /// - Parameters:
  ///   - days: When it may rain.
  ///   - wetness: Of the region; drawn anew when `nil`.
  ///   - stream: Consumed.
  init(days: ClosedRange<JSTDay>, wetness: Double? = nil, from stream: inout RandomStream) {
    let wetness = wetness ?? exp(stream.normal(deviation: 0.35))
    self.wetness = wetness
    firstHour = JSTHour(ending: days.lowerBound, 1)
    hours = (days.lowerBound.distance(to: days.upperBound) + 1) * 24
    storms = Storm.draw(in: firstHour..<firstHour.advanced(by: hours), wetness: wetness, from: &stream)
  }

  /// Rain in tenths of mm, product levels, of the crossings of rows and columns; shape `(hours, rows, columns)`.
  ///
  /// A place's rain is the same whatever other places are asked for.
  ///
  /// - Parameters:
  ///   - columns: Distances east of the anchor, km.
  ///   - rows: Distances north of it, km.
  /// - Returns: Hour after hour, rows in the order given.
  func rain(columns: [Double], rows: [Double]) -> [UInt16] {
    let cells = rows.count * columns.count
    var millimetres = [Double](repeating: 0, count: hours * cells)
    for storm in storms {
      let start = firstHour.distance(to: storm.start)
      let lasting = min(storm.profile.count, hours - start)
      storm.pattern.forEachHour(columns: columns, rows: rows, hours: lasting) { hour, field in
        let first = (start + hour) * cells
        let amount = storm.profile[hour]
        for cell in 0..<cells { millimetres[first + cell] += amount * exp(0.4 * field[cell] - 0.08) }
      }
    }
    return millimetres.map { ProductLevels.nearest(toMillimetres: $0) }
  }

  /// Hourly rain of the anchor cell, tenths of mm.
  func anchorTenths() -> [UInt16] { rain(columns: [0], rows: [0]) }
}

/// Distances of the cells of a region's grid from its anchor, km.
struct BenchmarkDistances: Sendable {
  let columns: [Double]
  let rows: [Double]
  let cellWidth: Double
  static let cellHeight = 111.2 / 120

  init(around anchor: Mesh3Code) {
    let middle = Benchmark.side / 2
    let width = 111.3 / 80 * cos(anchor.centreLatitude * .pi / 180)
    cellWidth = width
    columns = (0..<Benchmark.side).map { Double($0 - middle) * width }
    rows = (0..<Benchmark.side).map { Double(middle - $0) * Self.cellHeight }
  }
}
