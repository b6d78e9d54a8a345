import Foundation

func exponential(_ x: Double) -> Double { exp(x) }

/// Φ(x).
func normalShare(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

/// Largest difference of a gradient from central differences of a loss in Double, in units of its largest entry.
///
/// `gradient` has one entry a value. Half the distance of the two values is 1e-5: truncation and rounding of the
/// differences are both about 1e-10 of the loss, so what is left is the gradient's own error.
func gradientGap(_ values: [Double], gradient: [Float], loss: ([Double]) -> Double) -> Double {
  precondition(values.count == gradient.count, "\(gradient.count) slopes for \(values.count) values")
  let step = 1e-5
  var (worst, size) = (0.0, 1e-6)
  var moved = values
  for index in values.indices {
    moved[index] = values[index] + step
    let above = loss(moved)
    moved[index] = values[index] - step
    let below = loss(moved)
    moved[index] = values[index]
    let slope = (above - below) / (2 * step)
    size = max(size, abs(slope))
    worst = max(worst, abs(slope - Double(gradient[index])))
  }
  return worst / size
}
