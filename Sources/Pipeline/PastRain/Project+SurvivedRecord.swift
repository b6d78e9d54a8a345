import Foundation
import Mesh
import Rasters
import SoilWater

extension Project {
  /// What each cell of the grid has survived on all days through one: carried on from the record of an earlier run, so that
  /// the past is read only once.
  ///
  /// - Parameter last: Last day taken in; states up to it are there.
  /// - Returns: The record; of nothing where the soil water begins later.
  /// - Throws: What reading rain and states throws.
  func survivedRecord(through last: JSTDay) throws -> SurvivedRecord {
    guard let first = try firstSoilWaterDay(), first <= last else { return SurvivedRecord(cells: grid.count) }
    guard first.distance(to: last) <= EventPeaks.longestDays else {
      throw RainLack.recordTooLong(first: first, last: last, archive: archive.folder)
    }
    return try Derived(
      file: try recordFile(of: last), read: { try RecordFile.read($0, at: workingCells) },
      make: { file in
        let record = try advance(try latestRecord(in: first...last), from: first, through: last)
        try RecordFile.write(record, at: workingCells, to: file)
        RecordFile.prune(workspace.records)
        return record
      }
    ).value(telling: console)
  }

  /// Takes in the days after a record.
  private func advance(_ kept: SurvivedRecord?, from first: JSTDay, through last: JSTDay) throws -> SurvivedRecord {
    var record = kept ?? SurvivedRecord(cells: grid.count)
    let begin = record.day?.advanced(by: 1) ?? first
    guard begin <= last else { return record }
    try mendStates(before: begin, first: first)
    let (console, all) = (console, Double(begin.distance(to: last) + 1))
    console.begin("what \(area.name) has survived, \(begin) to \(last)")
    let unknown = [Float](repeating: .nan, count: 24 * grid.count)
    var today = unknown
    _ = try soilWaterRun().run(
      begin...last, coldStart: first, continuation: .beforeRange, storing: { _ in false },
      keepingHours: { $0 >= begin },
      rain: { day in
        let rain = try pastRain(of: day)
        today = rain?.values ?? unknown
        return rain
      },
      onDay: { soilWater, _ in
        guard let day = soilWater.day, day >= begin else { return }
        _ = record.advance(by: soilWater, rain: today, threads: threads)
        console.progress(Double(begin.distance(to: day) + 1) / all)
      })
    return record
  }

  /// The latest record of an earlier run that still holds.
  private func latestRecord(in days: ClosedRange<JSTDay>) throws -> SurvivedRecord? {
    for day in RecordFile.days(in: workspace.records).reversed() where days.contains(day) {
      let file = try recordFile(of: day)
      // A damaged one is of no use, an earlier one may be.
      if file.condition == .fresh, let record = try? RecordFile.read(file, at: workingCells) { return record }
    }
    return nil
  }

  /// The record through a day: it depends on all rain that is in the tanks at its end.
  private func recordFile(of day: JSTDay) throws -> DerivedFile {
    let run = try soilWaterRun()
    return DerivedFile(
      .survivedRecord, at: RecordFile.path(of: day, in: workspace.records),
      from: ["\(workingCells)", run.field.parameters.hash, try history(of: day, in: run.store)])
  }
}
