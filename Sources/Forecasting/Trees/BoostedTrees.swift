import Foundation
import Neural

/// Gradient-boosted trees on a row of inputs: `z = b + Σ over trees of the value of the leaf that the inputs reach`.
///
/// All trees stand in one list of nodes; the children of a node stand side by side behind it.
struct BoostedTrees: Sendable, Equatable {
  struct Node: Sendable, Equatable {
    /// Place of the input that decides; -1 in a leaf.
    let input: Int32
    /// Place of the left child, the right one follows; 0 in a leaf.
    let child: Int32
    /// The greatest value of the input that goes left; in a leaf, what it adds to the score.
    let number: Float

    static func leaf(_ value: Float) -> Node { Node(input: -1, child: 0, number: value) }
    static func split(input: Int, edge: Float, child: Int) -> Node {
      Node(input: Int32(input), child: Int32(child), number: edge)
    }
  }

  /// Names of the inputs, in their order.
  let inputs: [String]
  /// The score before any tree.
  let start: Double
  private(set) var nodes: [Node] = []
  /// Place of each tree's first node.
  private(set) var roots: [Int32] = []

  /// The logit of a sample, whose finite `values` are in the order of `inputs`.
  func score(_ values: [Float]) -> Double {
    roots.reduce(start) { sum, root in
      var place = Int(root)
      while nodes[place].input >= 0 {
        let node = nodes[place]
        place = Int(node.child) + (values[Int(node.input)] <= node.number ? 0 : 1)
      }
      return sum + Double(nodes[place].number)
    }
  }

  /// Boosts the logistic loss from the log odds of the labels; sums run in the order of the samples.
  ///
  /// - Parameters:
  ///   - rows: Shape `(samples, inputs)`, finite.
  ///   - labels: Shape `(samples)`; both classes occur.
  ///   - inputs: Names of the columns.
  ///   - rising: One flag an input: more of it must never lower the score.
  ///   - settings: Number, size and rate of the trees.
  init(fitting rows: [[Float]], labels: [Bool], inputs: [String], rising: [Bool], settings: TreeSettings) {
    precondition(rows.count == labels.count && Set(labels).count == 2, "\(labels.count) labels of \(Set(labels)) only")
    precondition(rising.count == inputs.count && settings.flaw == nil, "\(rising.count) flags; \(settings)")
    self.inputs = inputs
    start = logit(Double(labels.count { $0 }) / Double(labels.count))
    let growth = TreeGrowth(inputs: BinnedInputs(rows), rising: rising, settings: settings)
    var scores = [Double](repeating: start, count: rows.count)
    for _ in 0..<settings.count {
      let derivatives = zip(scores, labels).map { score, label in
        let p = logistic(score)
        return TreeGrowth.Derivatives(samples: 1, first: p - (label ? 1 : 0), second: p * (1 - p))
      }
      let tree = growth.grow(on: derivatives)
      for leaf in tree.leaves {
        for sample in leaf.samples { scores[sample] += Double(tree.nodes[leaf.node].number) }
      }
      let root = Int32(nodes.count)
      roots.append(root)
      nodes += tree.nodes.map {
        $0.input < 0 ? $0 : Node(input: $0.input, child: $0.child + root, number: $0.number)
      }
    }
  }
}

extension BoostedTrees {
  private static let tensors: Set = ["trees.root", "trees.input", "trees.child", "trees.number"]
  private static let settings: Set = ["inputs", "start"]

  /// The trees as tensors over all nodes: `trees.root` has a value a tree, the others one a node.
  var payload: ModelPayload {
    func integers(_ name: String, _ values: [Int32]) -> Tensor { Tensor(name, shape: [values.count], .int32(values)) }
    return ModelPayload(
      tensors: [
        integers("trees.root", roots), integers("trees.input", nodes.map(\.input)),
        integers("trees.child", nodes.map(\.child)),
        Tensor("trees.number", shape: [nodes.count], floats: nodes.map(\.number)),
      ], settings: ["inputs": sortedJSON(inputs), "start": sortedJSON(start)])
  }

  /// Reads a payload and checks all of it, so that every walk ends in a leaf.
  ///
  /// - Parameters:
  ///   - payload: Of a model file.
  ///   - names: The inputs that will be given.
  ///   - path: Its name, for the error.
  /// - Throws: The first thing that is wrong.
  init(_ payload: ModelPayload, wanting names: [String], path: String) throws(ForecastError) {
    inputs = try payload.value("inputs", as: [String].self, path: path)
    guard inputs == names else {
      throw .badMetadata(path: path, key: "inputs", reason: "other inputs than this lsmap computes")
    }
    start = try payload.value("start", as: Double.self, path: path)
    roots = try payload.integers("trees.root", path: path)
    let decisive = try payload.integers("trees.input", path: path)
    let children = try payload.integers("trees.child", path: path)
    let numbers = try payload.floats("trees.number", shape: [decisive.count], path: path)
    let count = Int32(decisive.count)
    guard children.count == decisive.count, roots.allSatisfy({ (0..<count).contains($0) }) else {
      throw .wrongShape(path: path, name: "trees.child", expected: [decisive.count], found: [children.count])
    }
    for place in decisive.indices where decisive[place] >= 0 {
      guard decisive[place] < names.count, children[place] > place, children[place] < count - 1 else {
        throw .badMetadata(path: path, key: "trees.child", reason: "node \(place) leads nowhere")
      }
    }
    nodes = decisive.indices.map { Node(input: decisive[$0], child: children[$0], number: numbers[$0]) }
    try payload.requireNothingElse(tensors: Self.tensors, settings: Self.settings, path: path)
  }
}
