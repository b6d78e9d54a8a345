import Cartography
import Foundation
import Rasters

/// What several evaluations are laid along.
package enum TrendQuantity: String, CaseIterable, Codable, Sendable {
  /// Years of earlier days that every sample has.
  case record
  /// Regions of the samples.
  case regions
  /// Cells by which the rain was displaced.
  case displacement

  var title: String {
    switch self {
    case .record: "years on record before the first sample"
    case .regions: "regions"
    case .displacement: "cells that the rain was displaced"
    }
  }

  func value(of report: EvaluationReport) -> Double {
    switch self {
    case .record: (Double(report.recordDays) / 365.25 * 10).rounded() / 10
    case .regions: Double(report.regions)
    case .displacement: Double(report.rainDisplacement ?? 0)
    }
  }
}

/// How the figures of methods move from evaluation to evaluation. Evaluations at one place, of several seeds, are averaged.
package struct EvaluationTrend: Codable, Sendable, Equatable {
  /// One method of one evaluation.
  package struct Entry: Codable, Sendable, Equatable {
    package var evaluation: String
    package var title: String
    package var value: Double
    package var scheme: EvaluationProtocol
    package var row: EvaluationRow
    /// The table's.
    package var recall: Double
  }

  package var quantity: TrendQuantity
  package var entries: [Entry]
  package var folder: String

  init(_ reports: [(folder: String, report: EvaluationReport)], along quantity: TrendQuantity, folder: String) {
    self.quantity = quantity
    self.folder = folder
    entries = reports.flatMap { place, report in
      report.tables.flatMap { table in
        table.rows.map { row in
          Entry(
            evaluation: place, title: report.title, value: quantity.value(of: report), scheme: table.scheme, row: row,
            recall: table.recall)
        }
      }
    }
  }

  /// Protocols that any evaluation has, in the order of their kinds.
  var schemes: [EvaluationProtocol] {
    EvaluationProtocol.allCases.filter { scheme in entries.contains { $0.scheme == scheme } }
  }

  /// The places on the axis, rising.
  func values(_ scheme: EvaluationProtocol) -> [Double] {
    Set(entries.filter { $0.scheme == scheme }.map(\.value)).sorted()
  }

  /// Names of the methods, in the order they first occur.
  func methods(_ scheme: EvaluationProtocol) -> [String] {
    var names: [String] = []
    for entry in entries where entry.scheme == scheme && !names.contains(entry.row.method) {
      names.append(entry.row.method)
    }
    return names
  }

  /// The entries of a method at a place.
  func entries(_ scheme: EvaluationProtocol, _ method: String, at value: Double) -> [Entry] {
    entries.filter { $0.scheme == scheme && $0.row.method == method && $0.value == value }
  }
}

/// Lays the tables of several evaluations along a quantity and writes `trend.md`, `trend.csv`, `trend.json` and a picture a
/// protocol.
///
/// - Parameters:
///   - folders: What `lsmap evaluate` wrote, at least two.
///   - quantity: What they differ in.
///   - out: Folder for the files.
/// - Returns: What was found.
/// - Throws: `RasterError` for a folder without a readable evaluation, and what writing throws.
package func trend(of folders: [String], along quantity: TrendQuantity, to out: String) throws -> EvaluationTrend {
  let reports = try folders.map { folder -> (folder: String, report: EvaluationReport) in
    let path = "\(folder)/evaluation.json"
    let data = try PlainFile.contents(path)
    guard let report = try? JSONDecoder().decode(EvaluationReport.self, from: data) else {
      throw RasterError.malformed(
        path: path, reason: "it is no evaluation of this version",
        remedy: "run `lsmap evaluate` into its folder again: finished trainings are kept")
    }
    return (folder, report)
  }
  let trend = EvaluationTrend(reports, along: quantity, folder: out)
  for scheme in trend.schemes {
    try writeAtomically(drawTrend(trend.plot(scheme)), to: "\(out)/\(trend.picture(scheme))")
  }
  try writeAtomically(Data(trend.markdown.utf8), to: "\(out)/trend.md")
  try writeAtomically(Data(trend.csv.utf8), to: "\(out)/trend.csv")
  try writeAtomically(try JSONText.data(trend), to: "\(out)/trend.json")
  return trend
}
