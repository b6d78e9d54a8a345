import Cartography
import Foundation
package import Mesh
import Rasters
import SoilWater

/// What `lsmap soilwater run` did.
package struct SoilWaterReport: Codable, Sendable, Equatable {
  package var area: String
  package var from: String
  package var through: String
  package var daysComputed: Int
  /// The day whose state the run went on from; empty tanks without one.
  package var startedFrom: String?
  /// File and time that the soil water began with; `nil` for empty tanks.
  package var warmStart: String?
  /// What `--warm-start` took now.
  package var started: WarmStartReport?
  /// Days the archive lacks.
  package var daysWithoutRain: [String]
  /// Days of which some cell is not valid: spin-up, or more than 24 hours missing in 240.
  package var invalidDays: [String]
  package var folder: String

  package var words: String {
    let start = startedFrom.map { "from the state of \($0)" } ?? "from empty tanks"
    var lines = ["\(area), \(from) to \(through): \(daysComputed) days, \(start)"]
    if let started {
      lines.append(started.words)
    } else if let warmStart {
      lines.append("soil water begins with \(warmStart)")
    }
    if let first = daysWithoutRain.first {
      lines.append("\(daysWithoutRain.count) days without rain, the first \(first)")
    }
    if let first = invalidDays.first, let last = invalidDays.last {
      lines.append("\(invalidDays.count) days not valid in some cell, \(first) to \(last)")
    }
    return (lines + [folder]).joined(separator: "\n")
  }

  package var hasGaps: Bool { !daysWithoutRain.isEmpty || !invalidDays.isEmpty }
}

extension Project {
  /// The days of the archive within a range.
  func archiveDays(from: JSTDay?, to: JSTDay?) throws -> (first: JSTDay, range: ClosedRange<JSTDay>) {
    guard let last = archive.days().last else {
      throw RainLack.noRain(day: to, archive: archive.folder)
    }
    let first = try soilWaterStart(by: last)
    let (low, high) = (max(from ?? first, first), min(to ?? last, last))
    guard low <= high else { throw RainLack.dateOutsideRain(day: from ?? high, first: first, last: last) }
    return (first, low...high)
  }

  /// Runs the tanks over days and writes their dated layers; finished days are not computed again.
  ///
  /// Layers of the working cells, so that an area of many islands needs no more than these.
  package func runSoilWater(
    from: JSTDay?, to: JSTDay?, withTanks: Bool, withHours: Bool
  ) throws -> SoilWaterReport {
    let (first, range) = try archiveDays(from: from, to: to)
    let run = try soilWaterRun(at: workingCells)
    var layers = SoilWaterLayers(folder: workspace.soilWater, cells: workingCells, threads: threads)
    layers.withTanks = withTanks
    layers.withHours = withHours
    let (archive, cells) = (archive, workingCells)
    let inside = cells.gather(self.cells.values[...])
    var (written, invalid, without): ([JSTDay], [JSTDay], [JSTDay]) = ([], [], [])
    func write(_ record: SoilWaterDay, _ state: SoilWaterState) throws {
      guard let day = record.day, range.contains(day) else { return }
      let worst = record.worstFlag { inside[$0] && record.flags[$0] != SoilWaterFlag.uncovered.rawValue }
      if worst == .invalid { invalid.append(day) }
      if !FileManager.default.fileExists(atPath: archive.path(of: day)) { without.append(day) }
      try layers.write(
        record, state, parameters: run.field.parameters, tags: [DerivedFile.keyTag: try layerFile(day, layers, run).key]
      )
      written.append(day)
    }
    let summary = try states(
      through: range.upperBound, keepingHours: { withHours && range.contains($0) }, onDay: write)
    // Days whose states were there, but not these layers of them.
    let stale = try range.filter { !(try isFresh($0, layers, run)) }
    if let start = stale.first, let end = stale.last {
      try mendStates(before: start, first: first)
      console.begin("layers of \(stale.count) days")
      _ = try run.run(
        start...end, coldStart: first, continuation: .beforeRange, storing: { _ in false },
        keepingHours: { _ in withHours }, rain: { try rain(of: $0, at: cells) },
        onDay: { record, state in
          guard let day = record.day, stale.contains(day) else { return }
          try write(record, state)
          console.progress(Double(start.distance(to: day)) / Double(max(1, start.distance(to: end))))
        })
    }
    console.end()
    return SoilWaterReport(
      area: area.name, from: "\(range.lowerBound)", through: "\(range.upperBound)", daysComputed: written.count,
      startedFrom: summary.startedFrom.map { "\($0)" }, warmStart: try warmStart()?.source,
      daysWithoutRain: without.sorted().map { "\($0)" },
      invalidDays: invalid.sorted().map { "\($0)" }, folder: layers.folder)
  }

