import Foundation
import Neural
import Testing

@testable import Forecasting

struct BoostedTreesTests {
  private static let rows = TabularFixture.rows(120)
  private static let settings: TreeSettings = {
    var settings = TreeSettings()
    (settings.count, settings.rate, settings.leaves, settings.leastSamples) = (8, 0.3, 5, 6)
    return settings
  }()

  private func fitted(rising: [Bool] = [false, false, false]) -> BoostedTrees {
    BoostedTrees(
      fitting: Self.rows, labels: TabularFixture.labels(120), inputs: ["a", "b", "c"], rising: rising,
      settings: Self.settings)
  }

  /// `HistGradientBoostingClassifier` of scikit-learn 1.9 with the same settings on the same samples; its derivatives are
  /// single precision.
  @Test(arguments: [
    (false, [-3.1962849, 2.0874204, 0.655221, 0.0537507], -178.94956),
    (true, [-3.0533756, 1.7753145, 0.2118383, -0.3304251], -174.25777),
  ])
  func `scores are those of scikit-learn`(isRising: Bool, first: [Double], sum: Double) {
    let trees = fitted(rising: [isRising, false, false])
    let scores = Self.rows.map(trees.score)
    #expect(zip(scores, first).allSatisfy { abs($0 - $1) < 1e-3 })
    let total: Double = scores.reduce(0, +)
    #expect(abs(total - sum) < 0.1)
  }

  @Test func `a rising input never lowers the score`() {
    let (free, bound) = (fitted(), fitted(rising: [true, false, false]))
    func falls(_ trees: BoostedTrees) -> Bool {
      Self.rows.contains { row in
        let scores = stride(from: Float(-1), through: 1, by: 0.01).map { trees.score([$0, row[1], row[2]]) }
        return zip(scores, scores.dropFirst()).contains { $0 > $1 }
      }
    }
    #expect(falls(free) && !falls(bound))
  }

  @Test func `values on both sides of an edge go their own way, neighbouring numbers too`() {
    let rows: [[Float]] = (0..<40).map { [$0 < 20 ? 1 : Float(1).nextUp] }
    let trees = BoostedTrees(
      fitting: rows, labels: (0..<40).map { $0 >= 20 }, inputs: ["a"], rising: [false], settings: Self.settings)
    #expect(trees.score([1]) < 0 && trees.score([Float(1).nextUp]) > 0)
  }

  @Test func `more values than bins share the bins evenly`() {
    let inputs = BinnedInputs((0..<1_000).map { [Float(($0 * 617) % 1_000), 3] })
    #expect(inputs.edges[0].count == BinnedInputs.most - 1 && inputs.edges[1].isEmpty)
    let counts = inputs.bins[0].reduce(into: [UInt8: Int]()) { $0[$1, default: 0] += 1 }
    #expect(counts.count == BinnedInputs.most && counts.values.allSatisfy { (3...5).contains($0) })
  }

  @Test func `a payload gives the same trees, and one whose nodes lead nowhere is refused`() throws {
    let trees = fitted()
    let payload = trees.payload
    #expect(try BoostedTrees(payload, wanting: ["a", "b", "c"], path: "model") == trees)
    #expect(throws: ForecastError.self) { try BoostedTrees(payload, wanting: ["a", "b"], path: "model") }
    for child in [0, Int32(trees.nodes.count - 1), -1] {
      var damaged = payload
      let place = try #require(damaged.tensors.firstIndex { $0.name == "trees.child" })
      var children = try #require(damaged.tensors[place].integers)
      children[0] = child
      damaged.tensors[place] = Tensor("trees.child", shape: [children.count], .int32(children))
      #expect(throws: ForecastError.badMetadata(path: "model", key: "trees.child", reason: "node 0 leads nowhere")) {
        try BoostedTrees(damaged, wanting: ["a", "b", "c"], path: "model")
      }
    }
  }
}
