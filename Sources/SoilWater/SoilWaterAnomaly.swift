import Foundation
package import Mesh
import Statistics

/// How unusual a day's soil water was, one value a cell.
package struct SoilWaterAnomaly: Sendable {
  package let grid: MeshGrid
  /// `q = max(q_rbf, k^power)`, 0 ... 1; 1 where there is no climatology, `NaN` where there is no soil water.
  package var anomaly: [Float]
  /// `q_rbf`: how far the worst hour lay outside the states survived.
  package var uncovered: [Float]
  /// Historical rank `k` of the day's highest index; `NaN` without climatology.
  package var rank: [Float]
  /// Years; `NaN` where fewer than ten are known.
  package var returnPeriod: [Float]
  /// The index that comes back every 2, 5, 10, 30, 50 years, mm, shape `(5, cells)`; `NaN` where the record does not reach.
  package var returnValues: [Float]
  /// Hour (1 ... 24) of the worst state: of the greatest `q_rbf`, and where that is 0 of the highest index.
  package var worstHour: [UInt8]
  /// Whether the cell's unit has a climatology; where not, `q` is 1 and must not be learnt from.
  package var hasClimatology: [Bool]
}

/// `q = max(q_rbf, k^power)`, the probability that is learnt from (METHOD.md 2.3). `NaN` rank counts as 0.
package func soilWaterAnomaly(uncovered: Float, rank: Float, power: Double) -> Float {
  max(uncovered, rank.isNaN ? 0 : Float(pow(Double(rank), power)))
}

extension Climatology {
  /// Scores a day: every cell against the blend of the units around it.
  ///
  /// - Parameters:
  ///   - record: A day with its hourly fields.
  ///   - grid: The cells of `record`, inside the climatology's grid.
  ///   - allowingSeenDay: Scores a day of the reference as well: for pictures of the fit, never for results.
  ///   - threads: Cells are scored side by side; no bit depends on it.
  ///   - cellsAtOnce: Cells whose units' surfaces are held at a time, 35 kB a surface; no bit depends on it.
  /// - Returns: The anomaly of every cell.
  /// - Throws: `seenDay`.
  package func score(
    _ record: SoilWaterDay, on grid: MeshGrid, allowingSeenDay: Bool = false, threads: Int = 1,
    cellsAtOnce: Int = 65_536
  ) throws(SoilWaterError) -> SoilWaterAnomaly {
    let cells = grid.count
    precondition(
      record.cells == cells && record.hourlyIndex.count == 24 * cells, "a day without hours or of another grid")
    precondition(units.grid.contains(grid), "cells \(grid) outside \(units.grid)")
    if let day = record.day, !allowingSeenDay {
      let first = record.endHour < 24 ? day.advanced(by: -1) : day
      for touched in first...day where hasSeen(touched) { throw .seenDay(touched) }
    }
    let blend = UnitBlend(blockCells: units.blockCells)
    var results: [CellAnomaly] = []
    results.reserveCapacity(cells)
    for first in stride(from: 0, to: cells, by: cellsAtOnce) {
      let places = first..<min(cells, first + cellsAtOnce)
      let shares = places.map { cell in
        self.shares(row: grid.north - 1 - cell / grid.width, column: grid.west + cell % grid.width, by: blend)
      }
      let surfaces = surfaces(of: Set(shares.joined().map(\.unit)), threads: threads)
      let strips = (places.count + Self.cellsOfStrip - 1) / Self.cellsOfStrip
      results += mapInParallel(strips, threads: threads) { strip in
        let begin = strip * Self.cellsOfStrip
        return (begin..<min(places.count, begin + Self.cellsOfStrip)).map { place in
          self.score(first + place, of: record, by: shares[place], surfaces)
        }
      }.joined()
    }
    return SoilWaterAnomaly(
      grid: grid, anomaly: results.map(\.anomaly), uncovered: results.map(\.uncovered), rank: results.map(\.rank),
      returnPeriod: results.map(\.returnPeriod),
      returnValues: Self.returnPeriods.indices.flatMap { place in
        results.map { $0.returnValues.isEmpty ? .nan : $0.returnValues[place] }
      }, worstHour: results.map(\.worstHour),
      hasClimatology: results.map(\.hasClimatology))
  }

  private static let cellsOfStrip = 256

  /// The surfaces of some units, each made once.
  private func surfaces(of wanted: Set<Int>, threads: Int) -> [Int: CriticalSurface] {
    let order = wanted.sorted()
    let made = mapInParallel(order.count, threads: threads) { surface(ofUnit: order[$0]) }
    return Dictionary(uniqueKeysWithValues: zip(order, made))
  }

  private struct CellAnomaly {
    var anomaly = Float.nan
    var uncovered = Float.nan
    var rank = Float.nan
    var returnPeriod = Float.nan
    var returnValues: [Float] = []
    var worstHour: UInt8 = 0
    var hasClimatology = false
  }

  private func score(
    _ cell: Int, of record: SoilWaterDay, by shares: [Share], _ surfaces: [Int: CriticalSurface]
  ) -> CellAnomaly {
    var result = CellAnomaly()
    result.hasClimatology = !shares.isEmpty
    guard !record.maximum[cell].isNaN else { return result }
    result.worstHour = record.hourOfMaximum[cell]
    guard !shares.isEmpty else {
      (result.anomaly, result.uncovered) = (1, 1)
      return result
    }
    let parts = shares.compactMap { share in surfaces[share.unit].map { (weight: share.weight, surface: $0) } }
    var worst: Float = 0
    for hour in 0..<24 {
      let place = hour * record.cells + cell
      let (water, rain) = (record.hourlyIndex[place], record.hourlyRain[place])
      // Where all units agree this is what each of them says, to the bit: weights in `Double` sum to 1 that well.
      var lack = 0.0
      for (weight, surface) in parts { lack += weight * Double(1 - surface.cover(soilWater: water, rain: rain)) }
      // Hours before a first observation are NaN and never worse.
      guard Float(lack) > worst else { continue }
      worst = Float(lack)
      result.worstHour = UInt8(record.clockHour(at: hour))
    }
    result.uncovered = worst
    result.rank = rank(of: record.maximum[cell], in: shares)
    result.anomaly = soilWaterAnomaly(uncovered: worst, rank: result.rank, power: settings.rankPower)
    if let maxima = annualMaxima(of: shares) {
      result.returnPeriod = maxima.distribution.map { Float($0.returnPeriod(of: Double(record.maximum[cell]))) } ?? .nan
      result.returnValues = maxima.returnValues(Self.returnPeriods)
    }
    return result
  }
}
