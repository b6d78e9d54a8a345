import Foundation
import Mesh
import Statistics

/// Hourly rain on MESH3 cells, in product levels.
struct PrefectureWeather: Sendable {
  let grid: MeshGrid
  let firstHour: JSTHour
  /// Shape `(hours, height, width)`, tenths of mm.
  let tenths: [UInt16]

  var hours: Int { tenths.count / grid.count }

  func hour(_ place: Int) -> JSTHour { firstHour.advanced(by: place) }

  /// Rain of the storms of a season (METHOD 9.2), heavier over high ground.
  ///
  /// - Parameters:
  ///   - seed: Of the run.
  ///   - grid: The cells.
  ///   - hours: The hours, ends.
  ///   - elevation: Of each cell, m: rain grows by a third per 1,000 m.
  ///   - wetness: Multiplies every amount.
  init(seed: UInt64, grid: MeshGrid, hours: Range<JSTHour>, elevation: [Float], wetness: Double) {
    self.grid = grid
    firstHour = hours.lowerBound
    let count = hours.lowerBound.distance(to: hours.upperBound)
    var stream = RandomStream(seed: seed, "storms")
    // Storms under way when the season begins are part of it.
    let storms = Storm.draw(
      in: hours.lowerBound.advanced(by: -120)..<hours.upperBound, wetness: wetness, from: &stream)
    var millimetres = [Float](repeating: 0, count: count * grid.count)
    let columns = (0..<grid.width).map { Self.kilometresEast(grid, $0) }
    let rows = (0..<grid.height).map { Double(grid.height / 2 - $0) * 111.2 / 120 }
    let lift = elevation.map { exp(0.3 * Double($0) / 1_000) }
    for storm in storms {
      let amplitude = storm.kind == .thunderstorm ? 1.1 : 0.45
      let shift = hours.lowerBound.distance(to: storm.start)
      let band = RainBand(&stream)
      let share = (0..<grid.count).map { cell in
        Double(lift[cell]) * band.share(east: columns[cell % grid.width], north: rows[cell / grid.width])
      }
      storm.pattern.forEachHour(columns: columns, rows: rows, hours: storm.profile.count) { hour, field in
        guard (0..<count).contains(hour + shift) else { return }
        let first = (hour + shift) * grid.count
        let scale = storm.profile[hour] * exp(-amplitude * amplitude / 2)
        for cell in 0..<grid.count {
          millimetres[first + cell] += Float(scale * share[cell] * exp(amplitude * field[cell]))
        }
      }
    }
    tenths = millimetres.map { ProductLevels.nearest(toMillimetres: Double($0)) }
  }

  private static func kilometresEast(_ grid: MeshGrid, _ x: Int) -> Double {
    let latitude = (grid.southLatitude + grid.northLatitude) / 2
    return Double(x - grid.width / 2) * 111.3 / 80 * cos(latitude * .pi / 180)
  }

  /// Rain of one cell, mm, from the hour that ends at 01:00 of `day`; hours beyond the end are left out.
  func series(ofCell cell: Int, from day: JSTDay, days: Int) -> [Double] {
    let first = firstHour.distance(to: JSTHour(ending: day, 1))
    precondition(first >= 0 && first + days * 24 <= hours, "\(days) days from \(day) are not simulated")
    return (first..<first + days * 24).map { Double(tenths[$0 * grid.count + cell]) / 10 }
  }
}

/// Where a storm stays: the moving pattern of `RainPattern` evens out over a day, but a front or a typhoon's band rains on
/// one side of a prefecture and leaves the other damp.
private struct RainBand {
  private let heading: Double
  private let offset: Double
  private let width: Double

  init(_ stream: inout RandomStream) {
    heading = stream.uniform(0...(2 * .pi))
    offset = stream.normal(deviation: 22)
    width = exp(stream.uniform(log(12)...log(40)))
  }

  /// What falls at a place, km from the middle, as a share of the storm's amount: 1.5 on the band's axis, 0.25 far away.
  func share(east: Double, north: Double) -> Double {
    let distance = (east * cos(heading) + north * sin(heading) - offset) / width
    return 0.25 + 1.25 * exp(-distance * distance / 2)
  }
}
