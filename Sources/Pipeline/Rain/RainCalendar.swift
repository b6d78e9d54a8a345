import Mesh
import Rasters

extension RainCheck {
  /// A calendar of gaps, month by month, weeks beginning on Monday: `·` a whole day, a number of missing hours, `--` no file.
  package var calendar: String {
    var lines: [String] = []
    var month = ""
    var row = ""
    for day in days {
      guard let date = JSTDay(day.date) else { continue }
      // 1970-01-01 was a Thursday.
      let weekday = (((date.daysSince1970 + 3) % 7) + 7) % 7
      let name = String(day.date.prefix(7))
      if name != month {
        if !row.isEmpty { lines.append(row) }
        if !month.isEmpty { lines.append("") }
        lines.append("\(name)  Mo  Tu  We  Th  Fr  Sa  Su")
        row = Self.margin + String(repeating: "    ", count: weekday)
        month = name
      } else if weekday == 0 {
        lines.append(row)
        row = Self.margin
      }
      let mark = day.source == nil ? "--" : day.missingHours == 0 ? "·" : "\(day.missingHours)"
      row += String(repeating: " ", count: 4 - mark.count) + mark
    }
    if !row.isEmpty { lines.append(row) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let margin = "       "

  /// The check in words: calendar, gaps, sources, suspicions.
  package var text: String {
    let all = days.count * 24
    var lines = [calendar]
    lines.append("\(all - missingHours) of \(all) hours; · whole day, number: hours missing, --: no file")
    for (name, count) in sources { lines.append("source \(name): \(count) days") }
    if let farthest = days.compactMap(\.farthestGauge).max() {
      lines.append("farthest from a reporting gauge: \(Int(saturating: farthest.rounded())) km")
    }
    lines += RainIrregularity.summed(findings).map(\.sentence)
    if suspicions.isEmpty, findings.isEmpty { lines.append("nothing suspicious") }
    for suspicion in suspicions.prefix(20) { lines.append(suspicion.sentence) }
    if suspicions.count > 20 { lines.append("and \(suspicions.count - 20) more (--json lists all)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RainCheck.Suspicion {
  /// One line for people.
  package var sentence: String {
    let place = cells == 1 ? "cell \(code)" : "\(cells) cells, worst \(code)"
    let amount = "\((value * 10).rounded() / 10) mm"
    return switch kind {
    case .negative: "\(time): negative rain, \(amount), \(place)"
    case .extreme: "\(time): \(amount) in an hour, \(place)"
    case .stuck: "\(time): the same \(amount) for six hours, \(place)"
    case .dryAmongWet: "\(time): dry while all neighbours had \(amount) or more, \(place)"
    }
  }
}
