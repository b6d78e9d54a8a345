import Foundation

func exponential(_ x: Double) -> Double { exp(x) }

/// Φ(x).
func normalShare(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

/// Largest difference of a gradient from central differences, in units of its largest entry.
///
/// `gradient` has one entry a value; `step` is half the distance of the two values.
func gradientGap(
  _ values: inout [Float], step: Float = 1e-2, gradient: [Float], loss: ([Float]) -> Double
) -> Double {
  var worst = 0.0
  let size = max(gradient.reduce(0) { max($0, abs(Double($1))) }, 1e-3)
  for index in values.indices {
    let value = values[index]
    values[index] = value + step
    let above = loss(values)
    values[index] = value - step
    let below = loss(values)
    values[index] = value
    worst = max(worst, abs((above - below) / Double(2 * step) - Double(gradient[index])) / size)
  }
  return worst
}
