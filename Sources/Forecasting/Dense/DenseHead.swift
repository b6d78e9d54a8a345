import Neural

/// What a dense network makes of the joined features of 24 cells: an optional rectified map, a linear one, and how its
/// outputs are read.
struct DenseHead: Sendable {
  enum Reading: Sendable {
    /// The only output is the logit, to which the skip adds `a` logit(q).
    case logit(skip: Float?)
    /// The squared length of the outputs, in units.
    case squaredLength(unit: Float)
  }

  let hidden: LaneLinear?
  let output: LaneLinear
  let reading: Reading

  /// The classifier on the latent layer.
  init(_ parameters: NetworkParameters) {
    hidden = parameters.laneLinear("latent")
    output = parameters.laneLinear("classifier")
    reading = .logit(skip: parameters.skip)
  }

  /// The distance from days without a landslide; the centre is taken off as a bias.
  init(_ head: OneClassHead) {
    hidden =
      head.hidden.isEmpty
      ? nil : LaneLinear(weight: head.hidden, bias: [Float](repeating: 0, count: head.hidden.count / head.features))
    output = LaneLinear(weight: head.map, bias: head.centre.map { -$0 })
    reading = .squaredLength(unit: head.unit)
  }

  /// The scores of as many cells as have a physics.
  func scores(_ workspace: DenseWorkspace, _ physics: [CellPhysics]) -> [Float] {
    let out = workspace.output.start
    if let hidden {
      hidden(workspace.joined.start, into: workspace.hidden.start, .rectify)
      output(workspace.hidden.start, into: out)
    } else {
      output(workspace.joined.start, into: out)
    }
    switch reading {
    case .logit(nil): return physics.indices.map { out[$0] }
    case .logit(let skip?): return physics.enumerated().map { out[$0.offset] + skip * $0.element.day.logit }
    case .squaredLength(let unit):
      return physics.indices.map { lane in
        (0..<output.outputs).reduce(Float(0)) { $0 + out[$1 * laneCount + lane] * out[$1 * laneCount + lane] } / unit
      }
    }
  }
}
