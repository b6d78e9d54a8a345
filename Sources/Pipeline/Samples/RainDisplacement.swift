import Forecasting
import Foundation
import Mesh
import Simulation
import Statistics

/// Rain that lies some cells from where it fell, in a direction of its own each day: what radar, interpolation and forecasts do to it.
package struct RainDisplacement: Hashable, Sendable {
  /// Of each day's field, in cells.
  package let cells: Int

  /// Farther the square around a sample's cell holds no rain for the smallest patch.
  package static let range = 1...5

  /// - Precondition: `cells` lies in `range`.
  package init(cells: Int) {
    precondition(Self.range.contains(cells), "rain displaced by \(cells) cells")
    self.cells = cells
  }

  /// The rain of a region, displaced. What would come from beyond its square is that of the square's edge.
  ///
  /// - Parameters:
  ///   - region: Rain of shape `(hours, 17, 17)`, rows from the north.
  ///   - seed: Decides the directions, with the region and the day.
  /// - Returns: The same shape.
  func rain(of region: BenchmarkRegion, seed: UInt64) -> [UInt16] {
    let side = SampleSite.side
    return (0..<region.hours / 24).flatMap { day in
      var stream = RandomStream(seed: seed, "displacement", .number(region.id), .number(day))
      let angle = stream.uniform(0...2 * .pi)
      let (east, south) = (
        Int((Double(cells) * cos(angle)).rounded()), Int((Double(cells) * sin(angle)).rounded())
      )
      return (day * 24..<day * 24 + 24).flatMap { hour in
        (0..<SampleSite.cells).map { place in
          let y = min(max(place / side - south, 0), side - 1)
          let x = min(max(place % side - east, 0), side - 1)
          return region.rainTenths[hour * SampleSite.cells + y * side + x]
        }
      }
    }
  }
}
