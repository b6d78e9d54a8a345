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
    let kinds = Dictionary(grouping: irregularities, by: \.kind)
    for kind in RainIrregularity.Kind.allCases {
      guard let found = kinds[kind], let example = found.first else { continue }
      lines.append("\(kind.rawValue): \(found.count), as \(example.subject) in \(example.file)")
    }
    return lines.joined(separator: "\n")
  }
}
