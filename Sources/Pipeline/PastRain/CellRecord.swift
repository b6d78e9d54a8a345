package import Mesh
import SoilWater

/// What `lsmap soilwater record` tells: the greatest rain events that a cell had survived before a day.
package struct CellRecord: Codable, Sendable, Equatable {
  package struct Event: Codable, Sendable, Equatable {
    /// Highest value, mm.
    package var peak: Float
    package var day: String
  }

  package struct Measure: Codable, Sendable, Equatable {
    /// As METHOD.md 2.7 names it.
    package var name: String
    package var title: String
    /// Greatest first, at most ten.
    package var events: [Event]
  }

  package var cell: String
  package var before: String
  /// Earlier days with soil water.
  package var recordDays: Int
  package var measures: [Measure]

  package var words: String {
    let lines = measures.map { measure in
      let events = measure.events.map { "\(rounded($0.peak, 1)) mm on \($0.day)" }
      return "\(measure.title): \(events.isEmpty ? "no rain event" : events.joined(separator: ", "))"
    }
    return (["\(cell), before \(before): \(recordDays) days of record"] + lines).joined(separator: "\n")
  }
}

extension Project {
  /// The greatest rain events of a cell of the area before a day, by every measure of what it survives.
  ///
  /// - Throws: `RainLack` for a cell elsewhere and without rain before the day; what reading rain and states throws.
  package func cellRecord(of cell: Mesh3Code, before day: JSTDay) throws -> CellRecord {
    guard let part = parts().first(where: { $0.area.cells[cell] == true }), let place = part.grid.index(of: cell) else {
      throw RainLack.cellOutside(cell: cell, area: area.name)
    }
    let last = day.advanced(by: -1)
    _ = try archiveDays(from: nil, to: last)
    _ = try states(through: last)
    let record = try part.survivedRecord(through: last)
    console.end()
    return CellRecord(
      cell: "\(cell)", before: "\(day)", recordDays: Int(record.days[place]),
      measures: MemoryIndex.allCases.map { index in
        CellRecord.Measure(
          name: index.name, title: index.title,
          events: record.events.highest(by: index, at: place).map { CellRecord.Event(peak: $0.peak, day: "\($0.day)") })
      })
  }
}
