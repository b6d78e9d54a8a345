import Foundation

/// Cross-entropy of a logit shifted by the odds of the prior, and its derivative: rare positives weigh as much as they
/// would in a set of equal halves, so that the logit ranks as the balanced classifier does.
///
/// With the prevalence π and `x = (2y − 1)(z + ln(π / (1 − π)))`:
///
///     L = softplus(−x)        dL/dz = −(2y − 1) σ(−x)
///
/// - Source: Menon et al. 2021, "Long-tail learning via logit adjustment".
package struct LogitAdjustedLoss: Hashable, Sendable {
  /// `ln(π / (1 − π))`.
  private let priorLogit: Double

  /// - Parameter prevalence: `π`, more than 0 and less than 1.
  package init(prevalence: Double) {
    precondition(prevalence > 0 && prevalence < 1, "a prevalence of \(prevalence)")
    priorLogit = log(prevalence / (1 - prevalence))
  }

  /// Loss and derivative with respect to the logit.
  package func callAsFunction(_ z: Double, positive: Bool) -> (loss: Double, slope: Double) {
    let x = positive ? z + priorLogit : -(z + priorLogit)
    let slope = logistic(-x)
    return (softplus(-x), positive ? -slope : slope)
  }
}
