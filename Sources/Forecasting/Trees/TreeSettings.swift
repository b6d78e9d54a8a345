/// How boosted trees are grown.
package struct TreeSettings: Hashable, Sendable, Codable {
  /// Trees in the sum.
  package var count = 150
  /// Share of a tree's values that is added.
  package var rate = 0.05
  package var leaves = 15
  /// Least samples of a leaf.
  package var leastSamples = 20
  /// `λ`, weight of the squared values of the leaves.
  package var penalty = 1.0

  package init() {}

  /// Least sum of the second derivatives in a leaf: below it, its samples are decided already.
  static let leastCurvature = 1e-3

  /// What is wrong with the numbers; `nil` when trees can be grown.
  package var flaw: String? {
    guard (1...10_000).contains(count), (2...256).contains(leaves), leastSamples > 0 else {
      return "trees outside 1 ... 10000, leaves outside 2 ... 256, or leaves without samples"
    }
    guard rate > 0, rate <= 1, penalty >= 0, penalty.isFinite else {
      return "a rate of the trees outside 0 ... 1, or a penalty below 0"
    }
    return nil
  }
}
