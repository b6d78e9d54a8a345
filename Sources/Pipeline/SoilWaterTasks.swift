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
      throw PredictionError.noRain(day: to ?? from ?? JSTDay(daysSince1970: 0), archive: archive.folder)
    }
    let first = try soilWaterStart(by: last)
    let (low, high) = (max(from ?? first, first), min(to ?? last, last))
    guard low <= high else { throw PredictionError.dateOutsideRain(day: from ?? high, first: first, last: last) }
    return (first, low...high)
  }

  /// Runs the tanks over days and writes their dated layers; finished days are not computed again.
  package func runSoilWater(
    from: JSTDay?, to: JSTDay?, withTanks: Bool, withHours: Bool
  ) throws -> SoilWaterReport {
    let (first, range) = try archiveDays(from: from, to: to)
    let summary = try states(through: range.upperBound)
    var layers = SoilWaterLayers(folder: workspace.soilWater, grid: grid)
    layers.withTanks = withTanks
    layers.withHours = withHours
    let run = try soilWaterRun()
    let archive = archive
    var invalid: [String] = []
    var without: [String] = []
    let wanted = range.filter {
      !FileManager.default.fileExists(atPath: layers.path(of: $0))
        || withHours && !FileManager.default.fileExists(atPath: layers.hourlyPath(of: $0))
        || summary.computed.contains($0)
    }
    let inside = cells.values
    if let start = wanted.first {
      console.begin("layers of \(wanted.count) days")
      _ = try run.run(
        start...range.upperBound, coldStart: first, continuation: .beforeRange, storing: false,
        keepingHours: { _ in withHours }, rain: { try archive.rain(of: $0, on: grid) },
        onDay: { record, state in
          guard let day = record.day, range.contains(day) else { return }
          let worst = record.worstFlag { inside[$0] && record.flags[$0] != SoilWaterFlag.uncovered.rawValue }
          if worst == .invalid { invalid.append("\(day)") }
          if !FileManager.default.fileExists(atPath: archive.path(of: day)) { without.append("\(day)") }
          try layers.write(record, state, parameters: run.field.parameters)
          console.progress(Double(start.distance(to: day)) / Double(max(1, start.distance(to: range.upperBound))))
        })
    }
    console.end()
    return SoilWaterReport(
      area: area.name, from: "\(range.lowerBound)", through: "\(range.upperBound)", daysComputed: wanted.count,
      startedFrom: summary.startedFrom.map { "\($0)" }, warmStart: try warmStart()?.source, daysWithoutRain: without,
      invalidDays: invalid,
      folder: layers.folder)
  }

  /// Draws the snake line of a cell and day over the critical line, with rain and tanks in time.
  package func plotSoilWater(of cell: Mesh3Code, on day: JSTDay, to path: String) throws {
    guard grid.index(of: cell) != nil else { throw PredictionError.cellOutside(cell: cell, area: area.name) }
    let (first, _) = try archiveDays(from: nil, to: day)
    _ = try states(through: day)
    let climatology = try climatology(for: day...day)
    let archive = archive
    let found = try soilWaterRun().plotData(
      of: cell, on: day, coldStart: first, climatology: climatology, rain: { try archive.rain(of: $0, on: grid) })
    guard let data = found, let firstHour = data.hours.first else {
      throw PredictionError.noRain(day: day, archive: archive.folder)
    }
    let contours = data.contours.map { line in
      SnakePlot.Contour(
        cover: line.level, points: zip(line.soilWater, line.rain).map { SIMD2(Double($0), Double($1)) })
    }
    let days = climatology.days
    let period = days.first.flatMap { first in days.last.map { "past rain \(first) to \($0), \(days.count) days" } }
    let plot = SnakePlot(
      place: "\(area.name), cell \(cell)", day: day, firstHour: firstHour, rain: data.rain, tanks: data.tanks,
      contours: contours, criticalCover: data.criticalLine?.level,
      subtitle: [period, "q = \(rounded(data.anomaly, 2)), rank \(rounded(data.rank, 3))"].compactMap { $0 }
        .joined(separator: "; "))
    try writeAtomically(drawSnakePlot(plot), to: path)
    console.end()
  }
}
