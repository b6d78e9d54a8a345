package import Mesh
import Statistics

/// Gathers, day after day, what a climatology needs from hourly soil water and rain, and forgets the hours.
///
/// Keeps for each unit the nodes its events visited and for each day the cells' highest index, so that any reference (a year
/// left out, an earlier end, other landslides) can be fitted from one pass over the archive.
package struct ClimatologyBuilder: Sendable {
  package let settings: ClimatologySettings
  package let units: ClimatologyUnits
  package let threads: Int
  let cellsOfUnits: [[Int]]
  private(set) var recorders: [EventRecorder]
  /// Days taken in, ascending.
  package private(set) var days: [JSTDay] = []
  /// Highest index of each day, a value a cell; `NaN` where invalid.
  private(set) var dailyMaxima: [[Float]] = []

  /// - Throws: `badParameter` for settings out of range.
  package init(grid: MeshGrid, settings: ClimatologySettings, threads: Int = 1) throws(SoilWaterError) {
    self.settings = try settings.validated()
    self.threads = threads
    units = ClimatologyUnits(grid: grid, blockCells: settings.blockCells)
    cellsOfUnits = units.cellsOfUnits
    recorders = Array(repeating: EventRecorder(dryHours: settings.dryHours), count: units.count)
  }

  /// Takes in a day. Cells flagged invalid (spin-up, many missing hours) or uncovered do not count.
  ///
  /// - Parameters:
  ///   - record: A day with its hourly fields, on the builder's grid.
  ///   - invalidToo: Takes invalid cells as well: for an archive shorter than its spin-up.
  /// - Precondition: The day is later than all before.
  package mutating func add(_ record: SoilWaterDay, invalidToo: Bool = false) {
    let cells = units.grid.count
    precondition(
      record.cells == cells && record.hourlyIndex.count == 24 * cells && record.hourlyRain.count == 24 * cells,
      "a day without hours, or of \(record.cells) cells for \(cells)")
    guard let day = record.day else { preconditionFailure("a record without a day") }
    precondition(days.last.map { $0 < day } ?? true, "\(day) comes after a later day")
    days.append(day)
    let limit = invalidToo ? SoilWaterFlag.invalid : .degraded
    let counts = record.flags.map { $0 <= limit.rawValue }
    dailyMaxima.append(zip(record.maximum, counts).map { $1 ? $0 : .nan })

    let scale = NodeScale(settings)
    let hours = day.hours
    let (settings, cellsOfUnits, unitCount) = (settings, cellsOfUnits, units.count)
    recorders.withUnsafeMutableBufferPointer { recorders in
      record.hourlyIndex.withUnsafeBufferPointer { index in
        record.hourlyRain.withUnsafeBufferPointer { rain in
          inParallel(unitCount, threads: threads) { unit in
            let members = cellsOfUnits[unit].filter { counts[$0] }
            for (place, hour) in hours.enumerated() where !members.isEmpty {
              let base = place * cells
              let isWet = members.contains { rain[base + $0] >= settings.wetHour }
              guard recorders[unit].begin(hour, isWet: isWet) else { continue }
              for cell in members {
                let (water, fall) = (index[base + cell], rain[base + cell])
                guard !water.isNaN, !fall.isNaN else { continue }
                recorders[unit].visit(scale.node(soilWater: water, rain: fall))
              }
            }
          }
        }
      }
    }
  }

  /// Takes over what another builder had.
  mutating func restore(_ recorders: [EventRecorder], days: [JSTDay], dailyMaxima: [[Float]]) {
    (self.recorders, self.days, self.dailyMaxima) = (recorders, days, dailyMaxima)
  }

  /// Events of a unit, in time.
  package func events(ofUnit unit: Int) -> [RainEvent] { recorders[unit].events }
}
