/// The score of the soil-water early warning (METHOD 2.3).
///
/// q_rbf tells how far the worst hour of the day left the states that passed without a landslide; the rank only breaks
/// ties.
package enum SoilWaterEarlyWarning {
  /// `q_rbf + 1e-3 k`; `NaN` when either is.
  package static func score(unfamiliarity: Float, rank: Float) -> Float { unfamiliarity + 1e-3 * rank }
}
