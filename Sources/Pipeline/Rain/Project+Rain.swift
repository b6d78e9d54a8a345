import Foundation
package import Mesh
package import Rasters

extension Project {
  package var archive: RainArchive { RainArchive(folder: workspace.rain) }

  /// The rain of the catalogue.
  package func rainSource() throws -> any RainSource { try catalogue.openRain(sources) }

  /// Brings the archive up to a day, and fills the reference period if the catalogue names one.
  ///
  /// - Parameters:
  ///   - day: The day wanted.
  ///   - asOf: The hour wanted, where it is not the last of the day.
  /// - Returns: The files the rain comes from.
  /// - Throws: `RainLack` when the source does not hold the day or has nothing yet of the hour.
  func updateArchive(through day: JSTDay, asOf: JSTHour? = nil) throws -> [String] {
    let source = try rainSource()
    let days = try daysNeeded(of: source, through: day, asOf: asOf)
    let report = try importRain(source, from: days.lowerBound, to: days.upperBound)
    let changed = (report?.daysNew.count ?? 0) + (report?.daysReplaced.count ?? 0)
    if changed > 0 { console.note("rain archive: \(changed) days imported") }
    return rainFiles
  }

  /// The files of the catalogue that the archive is made from.
  var rainFiles: [String] { catalogue.rain.map { $0.files + [$0.stations].compactMap { $0 } } ?? [] }

  /// The days of the source that a run about a day rests on.
  private func daysNeeded(
    of source: any RainSource, through day: JSTDay, asOf: JSTHour?
  ) throws(RainLack) -> ClosedRange<JSTDay> {
    if let asOf, let end = source.hours.last, asOf > end { throw .timeAfterRain(asOf, end: end) }
    guard let first = source.hours.first?.day, let last = source.hours.last?.day else {
      throw .noRain(day: day, archive: catalogue.path)
    }
    guard (first...last).contains(day) else { throw .dateOutsideRain(day: day, first: first, last: last) }
    return first...max(day, min(last, catalogue.reference?.last ?? day))
  }

  /// The days that a run would import first, and why.
  func rainToImport(for period: Period) throws -> [(day: JSTDay, condition: DerivedFile.Condition)] {
    let source = try rainSource()
    let days =
      switch period {
      case .day(let day): try daysNeeded(of: source, through: day, asOf: nil)
      case .asOf(let time, _, _): try daysNeeded(of: source, through: time.day, asOf: time)
      }
    let held = Set(source.hours.map(\.day))
    let cells = "\(store.cells)"
    return days.filter(held.contains).compactMap { day in
      let condition = rainDayFile(of: day, from: source, into: archive, at: cells).condition
      return condition == .fresh ? nil : (day, condition)
    }
  }

  /// The hours of a day at some cells, mm, from the archive; `nil` where it lacks the day.
  ///
  /// A day whose file is damaged is imported anew first.
  package func rain(of day: JSTDay, at cells: CellSet) throws -> CellStack<Float>? {
    func read(_ cells: CellSet) throws -> CellStack<Float>? {
      try mending(day) { try archive.rain(of: day, at: cells, threads: threads) }
    }
    return try dailyFiles.contents(of: archive.path(of: day), on: day, at: cells, read)
  }

  /// The hours of a day on a grid; see `rain(of:at:)`.
  package func rain(of day: JSTDay, on grid: MeshGrid) throws -> LayerStack<Float>? {
    try rain(of: day, at: CellSet(grid)).map { LayerStack(grid: grid, bands: 24, values: $0.values) }
  }

  /// Greatest distance of the day to the nearest reporting gauge, km; see `rain(of:at:)`.
  func gaugeDistance(of day: JSTDay) throws -> Layer<Float>? {
    try mending(day) { try archive.gaugeDistance(of: day, on: grid, kept: dailyFiles) }
  }

  private func mending<Value>(_ day: JSTDay, _ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch let error as RasterError where error.isUnusable {
      console.warn("\(archive.path(of: day)): damaged, \(day) is imported anew")
      _ = try importRain(try rainSource(), from: day, to: day, overwrite: true)
      // Of a day that the source no longer holds the damaged file stays, and this throws again.
      return try read()
    }
  }

  /// Fills the archive with the days the source holds; days that have not changed are left alone.
  ///
  /// - Parameters:
  ///   - source: From `rainSource()`.
  ///   - from: First day wanted; the source's first when `nil`.
  ///   - to: Last day wanted; the source's last when `nil`.
  ///   - overwrite: Writes unchanged days too.
  /// - Returns: What was done; `nil` when the source has no hour in the range.
  /// - Throws: What reading the source and writing the archive throw.
  package func importRain(
    _ source: any RainSource, from: JSTDay? = nil, to: JSTDay? = nil, overwrite: Bool = false
  ) throws -> RainImportReport? {
    guard let held = source.hours.first?.day, let last = source.hours.last?.day else { return nil }
    let (first, end) = (max(from ?? held, held), min(to ?? last, last))
    guard first <= end else { return nil }
    let console = console
    console.begin("rain of \(store.name), \(first) to \(end)")
    return try Pipeline.importRain(
      source, into: archive, from: first, through: end, at: store.cells, wanted: store.area, threads: threads,
      overwrite: overwrite
    ) { done, all in console.progress(Double(done) / Double(all)) }
  }
}

extension Catalogue {
  /// Opens the rain.
  func openRain(_ sources: RainSources) throws -> any RainSource {
    guard let rain else {
      throw CatalogueError.missingSection(path: path, section: "rain", purpose: "the rain archive")
    }
    return try sources.source(rain)
  }
}
