/// Focal loss of one logit, and its derivative.
///
/// With `x = (2y − 1) z`, `p = σ(x)`, `α_t = α` for `y = 1`, else `1 − α`:
///
///     FL = α_t (1 − p)^γ softplus(−x)        dFL/dx = −α_t (1 − p)^γ (γ p softplus(−x) + 1 − p)
///
/// - Source: Lin et al. 2017; METHOD.md 5.
package struct FocalLoss: Hashable, Sendable {
  /// Weight of the positives, 0...1.
  package var alpha: Double
  /// Power that silences what is already right.
  package var gamma: Double

  package init(alpha: Double = 0.25, gamma: Double = 2) {
    self.alpha = alpha
    self.gamma = gamma
  }

  /// Loss and derivative with respect to the logit.
  package func callAsFunction(_ z: Double, positive: Bool) -> (loss: Double, slope: Double) {
    let x = positive ? z : -z
    let weight = (positive ? alpha : 1 - alpha) * power(logistic(-x), gamma)
    let surprise = softplus(-x)
    let slope = -weight * (gamma * logistic(x) * surprise + logistic(-x))
    return (weight * surprise, positive ? slope : -slope)
  }
}
