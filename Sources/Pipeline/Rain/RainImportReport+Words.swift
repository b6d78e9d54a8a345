import Rasters

extension RainImportReport {
  /// The import in a few lines for people.
  package var words: String {
    var lines = [
      "\(source), \(from) to \(through): \(hoursImported) hours; days new \(daysNew.count), replaced "
        + "\(daysReplaced.count), unchanged \(daysUnchanged.count), without data \(daysEmpty.count)"
    ]
    if let first = hoursMissing.first {
      lines.append("\(hoursMissing.count) hours missing, the first \(first)")
    }
    lines += RainIrregularity.summed(irregularities).map(\.sentence)
    return lines.joined(separator: "\n")
  }
}
