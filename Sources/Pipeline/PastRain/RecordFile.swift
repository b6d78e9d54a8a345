import Foundation
import Mesh
import Neural
import Rasters
import SoilWater

/// What cells have survived through a day as a safetensors file of the workspace; it may be deleted and is made anew.
///
/// Beside the records stands the rain of the last 72 hours, so that a later day goes on without reading rain of the past.
enum RecordFile {
  /// How many of the files written last are kept: today's and that of the day before, which may be done again.
  private static let kept = 2

  static func path(of day: JSTDay, in folder: String) -> String { "\(folder)/\(day).safetensors" }

  /// The days with a file, ascending.
  static func days(in folder: String) -> [JSTDay] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      name.count == 22 && name.hasSuffix(".safetensors") ? JSTDay(name.prefix(10)) : nil
    }.sorted()
  }

  /// - Parameters:
  ///   - record: Of all cells of the grid.
  ///   - cells: Those that the file holds, as many values a row as there are.
  ///   - file: Where.
  /// - Throws: `cannotWrite`.
  static func write(_ record: SurvivedRecord, at cells: CellSet, to file: DerivedFile) throws(RasterError) {
    guard let day = record.day else { preconditionFailure("a record without a day cannot be stored") }
    let events = record.events
    func tensor(_ name: String, _ rows: [some BitwiseCopyable]) -> Tensor { Tensor(name, packing: rows, at: cells) }
    let tensors = [
      Tensor("day", shape: [1], .int32([Int32(day.daysSince1970)])),
      tensor("highest", record.highest), tensor("days", record.days), tensor("counts", record.counts.counts),
      Tensor("first_day", shape: [1], .int32([Int32((events.firstDay ?? day).daysSince1970)])),
      tensor("peaks", events.peaks), tensor("peak_days", events.days), tensor("open_peaks", events.openPeaks),
      tensor("open_days", events.openDays), tensor("dry_hours", record.dryHours),
      tensor("effective_rain", record.effectiveRain), tensor("recent_rain", record.recentRain),
    ]
    let metadata = ["kind": file.kind.title, DerivedFile.keyTag: file.key]
    try writeAtomically(Safetensors(tensors, metadata: metadata).encoded, to: file.path)
  }

  /// - Returns: The record of all cells of the grid, of nothing outside of the file's; `nil` where the file is about something
  ///   else.
  /// - Throws: `NeuralError` for a damaged file, `RecordError` for one that lacks anything.
  static func read(_ source: DerivedFile, at cells: CellSet) throws -> SurvivedRecord? {
    let file = try Safetensors(reading: try PlainFile.contents(source.path), path: source.path)
    guard file.metadata[DerivedFile.keyTag] == source.key else { return nil }
    func values<Value: BitwiseCopyable>(_ name: String, rows: Int) throws -> [Value] {
      guard let values: [Value] = file.tensor(name)?.unpacked(rows: rows, at: cells) else {
        throw RecordError.incomplete(path: source.path)
      }
      return values
    }
    func date(_ name: String) throws -> JSTDay {
      guard let days = file.tensor(name)?.integers?.first else { throw RecordError.incomplete(path: source.path) }
      return JSTDay(daysSince1970: Int(days))
    }
    let (indices, peaks) = (MemoryIndex.count, MemoryIndex.count * EventPeaks.kept)
    return SurvivedRecord(
      day: try date("day"), highest: try values("highest", rows: indices),
      days: try values("days", rows: 1),
      counts: DayCounts(
        cells: cells.grid.count, counts: try values("counts", rows: DayCounts.indices.count * DayCounts.classes)),
      events: EventPeaks(
        cells: cells.grid.count, firstDay: try date("first_day"), peaks: try values("peaks", rows: peaks),
        days: try values("peak_days", rows: peaks), openPeaks: try values("open_peaks", rows: indices),
        openDays: try values("open_days", rows: indices)),
      dryHours: try values("dry_hours", rows: 1),
      effectiveRain: try values("effective_rain", rows: EffectiveRain.halfLives.count),
      recentRain: try values("recent_rain", rows: SurvivedRecord.rainHours))
  }

  /// Deletes all but the files written last and, so that a day of this month can be done again without reading years, the
  /// last one of an earlier month.
  static func prune(_ folder: String) {
    func written(_ day: JSTDay) -> Date {
      let path = path(of: day, in: folder)
      return (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date ?? .distantPast
    }
    let days = days(in: folder)
    let byTime = days.map { (day: $0, written: written($0)) }
      .sorted { ($0.written, $0.day) > ($1.written, $1.day) }.map(\.day)
    let earlier = byTime.first.flatMap { newest in days.last { $0 < newest.firstOfMonth } }
    for day in byTime.dropFirst(kept) where day != earlier {
      try? FileManager.default.removeItem(atPath: path(of: day, in: folder))
    }
  }
}

/// What can be wrong with a record.
enum RecordError: Error, CustomStringConvertible {
  case incomplete(path: String)

  var description: String {
    switch self {
    case .incomplete(let path): "\(path): lacks a part of the record; delete it, it is made anew"
    }
  }
}
