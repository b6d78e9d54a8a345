import Forecasting
import Mesh
import Rasters

/// The hourly rain of the 17 x 17 cells around some cells, in tenths of mm, from an archive.
struct SiteRain {
  let cells: [Mesh3Code]
  let days: ClosedRange<JSTDay>
  /// One a cell, shape `(24 · days, 17, 17)`, rows from the north; `SampleSet.missing` for none.
  private(set) var tenths: [[UInt16]]

  /// Bytes that a group of cells may take.
  static let budget = 256 << 20

  /// Splits cells into groups that fit into memory.
  static func groups<Cell>(_ cells: [Cell], days: Int) -> [ArraySlice<Cell>] {
    let size = max(1, budget / (days * 24 * SampleSite.cells * MemoryLayout<UInt16>.stride))
    return stride(from: 0, to: cells.count, by: size).map { cells[$0..<min(cells.count, $0 + size)] }
  }

  /// Reads a group of cells.
  ///
  /// - Parameters:
  ///   - cells: In the middle of their squares.
  ///   - days: Days, ascending; all hours of one the archive lacks are missing.
  ///   - grid: Holds all squares.
  ///   - rain: The hours of a day on the grid.
  /// - Throws: What `rain` throws.
  init(
    of cells: [Mesh3Code], days: ClosedRange<JSTDay>, on grid: MeshGrid, rain: (JSTDay) throws -> LayerStack<Float>?
  ) throws {
    self.cells = cells
    self.days = days
    let (side, margin) = (SampleSite.side, SampleSite.side / 2)
    let all = days.lowerBound.distance(to: days.upperBound) + 1
    tenths = cells.map { _ in [UInt16](repeating: SampleSet.missing, count: 24 * all * SampleSite.cells) }
    for (number, day) in days.enumerated() {
      guard let stack = try rain(day) else { continue }
      for (place, cell) in cells.enumerated() {
        let (top, left) = (grid.north - 1 - cell.row - margin, cell.column - grid.west - margin)
        precondition(top >= 0 && left >= 0, "the square around \(cell) leaves the grid")
        tenths[place].withUnsafeMutableBufferPointer { out in
          for hour in 0..<24 {
            for y in 0..<side {
              let from = hour * grid.count + (top + y) * grid.width + left
              let to = ((number * 24 + hour) * side + y) * side
              for x in 0..<side { out[to + x] = Self.tenths(of: stack.values[from + x]) }
            }
          }
        }
      }
    }
  }

  /// Tenths of mm, rounded; missing for `NaN`.
  static func tenths(of rain: Float) -> UInt16 {
    rain.isNaN ? SampleSet.missing : UInt16(min(max((rain * 10).rounded(), 0), Float(SampleSet.missing - 1)))
  }

  /// Rain of a day in the middle cell, mm; missing hours count 0.
  func total(of place: Int, on day: JSTDay) -> Double {
    let begin = days.lowerBound.distance(to: day) * 24
    let sum = (begin..<begin + 24).reduce(0) { sum, hour in
      let amount = tenths[place][hour * SampleSite.cells + SampleSite.cells / 2]
      return amount == SampleSet.missing ? sum : sum + Int(amount)
    }
    return Double(sum) / 10
  }
}
