import Foundation
import Neural

/// A logistic regression on standardised inputs: what a network must beat to be worth its price.
///
///     z = b + Σⱼ wⱼ (xⱼ − meanⱼ) / deviationⱼ        least: Σᵢ softplus(−yᵢ zᵢ) + |w|²/2,  y = ±1
///
/// - Source: ours; scikit-learn's `LogisticRegression` with `C` = 1 after its `StandardScaler` is the same.
struct LogisticRegression: Sendable, Equatable, Codable {
  /// Names of the inputs, in their order.
  let inputs: [String]
  /// Of each input over the training samples.
  private(set) var means: [Double]
  private(set) var deviations: [Double]
  private(set) var weights: [Double]
  private(set) var bias: Double

  /// The logit of a sample, whose `values` are in the order of `inputs`.
  func logit(_ values: [Float]) -> Double {
    values.indices.reduce(bias) { $0 + weights[$1] * (Double(values[$1]) - means[$1]) / deviations[$1] }
  }

  /// Fits the weights by Newton steps from 0, halved where they overshoot: the loss is convex and the penalty bounds the
  /// weights, so a few arrive.
  ///
  /// - Parameters:
  ///   - rows: Shape `(samples, inputs)`, finite.
  ///   - labels: Shape `(samples)`; both classes occur.
  ///   - inputs: Names of the columns.
  init(fitting rows: [[Float]], labels: [Bool], inputs: [String]) {
    precondition(rows.count == labels.count && Set(labels).count == 2, "\(labels.count) labels of \(Set(labels)) only")
    let columns = inputs.indices.map { column in rows.map { Double($0[column]) } }
    let means = columns.map { $0.reduce(0, +) / Double($0.count) }
    let deviations = zip(columns, means).map { column, mean in
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      // An input that never changes tells nothing: as 0 in every sample it leaves its weight at 0.
      return variance > 1e-12 ? variance.squareRoot() : 1
    }
    // The last column, of ones, is the bias's.
    let scaled = rows.map { row in zip(row, zip(means, deviations)).map { (Double($0) - $1.0) / $1.1 } + [1] }
    var point = [Double](repeating: 0, count: inputs.count + 1)
    var loss = Self.loss(point, scaled, labels)
    search: while true {
      let step = Self.newtonStep(point, scaled, labels)
      for share in sequence(first: 1.0, next: { $0 > 1e-6 ? $0 / 2 : nil }) {
        let next = zip(point, step).map { $0 - share * $1 }
        let lower = Self.loss(next, scaled, labels)
        guard lower < loss else { continue }
        (point, loss) = (next, lower)
        continue search
      }
      break
    }
    self.inputs = inputs
    self.means = means
    self.deviations = deviations
    bias = point.removeLast()
    weights = point
  }

  private static func logit(_ row: [Double], _ point: [Double]) -> Double {
    row.indices.reduce(0) { $0 + row[$1] * point[$1] }
  }

  private static func loss(_ point: [Double], _ rows: [[Double]], _ labels: [Bool]) -> Double {
    let penalty = point.dropLast().reduce(0) { $0 + $1 * $1 } / 2
    return zip(rows, labels).reduce(penalty) { $0 + softplus(($1.1 ? -1 : 1) * logit($1.0, point)) }
  }

  /// The solution of `H step = gradient`: the second derivatives of the loss are positive definite, so that elimination
  /// needs no pivots.
  private static func newtonStep(_ point: [Double], _ rows: [[Double]], _ labels: [Bool]) -> [Double] {
    let size = point.count
    // H, and the gradient as a further column; the penalty spares the bias, the last row.
    var system = (0..<size).map { row in
      (0...size).map { row == size - 1 ? 0 : $0 == row ? 1 : $0 == size ? point[row] : 0 }
    }
    for (row, label) in zip(rows, labels) {
      let p = logistic(logit(row, point))
      for i in 0..<size {
        for j in 0..<size { system[i][j] += p * (1 - p) * row[i] * row[j] }
        system[i][size] += (p - (label ? 1 : 0)) * row[i]
      }
    }
    for pivot in 0..<size {
      for row in pivot + 1..<size {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in pivot...size { system[row][column] -= factor * system[pivot][column] }
      }
    }
    var step = [Double](repeating: 0, count: size)
    for row in (0..<size).reversed() {
      let known = (row + 1..<size).reduce(0) { $0 + system[row][$1] * step[$1] }
      step[row] = (system[row][size] - known) / system[row][row]
    }
    return step
  }

  /// What is wrong with a regression that was read; `nil` when it can be used.
  func flaw(wanting names: [String]) -> String? {
    guard inputs == names, [means, deviations, weights].allSatisfy({ $0.count == names.count }) else {
      return "other inputs than this lsmap computes"
    }
    guard (means + weights + [bias]).allSatisfy(\.isFinite), deviations.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return "a number that is not finite, or a deviation that is not above 0"
    }
    return nil
  }

  var words: String {
    "weights: " + zip(inputs, weights).map { "\($0) \(String(format: "%+.2f", $1))" }.joined(separator: ", ")
  }
}
