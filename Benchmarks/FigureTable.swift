import Foundation

/// Figures as lines for a terminal: the work, the number, and what it is beside floor and peers.
enum FigureTable {
  static func text(_ title: String, _ figures: [Figure]) -> String {
    let rows = figures.flatMap { figure in
      [Row(name: figure.work, value: figure.value, unit: figure.unit.name, gain: "")]
        + figure.comparisons.map { row($0, of: figure) }
    }
    let name = rows.map(\.name.count).max() ?? 0
    let value = rows.map { number($0.value).count }.max() ?? 0
    let unit = rows.map(\.unit.count).max() ?? 0
    let lines = rows.map { row in
      [
        "  " + row.name.padding(toLength: name, withPad: " ", startingAt: 0),
        String(repeating: " ", count: value - number(row.value).count) + number(row.value),
        row.unit.padding(toLength: unit, withPad: " ", startingAt: 0), row.gain,
      ].joined(separator: "  ").trimmingTrailingSpaces
    }
    return ([title] + lines).joined(separator: "\n") + "\n"
  }

  private struct Row {
    let name: String
    let value: Double?
    let unit: String
    let gain: String
  }

  private static func row(_ comparison: Figure.Comparison, of figure: Figure) -> Row {
    let gain = comparison.value.map { other in
      let gain = figure.gain(over: other)
      return comparison.kind == .floor ? "\(Int((100 * gain).rounded())) % of it" : number(gain) + " times it"
    }
    let name = comparison.kind == .floor ? "floor: \(comparison.name)" : comparison.name
    return Row(
      name: "  " + name, value: comparison.value, unit: comparison.value == nil ? "" : figure.unit.name,
      gain: [gain, comparison.remark].compactMap { $0 }.joined(separator: ", "))
  }

  /// Three digits or more.
  static func number(_ value: Double?) -> String {
    guard let value else { return "" }
    let decimals = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 1 ? 2 : 3
    return String(format: "%.\(decimals)f", value)
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
