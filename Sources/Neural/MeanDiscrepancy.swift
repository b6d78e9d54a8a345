import Foundation

/// Widths of the kernels of `meanDiscrepancy`, in median distances.
private let kernelWidths = [0.1, 1, 10]

/// How far the distributions of groups of vectors lie apart: the squared maximum mean discrepancy, as the biased V-statistic,
/// averaged over the pairs of groups.
///
///     MMD²(A, B) = mean k(a, a′) + mean k(b, b′) − 2 mean k(a, b)
///     k(x, y) = Σ over f in {0.1, 1, 10} of exp(−‖x − y‖² / (2 (f m)²))
///
/// `m` is the median distance over all pairs of vectors, a constant for the gradient. Over `R` groups of `n_r` vectors the pair
/// (i, j) has the weight `2 / (R n_r²)` inside a group and `−2 / (n_r n_s R (R − 1))` between two.
///
/// - Parameters:
///   - x: Vectors, shape `(n, width)`.
///   - width: Length of a vector.
///   - groups: Group of each vector; at least two occur.
///   - gradient: Of the discrepancy by `x`, shape `(n, width)`; overwritten.
/// - Returns: The discrepancy; 0 where more than half of the pairs coincide, which gives no width.
/// - Source: Gretton et al. 2012; Li et al. 2018; METHOD.md 6.
package func meanDiscrepancy(_ x: [Float], width: Int, groups: [Int], gradient: inout [Float]) -> Double {
  let n = groups.count
  precondition(x.count == n * width && gradient.count == x.count, "\(x.count) values for \(n) vectors of \(width)")
  for index in gradient.indices { gradient[index] = 0 }
  let sizes = groups.reduce(into: [Int: Double]()) { $0[$1, default: 0] += 1 }
  let count = Double(sizes.count)
  precondition(count > 1, "a discrepancy of \(sizes.count) groups")
  let squares = squaredDistances(x, width: width, count: n)
  let median = (0..<n).flatMap { i in (0..<i).map { squares[i * n + $0] } }.sorted()[n * (n - 1) / 4].squareRoot()
  guard median > 0 else { return 0 }
  let own = groups.map { sizes[$0] ?? 1 }
  var total = 0.0
  var slopes = [Double](repeating: 0, count: n * n)
  for i in 0..<n {
    for j in 0..<n {
      let weight = groups[i] == groups[j] ? 2 / (count * own[i] * own[i]) : -2 / (own[i] * own[j] * count * (count - 1))
      for factor in kernelWidths {
        let square = (factor * median) * (factor * median)
        let kernel = exp(-squares[i * n + j] / (2 * square))
        total += weight * kernel
        // x_i stands in the pairs (i, j) and (j, i).
        slopes[i * n + j] -= 2 * weight * kernel / square
      }
    }
  }
  x.withUnsafeBufferPointer { x in
    var row = [Double](repeating: 0, count: width)
    for i in 0..<n {
      for c in 0..<width { row[c] = 0 }
      for j in 0..<n {
        let slope = slopes[i * n + j]
        for c in 0..<width { row[c] += slope * Double(x[i * width + c] - x[j * width + c]) }
      }
      for c in 0..<width { gradient[i * width + c] = Float(row[c]) }
    }
  }
  return total
}

/// `‖x_i − x_j‖²`, shape `(n, n)`.
private func squaredDistances(_ x: [Float], width: Int, count n: Int) -> [Double] {
  var squares = [Double](repeating: 0, count: n * n)
  x.withUnsafeBufferPointer { x in
    for i in 0..<n {
      for j in 0..<i {
        var sum = 0.0
        for c in 0..<width {
          let gap = Double(x[i * width + c] - x[j * width + c])
          sum += gap * gap
        }
        squares[i * n + j] = sum
        squares[j * n + i] = sum
      }
    }
  }
  return squares
}
