import Foundation

/// Turns a logit into a probability: `p = σ(A z + B)` with `A > 0`, so that the order of the scores stays.
///
/// - Source: Platt (1999) with his smoothed targets; Newton's method as Lin, Lin & Weng (2007); METHOD 7.3.
package struct Calibration: Hashable, Sendable, Codable {
  package let slope: Double
  package let offset: Double
  /// The held-out samples it was fitted to, in words; says so when none were.
  package let origin: String

  /// The least slope a fit may give; below it the scores would hardly differ any more.
  package static let leastSlope = 0.01

  /// - Precondition: `flaw` is `nil`.
  package init(slope: Double, offset: Double, origin: String) {
    self.slope = slope
    self.offset = offset
    self.origin = origin
    precondition(flaw == nil, flaw ?? "")
  }

  /// Leaves logits as they are.
  package static func identity(origin: String) -> Calibration { Calibration(slope: 1, offset: 0, origin: origin) }

  /// What cannot be true of a calibration that was read; `nil` when it can be used.
  package var flaw: String? {
    slope > 0 && slope.isFinite && offset.isFinite ? nil : "\(slope) z + \(offset) does not keep the order of scores"
  }

  /// Minimises the logistic loss against the targets `(N₊ + 1)/(N₊ + 2)` and `1/(N₋ + 2)` over `A >= leastSlope` and `B`.
  ///
  /// The loss is convex: where the free minimum has a smaller slope, the constrained one lies on the bound.
  ///
  /// - Parameters:
  ///   - logits: `z`, finite; shape `(n)`, `n > 0`.
  ///   - labels: Shape `(n)`.
  ///   - origin: What the samples are, in words.
  package init(fitting logits: [Double], labels: [Bool], origin: String) {
    precondition(logits.count == labels.count && !logits.isEmpty, "\(logits.count) logits, \(labels.count) labels")
    precondition(logits.allSatisfy(\.isFinite), "a logit is not finite")
    let positives = Double(labels.count { $0 })
    let negatives = Double(labels.count) - positives
    let high = (positives + 1) / (positives + 2)
    let low = 1 / (negatives + 2)
    let problem = LogisticFit(logits: logits, targets: labels.map { $0 ? high : low })
    let start = (slope: 1.0, offset: log((positives + 1) / (negatives + 1)))
    let free = problem.minimum(from: start, slopeIsFree: true)
    if free.slope >= Self.leastSlope {
      self.init(slope: free.slope, offset: free.offset, origin: origin)
    } else {
      let bound = problem.minimum(from: (Self.leastSlope, start.offset), slopeIsFree: false)
      self.init(slope: Self.leastSlope, offset: bound.offset, origin: origin)
    }
  }

  package func probability(ofLogit logit: Double) -> Double { sigmoid(slope * logit + offset) }

  /// The probability as it is written into layers and compared with the edges of levels; `NaN` for a `NaN`.
  package func probability(of logit: Float) -> Float { Float(probability(ofLogit: Double(logit))) }
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// `Σ log(1 + e^−|s|) + max(s, 0) − t s` with `s = A z + B`, minimised by Newton steps that are halved until they help.
private struct LogisticFit {
  let logits: [Double]
  let targets: [Double]

  func loss(_ at: (slope: Double, offset: Double)) -> Double {
    var sum = 0.0
    for (z, t) in zip(logits, targets) {
      let s = at.slope * z + at.offset
      sum += max(s, 0) - t * s + log1p(exp(-abs(s)))
    }
    return sum
  }

  func minimum(from start: (slope: Double, offset: Double), slopeIsFree: Bool) -> (slope: Double, offset: Double) {
    var now = start
    var best = loss(now)
    for _ in 0..<100 {
      var (gradientA, gradientB) = (0.0, 0.0)
      var (aa, ab, bb) = (1e-12, 0.0, 1e-12)
      for (z, t) in zip(logits, targets) {
        let p = sigmoid(now.slope * z + now.offset)
        let curvature = p * (1 - p)
        gradientA += (p - t) * z
        gradientB += p - t
        aa += curvature * z * z
        ab += curvature * z
        bb += curvature
      }
      if !slopeIsFree { (gradientA, ab) = (0, 0) }
      guard max(abs(gradientA), abs(gradientB)) > 1e-9 * Double(logits.count) else { break }
      let determinant = aa * bb - ab * ab
      let step = (
        slope: (bb * gradientA - ab * gradientB) / determinant, offset: (aa * gradientB - ab * gradientA) / determinant
      )
      // Away from the minimum a full step may overshoot: halve it until the loss falls.
      var share = 1.0
      var next = now
      var value = Double.infinity
      while share > 1e-10 {
        next = (now.slope - share * step.slope, now.offset - share * step.offset)
        value = loss(next)
        if value < best { break }
        share /= 2
      }
      guard value < best else { break }
      (now, best) = (next, value)
    }
    return now
  }
}
