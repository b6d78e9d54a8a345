import Foundation
package import Mesh
package import Rasters
import Statistics
import Synchronization

/// What an import did, for people and for `--json`.
package struct RainImportReport: Codable, Sendable, Equatable {
  package var source: String
  package var from: String
  package var through: String
  package var grid: String
  package var hoursImported = 0
  /// ISO times of the hours the source lacks.
  package var hoursMissing: [String] = []
  package var daysNew: [String] = []
  /// Days whose source had changed since.
  package var daysReplaced: [String] = []
  package var daysUnchanged: [String] = []
  /// Days of which the source holds no hour: nothing is written.
  package var daysEmpty: [String] = []
  package var irregularities: [RainIrregularity] = []

  /// Whether rain is missing or was taken for missing.
  package var hasGaps: Bool { !hoursMissing.isEmpty || irregularities.contains { $0.kind.isGap } }
}

/// Fills an archive from a source, day by day; days whose source has not changed are left alone.
///
/// - Parameters:
///   - source: Where the rain comes from.
///   - archive: Written a file a day, each atomically: an interrupted import goes on where it stopped.
///   - from: First day.
///   - through: Last day.
///   - cells: Where rain is needed; the files have their grid.
///   - wanted: Cells among them whose lack of rain is a gap; all where `nil`. Around an area rain may end.
///   - threads: Days worked on at a time.
///   - overwrite: Writes unchanged days too.
///   - progress: Called after each day with the days done and the days in all, from any thread, one call at a time.
/// - Returns: What was done and what was odd.
/// - Throws: The error of the earliest day that failed; days already written stay.
package func importRain(
  _ source: any RainSource, into archive: RainArchive, from: JSTDay, through: JSTDay, at cells: CellSet,
  wanted: CellSet? = nil, threads: Int = 2, overwrite: Bool = false,
  progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
) throws(RasterError) -> RainImportReport {
  precondition(from <= through, "an import from \(from) through \(through)")
  let days = Array(from...through)
  let held = Set(source.hours)
  let words = "\(cells)"
  let places = wanted.map(cells.places) ?? Array(0..<cells.count)
  let done = Mutex<Int>(0)
  let results = try mapInParallel(days.count, threads: threads) { (place) throws(RasterError) in
    let imported = try importDay(
      days[place], from: source, holding: held, into: archive, at: cells, words, wanted: places, overwrite: overwrite)
    done.withLock { done in
      done += 1
      progress(done, days.count)
    }
    return imported
  }
  var report = RainImportReport(source: source.name, from: "\(from)", through: "\(through)", grid: "\(cells.grid)")
  var ofSource = source.irregularities
  var shift = RainShift()
  for (day, imported) in zip(days, results) {
    if imported.outcome == .empty {
      ofSource += imported.irregularities
    } else {
      report.irregularities += imported.irregularities
    }
    shift.add(before: imported.before, after: imported.after)
    report.hoursImported += imported.present.count { $0 }
    report.hoursMissing += zip(day.hours, imported.present).filter { !$0.1 }.map { "\($0.0)" }
    switch imported.outcome {
    case .new: report.daysNew.append("\(day)")
    case .replaced: report.daysReplaced.append("\(day)")
    case .unchanged: report.daysUnchanged.append("\(day)")
    case .empty: report.daysEmpty.append("\(day)")
    }
  }
  if let doubt = RainSigns.unitDoubt(results.compactMap(\.amounts), source: source.name) { ofSource.append(doubt) }
  if let hours = shift.hours {
    let words = "\(abs(hours)) h \(hours > 0 ? "later" : "earlier") than imported before: is the time zone right?"
    ofSource.append(RainIrregularity(.moved, file: source.name, subject: words))
  }
  report.irregularities = ofSource + report.irregularities
  try archive.keep(irregularities: ofSource)
  return report
}

private struct ImportedDay {
  enum Outcome { case new, replaced, unchanged, empty }
  let outcome: Outcome
  let present: [Bool]
  var irregularities: [RainIrregularity] = []
  /// Of a day that was read.
  var amounts: RainSigns.Amounts?
  /// Mean of each hour in the day that was replaced and in the new one, mm; empty for a day that is new.
  var before: [Double] = []
  var after: [Double] = []
}

/// The archive's file of a day: it depends on the source's files of the day and on the cells, whose words are the same for
/// all days.
func rainDayFile(
  of day: JSTDay, from source: any RainSource, into archive: RainArchive, at cells: String
) -> DerivedFile {
  DerivedFile(.rainDay, at: archive.path(of: day), from: [source.fingerprint(of: day).hexadecimal, cells])
}

private func importDay(
  _ day: JSTDay, from source: any RainSource, holding held: Set<JSTHour>, into archive: RainArchive,
  at cells: CellSet, _ words: String, wanted: [Int], overwrite: Bool
) throws(RasterError) -> ImportedDay {
  guard day.hours.contains(where: held.contains) else {
    var empty = ImportedDay(outcome: .empty, present: Array(repeating: false, count: 24))
    if (try? archive.record(of: day)) != nil {
      empty.irregularities = [RainIrregularity(.withdrawn, file: archive.path(of: day), subject: "\(day)")]
    }
    return empty
  }
  let file = rainDayFile(of: day, from: source, into: archive, at: words)
  let before = try? archive.record(of: day)
  if !overwrite, let before, before.tags[DerivedFile.keyTag] == file.key {
    return ImportedDay(outcome: .unchanged, present: before.present, irregularities: before.findings)
  }
  // A damaged file is replaced like any other.
  let replaced = before == nil ? nil : try? archive.rain(of: day, at: cells)
  let rain = try source.rain(of: day, at: cells)
  var signs = RainSigns(day, wanted: wanted)
  for hour in 0..<24 where rain.present[hour] { signs.add(rain.rain.band(hour)) }
  let findings = RainDayFile.bounded(
    source.irregularities(of: day) + rain.findings + signs.findings(source: source.name))
  // Before the day itself: it must not lag behind.
  try writeQuality(rain.gaugeDistance, of: day, at: cells, in: archive)
  let tags = ["RAIN_DAY": "\(day)", "RAIN_SOURCE": source.name, DerivedFile.keyTag: file.key]
  try RainDayFile.write(
    rain, of: day, to: file.path, tags: tags.merging(RainDayFile.tags(of: findings)) { tag, _ in tag })
  var imported = ImportedDay(outcome: before == nil ? .new : .replaced, present: rain.present)
  imported.irregularities = findings
  imported.amounts = signs.amounts
  if let replaced {
    imported.before = (0..<24).map { meanRain(replaced.band($0)) }
    imported.after = (0..<24).map { meanRain(rain.rain.band($0)) }
  }
  return imported
}

private func writeQuality(
  _ distance: [Float]?, of day: JSTDay, at cells: CellSet, in archive: RainArchive
) throws(RasterError) {
  let path = archive.qualityPath(of: day)
  guard let distance, distance.contains(where: { !$0.isNaN }) else {
    // A source without gauges, or of which none reports, replaces one with: its distances would be another day's truth.
    unlink(path)
    return
  }
  try CellFile.write(
    [DescribedBand(.gaugeDistance, values: distance)], at: cells, to: path,
    tags: ["RAIN_DAY": "\(day)"])
}
