/// The scores from which on the levels 2 to 5 hold, tied to the recall on held-out samples.
///
/// Each is the largest threshold with its recall. Where few positives make two of them meet, the lower one is lowered by
/// one `Float` step, which costs no recall; so they always increase, also in the `Float` layers they are compared with.
/// - Source: METHOD 7.3.
package struct OperatingThresholds: Hashable, Sendable {
  /// Recalls of levels 2, 3, 4, 5.
  package static let recalls = [0.95, 0.9, 0.8, 0.5]

  /// Lower edges of levels 2, 3, 4, 5.
  package let levels: [Float]

  /// - Precondition: Four increasing thresholds.
  package init(levels: [Float]) {
    precondition(levels.count == 4 && zip(levels, levels.dropFirst()).allSatisfy(<), "thresholds \(levels)")
    self.levels = levels
  }

  /// `nil` without positives.
  package init?(_ curve: PrecisionRecallCurve) {
    let largest = Self.recalls.compactMap { curve.firstPoint(atRecall: $0)?.threshold }
    guard largest.count == Self.recalls.count else { return nil }
    var levels = largest.map { threshold in
      let nearest = Float(threshold)
      return Double(nearest) > threshold ? nearest.nextDown : nearest
    }
    for level in (0..<levels.count - 1).reversed() where levels[level] >= levels[level + 1] {
      levels[level] = levels[level + 1].nextDown
    }
    self.levels = levels
  }

  package var recall80: Float { levels[2] }
  package var recall50: Float { levels[3] }

  /// Level 1 ... 5 of a score; 0 for `NaN`.
  package func level(of score: Float) -> UInt8 {
    guard !score.isNaN else { return 0 }
    return levels.reduce(1) { $0 + (score >= $1 ? 1 : 0) }
  }
}
