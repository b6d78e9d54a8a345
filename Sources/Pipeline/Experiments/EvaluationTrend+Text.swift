import Cartography
import Foundation

extension EvaluationTrend {
  func picture(_ scheme: EvaluationProtocol) -> String { "trend-\(quantity.rawValue)-\(scheme.rawValue).png" }

  /// A table a protocol: mean average precision and precision at the recall of the evaluations at each place.
  var markdown: String {
    let head = """
      # Average precision along \(quantity.title)

      Each cell: AP / P@\(percent(entries.first?.recall ?? 0.8, unit: false)), means over the evaluations at the place, in \
      brackets the lowest and the highest AP of several. Intervals of each evaluation stand in trend.csv.
      """
    return ([head] + schemes.map(table)).joined(separator: "\n\n") + "\n"
  }

  private func table(_ scheme: EvaluationProtocol) -> String {
    let places = values(scheme)
    var lines = [
      "## \(scheme.title)", "",
      "| method | " + places.map { String(format: "%g", $0) }.joined(separator: " | ") + " |",
      "| --- |" + String(repeating: " --- |", count: places.count),
    ]
    for method in methods(scheme) {
      let cells = places.map { cell(entries(scheme, method, at: $0)) }
      let title = entries.first { $0.row.method == method }?.row.title ?? method
      lines.append("| \(title) | " + cells.joined(separator: " | ") + " |")
    }
    return (lines + ["", "![average precision](\(picture(scheme)))"]).joined(separator: "\n")
  }

  private func cell(_ found: [Entry]) -> String {
    let areas = found.compactMap(\.row.averagePrecision)
    guard let low = areas.min(), let high = areas.max() else { return "" }
    let range = areas.count > 1 ? " [\(figure(low)) \(figure(high))]" : ""
    return "\(figure(mean(areas))) / \(figure(mean(found.compactMap(\.row.precisionAtRecall))))\(range)"
  }

  /// A line for each method of each evaluation.
  var csv: String {
    var lines = [
      "\(quantity.rawValue),protocol,method,average_precision,ap_low,ap_high,precision_at_recall,p_low,p_high,evaluation"
    ]
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for entry in entries {
      let row = entry.row
      let fields = [
        String(format: "%g", entry.value), entry.scheme.rawValue, row.method, number(row.averagePrecision),
        number(row.averagePrecisionInterval?.low), number(row.averagePrecisionInterval?.high),
        number(row.precisionAtRecall), number(row.precisionAtRecallInterval?.low),
        number(row.precisionAtRecallInterval?.high), quoted(entry.evaluation),
      ]
      lines.append(fields.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func plot(_ scheme: EvaluationProtocol) -> TrendPlot {
    let own = entries.filter { $0.scheme == scheme }
    let curves = methods(scheme).map { method in
      let singles = own.filter { $0.row.method == method }.compactMap { entry in
        entry.row.averagePrecision.map { SIMD2(entry.value, $0) }
      }
      let points = Set(singles.map(\.x)).sorted().compactMap { value in
        mean(singles.filter { $0.x == value }.map(\.y)).map { SIMD2(value, $0) }
      }
      return TrendPlot.Curve(
        name: own.first { $0.row.method == method }?.row.title ?? method, points: points, singles: singles)
    }
    return TrendPlot(
      title: scheme.title, subtitle: "\(Set(own.map(\.evaluation)).count) evaluations; lines: means, strokes: each",
      quantity: quantity.title, figure: "average precision", curves: curves)
  }

  package var words: String { markdown + folder }
}

private func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