  /// The layers of a day: they depend on all rain in the tanks and on what is wanted of them.
  private func layerFile(_ day: JSTDay, _ layers: SoilWaterLayers, _ run: SoilWaterRun) throws -> DerivedFile {
    DerivedFile(
      .soilWaterLayers, at: layers.path(of: day),
      from: [try history(of: day, in: run.store), "\(run.field.spinUpDays)", "\(layers.withTanks)"])
  }

  /// Whether the layers of a day are there and whole, of the rain and tanks as they are now, with all that is wanted.
  private func isFresh(_ day: JSTDay, _ layers: SoilWaterLayers, _ run: SoilWaterRun) throws -> Bool {
    let file = try layerFile(day, layers, run)
    guard file.condition == .fresh, Seal.isWhole(file.path) else { return false }
    return !layers.withHours || FileManager.default.fileExists(atPath: layers.hourlyPath(of: day))
  }

  /// Draws the snake line of a cell and day over the critical line, with rain and tanks in time.
  package func plotSoilWater(
    of cell: Mesh3Code, on day: JSTDay, to path: String, _ language: Language = .english
  ) throws {
    try writeAtomically(try soilWaterPlot(of: cell, on: day, language), to: path)
    console.end()
  }

  /// The same as the bytes of a PNG file.
  func soilWaterPlot(of cell: Mesh3Code, on day: JSTDay, _ language: Language) throws -> Data {
    guard cells[cell] == true else { throw RainLack.cellOutside(cell: cell, area: area.name) }
    let (first, _) = try archiveDays(from: nil, to: day)
    _ = try states(through: day)
    let (climatology, _) = try climatology(for: day...day)
    try mendStates(before: max(first, day.advanced(by: -SoilWaterPlotData.daysBefore)), first: first)
    let found = try soilWaterRun().plotData(
      of: cell, on: day, coldStart: first, climatology: climatology, rain: { try rain(of: $0, on: grid) })
    guard let data = found, let firstHour = data.hours.first else {
      throw RainLack.noRain(day: day, archive: archive.folder)
    }
    let contours = data.contours.map { line in
      SnakePlot.Contour(
        cover: line.level, points: zip(line.soilWater, line.rain).map { SIMD2(Double($0), Double($1)) })
    }
    let days = climatology.days
    let period = days.first.flatMap { first in
      days.last.map { language.say(.snakePast, "\(first)", "\($0)", "\(days.count)") }
    }
    var plot = SnakePlot(
      place: language.say(.snakeForPlace, language == .english ? area.name : area.title(in: language), "\(cell)"),
      day: day, firstHour: firstHour, rain: data.rain,
      soilWaterIndex: data.soilWater, tanks: data.tanks,
      contours: contours, criticalCover: data.criticalLine?.level,
      subtitle: [period, language.say(.snakeScore, rounded(data.anomaly, 2), rounded(data.rank, 3))].compactMap { $0 }
        .joined(separator: "; "))
    plot.language = language
    plot.palettes = catalogue.styles.palettes
    return drawSnakePlot(plot)
  }
}
