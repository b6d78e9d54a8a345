import Neural

/// What a label costs a network: the loss of one logit, chosen by its name (`finetune.loss`).
package enum LabelLoss: String, CaseIterable, Sendable {
  /// Of Lin et al. 2017; METHOD 5.
  case focal
  /// Of Menon et al. 2021.
  case logitAdjusted = "logit-adjusted"

  /// The loss of a logit and its derivative, of a sample that is positive or not.
  package typealias OfLogit = @Sendable (_ z: Double, _ isPositive: Bool) -> (loss: Double, slope: Double)

  /// The loss with its numbers.
  ///
  /// - Parameters:
  ///   - settings: Its numbers.
  ///   - prevalence: Share of positives among the labelled training samples.
  /// - Returns: Loss and slope of a logit.
  func ofLogit(_ settings: FineTuningSettings, prevalence: Double) -> OfLogit {
    switch self {
    case .focal:
      let loss = FocalLoss(alpha: settings.focalAlpha, gamma: settings.focalGamma)
      return { loss($0, positive: $1) }
    case .logitAdjusted:
      let loss = LogitAdjustedLoss(prevalence: prevalence)
      return { loss($0, positive: $1) }
    }
  }
}
