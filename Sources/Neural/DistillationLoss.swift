import Foundation

/// Kullback-Leibler divergence of a predicted from a given probability of an event, and its derivative.
///
///     KL(q‖p) = q ln q + (1 − q) ln(1 − q) + softplus(z) − q z        p = σ(z)        dKL/dz = p − q
///
/// - Parameters:
///   - q: The teacher's probability, in 0...1; 0 ln 0 counts as 0.
///   - z: The student's logit.
/// - Returns: The divergence, >= 0 up to rounding, and its derivative by `z`.
/// - Source: METHOD.md 5.
package func distillationLoss(teacher q: Double, logit z: Double) -> (loss: Double, slope: Double) {
  func entropy(_ p: Double) -> Double { p > 0 ? p * log(p) : 0 }
  return (entropy(q) + entropy(1 - q) + softplus(z) - q * z, logistic(z) - q)
}
