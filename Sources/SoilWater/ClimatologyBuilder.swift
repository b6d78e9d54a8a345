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
  /// Largest soil water and rain of any state seen.
  package private(set) var largest: (soilWater: Float, rain: Float) = (0, 0)

  /// - Throws: `badParameter` for settings out of range.
  package init(grid: MeshGrid, settings: ClimatologySettings, threads: Int = 1) throws(SoilWaterError) {
    self.settings = try settings.validated()
    self.threads = threads
    units = ClimatologyUnits(grid: grid, blockCells: settings.blockCells)
    cellsOfUnits = units.cellsOfUnits
    recorders = Array(repeating: EventRecorder(nodes: settings.nodes), count: units.count)
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
    var largestOfUnits = [(soilWater: Float, rain: Float)](repeating: (0, 0), count: units.count)
    let (settings, cellsOfUnits, unitCount) = (settings, cellsOfUnits, units.count)
    recorders.withUnsafeMutableBufferPointer { recorders in
      largestOfUnits.withUnsafeMutableBufferPointer { largest in
        record.hourlyIndex.withUnsafeBufferPointer { index in
          record.hourlyRain.withUnsafeBufferPointer { rain in
            inParallel(unitCount, threads: threads) { unit in
              let members = cellsOfUnits[unit].filter { counts[$0] }
              for (place, hour) in hours.enumerated() where !members.isEmpty {
                let base = place * cells
                let isWet = members.contains { rain[base + $0] >= settings.wetHour }
                guard recorders[unit].begin(hour, isWet: isWet, dryHours: settings.dryHours) else { continue }
                for cell in members {
                  let (water, fall) = (index[base + cell], rain[base + cell])
                  guard !water.isNaN, !fall.isNaN else { continue }
                  largest[unit] = (max(largest[unit].soilWater, water), max(largest[unit].rain, fall))
                  recorders[unit].visit(scale.node(soilWater: water, rain: fall))
                }
              }
            }
          }
        }
      }
    }
    for unit in largestOfUnits {
      largest = (max(largest.soilWater, unit.soilWater), max(largest.rain, unit.rain))
    }
  }

  /// Settings whose axes hold everything seen; equal to the builder's when a fit is possible.
  package var fittingSettings: ClimatologySettings {
    settings.holding(soilWater: largest.soilWater, rain: largest.rain)
  }

  /// Takes over what another builder had.
  mutating func restore(
    _ recorders: [EventRecorder], days: [JSTDay], dailyMaxima: [[Float]], largest: (soilWater: Float, rain: Float)
  ) {
    (self.recorders, self.days, self.dailyMaxima, self.largest) = (recorders, days, dailyMaxima, largest)
  }

  /// Events of a unit, in time.
  package func events(ofUnit unit: Int) -> [RainEvent] { recorders[unit].events }
}

/// From a state to its nearest node.
struct NodeScale: Sendable {
  private let nodes: Int
  private let perSoilWater: Float
  private let perRain: Float

  init(_ settings: ClimatologySettings) {
    nodes = settings.nodes
    perSoilWater = Float(nodes - 1) / settings.soilWaterAxis
    perRain = Float(nodes - 1) / settings.rainAxis
  }

  func node(soilWater: Float, rain: Float) -> Int {
    let i = min(nodes - 1, Int(saturating: (soilWater * perSoilWater).rounded()))
    let j = min(nodes - 1, Int(saturating: (rain * perRain).rounded()))
    return i * nodes + j
  }
}
