import Foundation

/// A loss on unit vectors that draws some pairs together and drives others apart.
package enum ContrastiveLoss: String, Sendable, CaseIterable {
  /// Region-conditional, negatives alone below the line (eq. 1 as printed).
  case rccl
  /// Region-conditional, positives and negatives below the line.
  case rcclAll = "rccl-a"
  /// Supervised contrastive, regions ignored (Khosla et al., L_out).
  case supcon
}

/// Value and gradient of a contrastive loss, and how many anchors took part.
package struct ContrastiveResult {
  package var loss: Double
  package var anchors: Int
  /// The loss of each anchor; `NaN` for one that was skipped.
  package var perAnchor: [Double]
}

extension ContrastiveLoss {
  /// Mean over the anchors that have a positive and a negative, with `s_ij = z_i · z_j`:
  ///
  ///     L_i = −1/|pos(i)| Σ over pos(i) of s_ip/τ + ln Σ over below(i) of exp(s_ia/τ)
  ///
  /// | | pos(i) | below(i) |
  /// | --- | --- | --- |
  /// | `rccl` | same class, another region | other class |
  /// | `rccl-a` | the same | pos(i) and other class |
  /// | `supcon` | same class | all others |
  ///
  /// Same class and same region is neither in the first two. The logarithm is taken after the largest term.
  ///
  /// - Parameters:
  ///   - z: Unit vectors, shape `(n, width)`.
  ///   - width: Length of a vector.
  ///   - labels: Class of each vector.
  ///   - regions: Region of each vector.
  ///   - temperature: `τ`.
  ///   - gradient: `dL/dz`, shape `(n, width)`; overwritten.
  /// - Returns: The loss (0 when no anchor took part) and the anchors.
  /// - Source: METHOD.md 4.1.
  package func callAsFunction(
    _ z: [Float], width: Int, labels: [Bool], regions: [Int], temperature: Double, gradient: inout [Float]
  ) -> ContrastiveResult {
    let n = labels.count
    precondition(z.count == n * width && regions.count == n, "\(z.count) values for \(n) labels")
    let z = z.map(Double.init)
    let similarity = similarities(z, width: width, count: n)
    var slopes = [Double](repeating: 0, count: n * n)
    var result = ContrastiveResult(loss: 0, anchors: 0, perAnchor: Array(repeating: .nan, count: n))
    for i in 0..<n {
      let others = (0..<n).filter { $0 != i }
      let positives = others.filter { labels[$0] == labels[i] && (self == .supcon || regions[$0] != regions[i]) }
      let negatives = others.filter { labels[$0] != labels[i] }
      guard !positives.isEmpty, !negatives.isEmpty else { continue }
      let below = self == .rccl ? negatives : positives + negatives
      let top = below.reduce(-Double.infinity) { max($0, similarity[i * n + $1]) }
      let total = below.reduce(0) { $0 + exp((similarity[i * n + $1] - top) / temperature) }
      let pull = positives.reduce(0) { $0 + similarity[i * n + $1] } / Double(positives.count)
      let loss = (top - pull) / temperature + log(total)
      result.perAnchor[i] = loss
      result.loss += loss
      result.anchors += 1
      for p in positives { slopes[i * n + p] -= 1 / (Double(positives.count) * temperature) }
      for a in below { slopes[i * n + a] += exp((similarity[i * n + a] - top) / temperature) / (total * temperature) }
    }
    if result.anchors > 0 { result.loss /= Double(result.anchors) }
    addSlopes(slopes, z, width: width, anchors: max(result.anchors, 1), to: &gradient)
    return result
  }

  private func similarities(_ z: [Double], width: Int, count n: Int) -> [Double] {
    var similarity = [Double](repeating: 0, count: n * n)
    z.withUnsafeBufferPointer { z in
      for i in 0..<n {
        for j in 0...i {
          var sum = SIMD4<Double>.zero
          for c in stride(from: 0, to: width, by: 4) {
            sum += z.four(at: i * width + c, of: width - c) * z.four(at: j * width + c, of: width - c)
          }
          similarity[i * n + j] = sum.sum()
          similarity[j * n + i] = similarity[i * n + j]
        }
      }
    }
    return similarity
  }

  /// `dL/dz_i = 1/anchors Σ_j (D_ij + D_ji) z_j`, `D` the slopes by the similarities.
  private func addSlopes(_ slopes: [Double], _ z: [Double], width: Int, anchors: Int, to gradient: inout [Float]) {
    let n = z.count / width
    var row = [Double](repeating: 0, count: n)
    for i in 0..<n {
      for j in 0..<n { row[j] = (slopes[i * n + j] + slopes[j * n + i]) / Double(anchors) }
      z.withUnsafeBufferPointer { z in
        for c in stride(from: 0, to: width, by: 4) {
          var sum = SIMD4<Double>.zero
          for j in 0..<n { sum += row[j] * z.four(at: j * width + c, of: width - c) }
          for lane in 0..<min(4, width - c) { gradient[i * width + c + lane] = Float(sum[lane]) }
        }
      }
    }
  }
}

extension UnsafeBufferPointer<Double> {
  /// Four values, 0 beyond the first `count`.
  @inline(__always)
  fileprivate func four(at place: Int, of count: Int) -> SIMD4<Double> {
    guard count < 4 else { return SIMD4(self[place], self[place + 1], self[place + 2], self[place + 3]) }
    var values = SIMD4<Double>.zero
    for lane in 0..<count { values[lane] = self[place + lane] }
    return values
  }
}
