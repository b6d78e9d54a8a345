import Foundation

/// The course of a learning rate over a run: a straight rise over the warm-up, then half a cosine to 0.
///
///     η(s) = η₀ (s + 1) / w                                  for s < w
///     η(s) = η₀ (1 + cos(π (s − w) / (n − w))) / 2           else
package struct LearningRate: Hashable, Sendable {
  /// `η₀`.
  package var peak: Double
  /// `w`, steps of the rise.
  package var warmUp: Int
  /// `n`, steps of the run.
  package var steps: Int

  package init(peak: Double, warmUp: Int, steps: Int) {
    self.peak = peak
    self.warmUp = warmUp
    self.steps = steps
  }

  /// Rate of step `s`, counted from 0.
  package func callAsFunction(_ step: Int) -> Double {
    guard step >= warmUp else { return peak * Double(step + 1) / Double(warmUp) }
    let share = Double(step - warmUp) / Double(max(steps - warmUp, 1))
    return peak * (1 + cos(.pi * min(share, 1))) / 2
  }
}
