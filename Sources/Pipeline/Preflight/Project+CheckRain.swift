import Foundation
import Mesh
import Rasters

extension Project {
  /// The rain of a day and of the days before it that still count as gaps.
  ///
  /// - Parameter wanted: The day; the last whole one of the source when `nil`.
  /// - Returns: The check, the day and the source's first; `nil` where it could not be opened or does not hold the day.
  /// - Throws: An error that is no user's.
  func checkRain(of wanted: JSTDay?) throws -> (check: InputCheck, span: (first: JSTDay, day: JSTDay)?) {
    var span: (first: JSTDay, day: JSTDay)?
    let files = catalogue.rain.map { ($0.files + [$0.stations].compactMap { $0 }).joined(separator: ", ") }
    let check = try InputCheck.of("rain", files ?? catalogue.path) { check in
      console.begin("opening the rain")
      let source = try rainSource()
      check.unit = source.name
      guard let first = source.hours.first, let last = source.hours.last else {
        throw RainLack.noRain(day: wanted, archive: catalogue.path)
      }
      let age = (Int(Date().timeIntervalSince1970) - last.unixSeconds) / 3_600
      check.period = "\(first.words) to \(last.words)" + (age >= 48 ? " (\(age / 24) days ago)" : "")
      let chosen = wanted ?? last.lastWholeDay
      guard (first.day...last.day).contains(chosen) else {
        throw RainLack.dateOutsideRain(day: chosen, first: first.day, last: last.day)
      }
      span = (first.day, chosen)
      try judge(source, chosen, &check)
    }
    return (check, span)
  }

  /// What comes before a day: too few days for the tanks, or none to compare it with.
  ///
  /// - Parameters:
  ///   - day: The day.
  ///   - first: The first day of the source's rain.
  /// - Returns: Its check, under `past`.
  /// - Throws: An error that is no user's.
  func checkPast(of day: JSTDay, since first: JSTDay) throws -> InputCheck {
    try InputCheck.of("past", workspace.states) { check in
      if let valid = try firstValidDay(importing: first) {
        check.period = "soil water valid from \(valid) on"
        if day < valid { check.lack("soil water of \(day) is not valid: the empty tanks have not spun up") }
      }
      if try !hasPast(of: day...day, importing: first) {
        check.lack("no valid soil water of earlier days to compare \(day) with: the anomaly is 1 in every cell")
      }
    }
  }

  /// Hours that are missing, and what the gate says of the day's own.
  private func judge(_ source: any RainSource, _ day: JSTDay, _ check: inout InputCheck) throws {
    let held = Set(source.hours)
    let begin = max(day.advanced(by: -DoorFindings.gapDays), source.hours.first?.day ?? day)
    let missing = (begin...day).flatMap(\.hours).filter { !held.contains($0) && $0 >= source.hours[0] }
    if let first = missing.first {
      check.lack("\(missing.count) hours missing in the days to \(day), the first \(first.words)")
    }
    var findings = source.irregularities + source.irregularities(of: day)
    let cells = CellSet(area.cells)
    var empty = [Bool](repeating: false, count: cells.count)
    for (place, hour) in day.hours.enumerated() where held.contains(hour) {
      guard let field = try source.field(ending: hour, on: area.grid) else { continue }
      findings += field.findings
      for (cell, rain) in cells.gather(field.rain.values[...]).enumerated() where rain.isNaN { empty[cell] = true }
      console.progress(Double(place + 1) / 24)
    }
    let known = empty.count { !$0 }
    check.cover = "\(known)/\(cells.count) cells"
    if known < cells.count { check.lack("\(cells.count - known) cells lack an hour of \(day)") }
    for finding in RainIrregularity.summed(findings) {
      if finding.kind.isGap { check.lack(finding.sentence) } else { check.remarks.append(finding.sentence) }
    }
  }
}
