import Foundation

// The operations of `Tape` once more, in Double and loops that follow the formulas; only forward. Central differences of
// these are what the gradients of the kernels are held against (METHOD.md 3.5).

/// A matrix in Double, row-major.
struct PlainMatrix {
  var rows: Int
  var columns: Int
  var values: [Double]

  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  init(rows: Int, columns: Int, _ value: (Int, Int) -> Double) {
    self.init(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { value($0 / columns, $0 % columns) })
  }

  func map(_ change: (Double) -> Double) -> PlainMatrix {
    PlainMatrix(rows: rows, columns: columns, values: values.map(change))
  }

  func times(_ factors: [Double]) -> PlainMatrix {
    PlainMatrix(rows: rows, columns: columns, values: zip(values, factors).map(*))
  }
}

enum Plain {
  static func sum(_ count: Int, _ term: (Int) -> Double) -> Double { (0..<count).reduce(0) { $0 + term($1) } }

  /// `w` holds `W (outputs, inputs)`, then `b`.
  static func linear(_ x: PlainMatrix, _ w: [Double], outputs: Int) -> PlainMatrix {
    PlainMatrix(rows: x.rows, columns: outputs) { row, output in
      w[outputs * x.columns + output] + sum(x.columns) { x[row, $0] * w[output * x.columns + $0] }
    }
  }

  /// `w` holds `W (outputs, inputs, 3, 3)`, then `b`; maps are channels last.
  static func convolve(_ x: PlainMatrix, _ w: [Double], edge: Int, inputs: Int, outputs: Int) -> PlainMatrix {
    let inner = edge - 2
    return PlainMatrix(rows: x.rows / (edge * edge) * inner * inner, columns: outputs) { place, output in
      let (map, row, column) = (place / (inner * inner), place / inner % inner, place % inner)
      return w[outputs * inputs * 9 + output]
        + sum(inputs * 9) { index in
          let (input, dy, dx) = (index / 9, index / 3 % 3, index % 3)
          return w[output * inputs * 9 + index] * x[(map * edge + row + dy) * edge + column + dx, input]
        }
    }
  }

  /// `w` holds the scales, then the shifts.
  static func normalise(_ x: PlainMatrix, _ w: [Double], epsilon: Double) -> PlainMatrix {
    let n = x.columns
    return PlainMatrix(rows: x.rows, columns: n) { row, column in
      let mean = sum(n) { x[row, $0] } / Double(n)
      let variance = sum(n) { (x[row, $0] - mean) * (x[row, $0] - mean) } / Double(n)
      return (x[row, column] - mean) / (variance + epsilon).squareRoot() * w[column] + w[n + column]
    }
  }

  static func gelu(_ x: PlainMatrix) -> PlainMatrix { x.map { $0 * normalShare($0) } }

  /// `mask` has a factor for each share, `(sequences, heads, length, length)`.
  static func attend(_ x: PlainMatrix, length: Int, heads: Int, mask: [Double]? = nil) -> PlainMatrix {
    let width = x.columns / 3
    let depth = width / heads
    return PlainMatrix(rows: x.rows, columns: width) { row, column in
      let (sequence, head, asking) = (row / length, column / depth, row % length)
      let scores = (0..<length).map { other in
        sum(depth) { x[row, head * depth + $0] * x[sequence * length + other, width + head * depth + $0] }
          / Double(depth).squareRoot()
      }
      let total = sum(length) { exp(scores[$0]) }
      return sum(length) { other in
        let place = ((sequence * heads + head) * length + asking) * length + other
        return exp(scores[other]) / total * (mask?[place] ?? 1) * x[sequence * length + other, 2 * width + column]
      }
    }
  }

  static func centreAndMean(_ x: PlainMatrix, edge: Int) -> PlainMatrix {
    let (pixels, n) = (edge * edge, x.columns)
    return PlainMatrix(rows: x.rows / pixels, columns: 2 * n) { map, column in
      column < n
        ? x[map * pixels + pixels / 2, column] : sum(pixels) { x[map * pixels + $0, column - n] } / Double(pixels)
    }
  }

  static func mean(_ x: PlainMatrix, length: Int) -> PlainMatrix {
    PlainMatrix(rows: x.rows / length, columns: x.columns) { sequence, column in
      sum(length) { x[sequence * length + $0, column] } / Double(length)
    }
  }

  static func sideBySide(_ parts: [PlainMatrix]) -> PlainMatrix {
    let rows = parts[0].rows
    return PlainMatrix(
      rows: rows, columns: parts.reduce(0) { $0 + $1.columns },
      values: (0..<rows).flatMap { row in
        parts.flatMap { $0.values[row * $0.columns..<(row + 1) * $0.columns] }
      })
  }

  static func add(_ a: PlainMatrix, _ b: PlainMatrix) -> PlainMatrix {
    PlainMatrix(rows: a.rows, columns: a.columns, values: zip(a.values, b.values).map(+))
  }

  static func unitLength(_ x: PlainMatrix) -> PlainMatrix {
    PlainMatrix(rows: x.rows, columns: x.columns) { row, column in
      x[row, column] / max(sum(x.columns) { x[row, $0] * x[row, $0] }.squareRoot(), 1e-8)
    }
  }

  /// Mean over the anchors of METHOD.md 4.1, straight from the formula.
  static func contrastive(
    _ z: PlainMatrix, kind: String, labels: [Bool], regions: [Int], temperature: Double
  ) -> Double {
    var losses: [Double] = []
    for i in 0..<z.rows {
      func similarity(_ j: Int) -> Double { sum(z.columns) { z[i, $0] * z[j, $0] } / temperature }
      let others = (0..<z.rows).filter { $0 != i }
      let positives = others.filter { labels[$0] == labels[i] && (kind == "supcon" || regions[$0] != regions[i]) }
      let negatives = others.filter { labels[$0] != labels[i] }
      guard !positives.isEmpty, !negatives.isEmpty else { continue }
      let below = kind == "rccl" ? negatives : positives + negatives
      let total = below.reduce(0) { $0 + exp(similarity($1)) }
      losses.append(log(total) - positives.reduce(0) { $0 + similarity($1) } / Double(positives.count))
    }
    return losses.reduce(0, +) / Double(losses.count)
  }
}
