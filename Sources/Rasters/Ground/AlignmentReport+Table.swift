import Mesh
import Foundation

extension AlignmentReport {
  /// The report as text: a table, and under it what must be known about single layers.
  package var table: String {
    let head = ["layer", "source", "reference system", "cells", "cover", "range", "out", "unknown", "land"]
    var lines = [head]
    for entry in entries {
      let range = entry.minimum.flatMap { low in
        entry.maximum.map { high in "\(Self.short(low)) to \(Self.short(high))" }
      }
      lines.append([
        entry.layer,
        entry.source.map { ($0 as NSString).lastPathComponent } ?? "none",
        entry.referenceSystem.map { String($0.prefix(32)) } ?? "",
        "\(entry.cellsWithValue)/\(entry.cells)",
        percent(entry.meanCoverage),
        range ?? "",
        "\(entry.cellsOutOfRange)",
        entry.unknownCodes.isEmpty ? "0" : "\(entry.unknownCodes.count) codes",
        entry.meanLandShare.map(percent) ?? "",
      ])
    }
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = lines.map { line in
      zip(line, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
        .trimmingCharacters(in: .whitespaces)
    }
    for entry in entries where entry.source != nil {
      text.append("")
      text.append("\(entry.layer): \(entry.method)")
      if let datum = entry.datumStep {
        let accuracy = entry.accuracyMetres.map { ", within \(Self.short($0)) m" } ?? ""
        text.append("  datum: \(datum)\(accuracy)")
      }
      if entry.cellsBelowMinimumCoverage > 0 {
        text.append(
          "  \(entry.cellsBelowMinimumCoverage) cells covered less than \(percent(minimumCoverage)): left empty")
      }
      for line in entry.recognised { text.append("  noticed: \(line)") }
      for unknown in entry.unknownCodes.prefix(10) {
        text.append("  unknown code \(unknown.code): \(unknown.count) times")
      }
      if entry.unknownCodes.count > 10 { text.append("  and \(entry.unknownCodes.count - 10) more unknown codes") }
    }
    return text.joined(separator: "\n") + "\n"
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? "\(Int(saturating: number))" : "\((number * 100).rounded() / 100)"
  }
}

/// `12.5 %` of a share, for people.
func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
