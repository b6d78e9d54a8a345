/// Grows one regression tree on the derivatives of a loss, the best split first.
///
/// Samples whose first and second derivatives have the sums `G` and `H` share a leaf of value `v = −G / (H + λ)`, which
/// lowers the loss by `−(G v + (H + λ) v²/2)`. Where an input must not lower the score, the values right of a split stay
/// above those left of it: both sides keep to the middle of their values from then on.
///
/// - Source: Ke et al. (2017), LightGBM, and its bounds of monotone inputs ("basic"); also scikit-learn's
///   `HistGradientBoosting`.
struct TreeGrowth: Sendable {
  let inputs: BinnedInputs
  /// One flag an input: more of it never lowers the score.
  let rising: [Bool]
  let settings: TreeSettings

  /// Sums over samples.
  struct Derivatives: Sendable {
    var samples = 0
    var first = 0.0
    var second = 0.0

    static func += (sum: inout Derivatives, part: Derivatives) {
      sum.samples += part.samples
      sum.first += part.first
      sum.second += part.second
    }

    static func - (all: Derivatives, part: Derivatives) -> Derivatives {
      Derivatives(
        samples: all.samples - part.samples, first: all.first - part.first, second: all.second - part.second)
    }
  }

  /// A leaf that may still be split.
  struct Leaf {
    let node: Int
    let samples: [Int]
    let value: Double
    let bounds: ClosedRange<Double>
    let split: Split?
  }

  struct Split {
    var gain: Double
    let input: Int
    /// Samples up to this bin go left.
    let bin: Int
    let left: Derivatives
    let right: Derivatives
  }

  /// The tree with its leaves.
  ///
  /// - Parameter derivatives: Of the loss by the score of each sample; shape `(samples)`.
  /// - Returns: The nodes, places counted from the tree's root, and the samples of each leaf.
  func grow(on derivatives: [Derivatives]) -> (nodes: [BoostedTrees.Node], leaves: [Leaf]) {
    let all = derivatives.reduce(into: Derivatives()) { $0 += $1 }
    var nodes = [BoostedTrees.Node.leaf(0)]
    var leaves = [leaf(0, Array(derivatives.indices), all, within: -.infinity ... .infinity, derivatives)]
    while leaves.count < settings.leaves {
      let open = leaves.indices.compactMap { place in leaves[place].split.map { (place: place, split: $0) } }
      guard let (place, split) = open.max(by: { $0.split.gain < $1.split.gain }) else { break }
      let parent = leaves.remove(at: place)
      let child = nodes.count
      nodes[parent.node] = .split(input: split.input, edge: inputs.edges[split.input][split.bin], child: child)
      nodes += [.leaf(0), .leaf(0)]
      let (column, last) = (inputs.bins[split.input], UInt8(split.bin))
      let middle = (value(of: split.left, within: parent.bounds) + value(of: split.right, within: parent.bounds)) / 2
      let (low, high) = (parent.bounds.lowerBound, parent.bounds.upperBound)
      let isBound = rising[split.input]
      leaves.append(
        leaf(
          child, parent.samples.filter { column[$0] <= last }, split.left,
          within: low...(isBound ? middle : high), derivatives))
      leaves.append(
        leaf(
          child + 1, parent.samples.filter { column[$0] > last }, split.right,
          within: (isBound ? middle : low)...high, derivatives))
    }
    for leaf in leaves { nodes[leaf.node] = .leaf(Float(settings.rate * leaf.value)) }
    return (nodes, leaves)
  }

  private func leaf(
    _ node: Int, _ samples: [Int], _ sums: Derivatives, within bounds: ClosedRange<Double>, _ derivatives: [Derivatives]
  ) -> Leaf {
    let value = value(of: sums, within: bounds)
    return Leaf(
      node: node, samples: samples, value: value, bounds: bounds,
      split: bestSplit(samples, sums, value: value, within: bounds, derivatives))
  }

  private func value(of sums: Derivatives, within bounds: ClosedRange<Double>) -> Double {
    min(max(-sums.first / (sums.second + settings.penalty), bounds.lowerBound), bounds.upperBound)
  }

  /// What a leaf of this value takes from the loss.
  private func benefit(_ value: Double, of sums: Derivatives) -> Double {
    -value * (sums.first + (sums.second + settings.penalty) * value / 2)
  }

  /// The first of the splits with the greatest gain; `nil` where none gains anything.
  private func bestSplit(
    _ samples: [Int], _ sums: Derivatives, value own: Double, within bounds: ClosedRange<Double>,
    _ derivatives: [Derivatives]
  ) -> Split? {
    let least = settings.leastSamples
    guard samples.count >= 2 * least else { return nil }
    let before = benefit(own, of: sums)
    var best: Split?
    for (input, edges) in inputs.edges.enumerated() {
      let column = inputs.bins[input]
      var histogram = [Derivatives](repeating: Derivatives(), count: edges.count + 1)
      for sample in samples { histogram[Int(column[sample])] += derivatives[sample] }
      var left = Derivatives()
      for bin in edges.indices {
        left += histogram[bin]
        let right = sums - left
        guard right.samples >= least else { break }
        guard left.samples >= least, min(left.second, right.second) >= TreeSettings.leastCurvature else { continue }
        let (low, high) = (value(of: left, within: bounds), value(of: right, within: bounds))
        guard !rising[input] || low <= high else { continue }
        let gain = benefit(low, of: left) + benefit(high, of: right) - before
        if gain > best?.gain ?? 0 { best = Split(gain: gain, input: input, bin: bin, left: left, right: right) }
      }
    }
    return best
  }
}
