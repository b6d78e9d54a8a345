import SoilWater

/// The physics of a cell and day as learners read it: six inputs of the day, then eight of what the cell has survived.
///
/// `[q, logit(q)/4.6, k, SWI/200, R60/50, SWI at the window's start/200, n_SWI, n_S2, n_S3, n_S2+S3, n_R24, n_R72, n_E72,
/// n_E144]`: about −1 ... 1 without being standardised, the last eight −3 ... 8.
/// - Source: METHOD.md 3.1.
package enum PhysicsVector {
  /// Names of the inputs, in order.
  package static let names =
    ["q", "logit(q)/4.6", "rank", "swi maximum/200", "hourly rain maximum/50", "swi at window start/200"]
    + MemoryIndex.allCases.map { "n \($0.name)" }
  /// Place of logit(q)/4.6.
  package static let scaledLogit = 1
  /// Inputs of the day alone, which come first.
  package static let countOfDay = 6
  package static let count = names.count

  /// The inputs of a cell and day, `count` of them in the order of `names`; `NaN` where the cell has none.
  package static func values(_ physics: PhysicsInput, _ memory: MemoryInput) -> [Float] {
    let day = physics.features
    return [day.0, day.1, day.2, day.3, day.4, day.5] + MemoryIndex.allCases.map { memory[$0] }
  }
}
