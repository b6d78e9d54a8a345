import Evaluation
import Foundation

extension EvaluationReport {
  /// The tables as a paper prints them, with the pictures that lie beside.
  var markdown: String {
    let head = """
      # \(title)

      Samples \(dataset), SHA-256 \(sha256).
      AP: area under precision and recall, equal scores as one threshold, mean over the test sides. In brackets 95 % intervals of
      resampled blocks of a region. Differences are paired, from the first row.
      """
    return ([head] + tables.map(\.markdown)).joined(separator: "\n\n") + "\n"
  }
}

extension EvaluationTable {
  fileprivate var markdown: String {
    let floor = unreachableAveragePrecision.map { ", no ranking below AP \(figure($0))" } ?? ""
    var lines = [
      "## \(scheme.title)",
      "",
      "\(sides) test sides, seeds \(seeds.map { "\($0)" }.joined(separator: ", ")), n \(samples), positive \(positives), "
        + "prevalence \(percent(prevalence))\(floor).",
      "",
      "| method | AP | P@\(percent(recall, unit: false)) | AP, difference | P@\(percent(recall, unit: false)), difference "
        + "| recall reached | Brier | calibration error |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += rows.map { row in
      let cells = [
        row.title, "\(figure(row.averagePrecision)) \(range(row.averagePrecisionInterval))",
        "\(figure(row.precisionAtRecall)) \(range(row.precisionAtRecallInterval))", signedRange(row.differenceInterval),
        signedRange(row.precisionDifferenceInterval), optional(row.achievedRecall), optional(row.brier),
        optional(row.calibrationError),
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    lines += [
      "", "![average precision](\(EvaluationPicture.bars.name(scheme)))",
      "![precision and recall](\(EvaluationPicture.curves.name(scheme)))",
      "![reliability](\(EvaluationPicture.reliability.name(scheme)))",
    ]
    return lines.joined(separator: "\n")
  }
}

private func optional(_ value: Double?) -> String { value.map { figure($0) } ?? "" }
private func signedRange(_ interval: ConfidenceInterval?) -> String {
  interval.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""
}
