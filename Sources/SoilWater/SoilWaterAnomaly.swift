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
  /// Scores a day.
  ///
  /// - Parameters:
  ///   - record: A day with its hourly fields.
  ///   - grid: The cells of `record`, inside the climatology's grid.
  ///   - allowingSeenDay: Scores a day of the reference as well: for pictures of the fit, never for results.
  ///   - threads: Units are scored side by side; no bit depends on it.
  /// - Returns: The anomaly of every cell.
  /// - Throws: `seenDay`.
  package func score(
    _ record: SoilWaterDay, on grid: MeshGrid, allowingSeenDay: Bool = false, threads: Int = 1
  ) throws(SoilWaterError) -> SoilWaterAnomaly {
    let cells = grid.count
    precondition(
      record.cells == cells && record.hourlyIndex.count == 24 * cells, "a day without hours or of another grid")
    if let day = record.day, !allowingSeenDay {
      let first = record.endHour < 24 ? day.advanced(by: -1) : day
      for touched in first...day where hasSeen(touched) { throw .seenDay(touched) }
    }
    var members = [[Int]](repeating: [], count: units.count)
    for (cell, unit) in units.units(of: grid).enumerated() { members[unit].append(cell) }
    let blank = [Float](repeating: .nan, count: cells)
    var quantities = [[Float]](repeating: blank, count: 4)
    var hours = [UInt8](repeating: 0, count: cells)
    var known = [Bool](repeating: false, count: cells)
    let used = members.indices.filter { !members[$0].isEmpty }
    var results = [[CellAnomaly]](repeating: [], count: used.count)
    results.withUnsafeMutableBufferPointer { results in
      nonisolated(unsafe) let results = results
      inParallel(used.count, threads: threads) { place in
        let unit = used[place]
        let surface = surface(ofUnit: unit)
        results[place] = members[unit].map { self.score($0, of: record, in: self.members[unit], surface) }
      }
    }
    for (place, unit) in used.enumerated() {
      for (cell, result) in zip(members[unit], results[place]) {
        quantities[0][cell] = result.anomaly
        quantities[1][cell] = result.uncovered
        quantities[2][cell] = result.rank
        quantities[3][cell] = result.returnPeriod
        hours[cell] = result.worstHour
        known[cell] = self.members[unit].hasClimatology
      }
    }
    return SoilWaterAnomaly(
      grid: grid, anomaly: quantities[0], uncovered: quantities[1], rank: quantities[2],
      returnPeriod: quantities[3], worstHour: hours, hasClimatology: known)
  }

  private struct CellAnomaly {
    var anomaly = Float.nan
    var uncovered = Float.nan
    var rank = Float.nan
    var returnPeriod = Float.nan
    var worstHour: UInt8 = 0
  }

  private func score(_ cell: Int, of record: SoilWaterDay, in unit: Unit, _ surface: CriticalSurface) -> CellAnomaly {
    var result = CellAnomaly()
    guard !record.maximum[cell].isNaN else { return result }
    result.worstHour = record.hourOfMaximum[cell]
    guard unit.hasClimatology else {
      (result.anomaly, result.uncovered) = (1, 1)
      return result
    }
    var worst: Float = 0
    for hour in 0..<24 {
      let cover = surface.cover(
        soilWater: record.hourlyIndex[hour * record.cells + cell], rain: record.hourlyRain[hour * record.cells + cell])
      // Hours before a first observation are NaN and never worse.
      guard 1 - cover > worst else { continue }
      worst = 1 - cover
      result.worstHour = UInt8(record.clockHour(at: hour))
    }
    result.uncovered = worst
    result.rank = unit.rank.rank(of: record.maximum[cell])
    result.anomaly = soilWaterAnomaly(uncovered: worst, rank: result.rank, power: settings.rankPower)
    if let gumbel = unit.gumbel { result.returnPeriod = Float(gumbel.returnPeriod(of: Double(record.maximum[cell]))) }
    return result
  }
}
