import Foundation

extension RandomStream {
  /// Uniform in `0 ..< 1`, 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  package mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number below `bound`, without bias.
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "an index below \(bound)")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Normal, by the Box-Muller transform; one number of the pair is used, so the stream has no hidden state.
  package mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return mean + deviation * radius * cos(2 * .pi * uniform())
  }

  package mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }

  /// Gamma with `shape > 0`.
  /// - Source: Marsaglia & Tsang (2000); below shape 1 with their boost.
  package mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0, "gamma of shape \(shape)")
    guard shape >= 1 else { return gamma(shape: shape + 1, scale: scale) * pow(1 - uniform(), 1 / shape) }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = pow(1 + c * x, 3)
      guard v > 0 else { continue }
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v * scale }
    }
  }

  /// Shares that sum to 1, symmetric Dirichlet.
  package mutating func dirichlet(_ count: Int, concentration: Double) -> [Double] {
    let parts = (0..<count).map { _ in gamma(shape: concentration, scale: 1) }
    let total = parts.reduce(0, +)
    return total > 0 ? parts.map { $0 / total } : Array(repeating: 1 / Double(count), count: count)
  }

  /// Fisher-Yates.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for i in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(i, index(below: i + 1)) }
  }
}
