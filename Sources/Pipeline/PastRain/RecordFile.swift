import Foundation
import Mesh
import Neural
import Rasters
import SoilWater

/// What cells have survived through a day as a safetensors file of the workspace; it may be deleted and is made anew.
///
/// Beside the records stands the rain of the last 72 hours, so that a later day goes on without reading rain of the past.
enum RecordFile {
  /// How many of the files written last are kept.
  private static let kept = 3

  static func path(of day: JSTDay, in folder: String) -> String { "\(folder)/\(day).safetensors" }

  /// The days with a file, ascending.
  static func days(in folder: String) -> [JSTDay] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      name.count == 22 && name.hasSuffix(".safetensors") ? JSTDay(name.prefix(10)) : nil
    }.sorted()
  }

  static func write(_ record: SurvivedRecord, to file: DerivedFile) throws(RasterError) {
    guard let day = record.day else { preconditionFailure("a record without a day cannot be stored") }
    let cells = record.cells
    let tensors = [
      Tensor("day", shape: [1], .int32([Int32(day.daysSince1970)])),
      Tensor("highest", shape: [MemoryIndex.count, cells], floats: record.highest),
      Tensor("days", shape: [cells], .int32(record.days)),
      Tensor("counts", shape: [DayCounts.indices.count, DayCounts.classes, cells], .uint16(record.counts.counts)),
      Tensor("peaks", shape: [cells, EventPeaks.kept], floats: record.events.peaks),
      Tensor("peak_days", shape: [cells, EventPeaks.kept], .int32(record.events.days)),
      Tensor("open_peaks", shape: [cells], floats: record.events.openPeaks),
      Tensor("open_days", shape: [cells], .int32(record.events.openDays)),
      Tensor("dry_hours", shape: [cells], .uint16(record.events.dryHours)),
      Tensor("effective_rain", shape: [EffectiveRain.halfLives.count, cells], floats: record.effectiveRain),
      Tensor("recent_rain", shape: [SurvivedRecord.rainHours, cells], floats: record.recentRain),
    ]
    let metadata = ["kind": file.kind.title, DerivedFile.keyTag: file.key]
    try writeAtomically(Safetensors(tensors, metadata: metadata).encoded, to: file.path)
  }

  /// - Returns: `nil` where the file is about something else.
  /// - Throws: `NeuralError` for a damaged file, `RecordError` for one that lacks anything.
  static func read(_ source: DerivedFile, cells: Int) throws -> SurvivedRecord? {
    let file = try Safetensors(reading: try PlainFile.contents(source.path), path: source.path)
    guard file.metadata[DerivedFile.keyTag] == source.key else { return nil }
    guard let day = file.tensor("day")?.integers?.first, let highest = file.tensor("highest")?.floats,
      let days = file.tensor("days")?.integers, let counts = file.tensor("counts")?.words,
      let events = events(in: file, cells: cells), let effective = file.tensor("effective_rain")?.floats,
      let recent = file.tensor("recent_rain")?.floats,
      days.count == cells, highest.count == MemoryIndex.count * cells,
      counts.count == DayCounts.indices.count * DayCounts.classes * cells,
      effective.count == EffectiveRain.halfLives.count * cells, recent.count == SurvivedRecord.rainHours * cells
    else { throw RecordError.incomplete(path: source.path) }
    return SurvivedRecord(
      day: JSTDay(daysSince1970: Int(day)), highest: highest, days: days,
      counts: DayCounts(cells: cells, counts: counts), events: events, effectiveRain: effective,
      recentRain: recent)
  }

  private static func events(in file: Safetensors, cells: Int) -> EventPeaks? {
    guard let peaks = file.tensor("peaks")?.floats, let days = file.tensor("peak_days")?.integers,
      let open = file.tensor("open_peaks")?.floats, let openDays = file.tensor("open_days")?.integers,
      let dryHours = file.tensor("dry_hours")?.words,
      peaks.count == EventPeaks.kept * cells, days.count == peaks.count, open.count == cells, openDays.count == cells,
      dryHours.count == cells
    else { return nil }
    return EventPeaks(peaks: peaks, days: days, openPeaks: open, openDays: openDays, dryHours: dryHours)
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
