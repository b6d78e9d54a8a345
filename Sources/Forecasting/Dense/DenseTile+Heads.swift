import Neural

extension DenseTile {
  /// Joins the branches of 24 cells and gives their logits, and what each group of inputs adds to them.
  func finish(
    _ block: Int, _ workspace: DenseWorkspace, wanted: UnsafeBufferPointer<Bool>, outputs: DenseOutputs
  ) {
    let lanes = min(laneCount, cells - block)
    let indices = (0..<lanes).map { areaIndex(block + $0) }
    guard indices.contains(where: { wanted[$0] }) else { return }
    joinStatics(block, workspace)
    joinRain(workspace, pooled: workspace.pooled.start + block * network.encoder.pooledCount)
    let physics = indices.map { inputs.physics[$0] }
    joinPhysics(physics, workspace)
    let full = logits(workspace, physics)
    for (lane, index) in indices.enumerated() where wanted[index] { outputs.logits[index] = full[lane] }

    guard let contributions = outputs.contributions else { return }
    for (band, group) in Driver.groups.enumerated() {
      let without: [Float]
      switch group {
      case .soilWater:
        let quiet = Array(repeating: PhysicsInput.quiet, count: lanes)
        joinPhysics(quiet, workspace)
        without = logits(workspace, quiet)
        joinPhysics(physics, workspace)
      case .rain:
        for (index, value) in network.dryPooled.enumerated() {
          (workspace.dryPooled.start + index * laneCount).update(repeating: value, count: laneCount)
        }
        joinRain(workspace, pooled: workspace.dryPooled.start)
        without = logits(workspace, physics)
        joinRain(workspace, pooled: workspace.pooled.start + block * network.encoder.pooledCount)
      case .ground:
        for (feature, value) in network.unknownGround.enumerated() {
          (workspace.joined.start + feature * laneCount).update(repeating: value, count: laneCount)
        }
        without = logits(workspace, physics)
        joinStatics(block, workspace)
      case .none: continue
      }
      let out = contributions + band * outputs.bandLength
      for (lane, index) in indices.enumerated() where wanted[index] { out[index] = full[lane] - without[lane] }
    }
  }

  private func joinStatics(_ block: Int, _ workspace: DenseWorkspace) {
    for feature in 0..<network.shape.staticFeatures {
      (workspace.joined.start + feature * laneCount).update(
        from: workspace.staticBranch.features.start + feature * stride + block, count: laneCount)
    }
  }

  /// The mean over the tokens from what the encoder left, shape `(feed + width, 24)`.
  private func joinRain(_ workspace: DenseWorkspace, pooled: UnsafePointer<Float>) {
    let shape = network.shape
    let rain = workspace.joined.start + shape.staticFeatures * laneCount
    rain.update(from: pooled + shape.feedWidth * laneCount, count: shape.width * laneCount)
    network.encoder.last(pooled, into: rain, .add)
  }

  private func joinPhysics(_ physics: [PhysicsInput], _ workspace: DenseWorkspace) {
    let shape = network.shape
    let start = workspace.joined.start + (shape.staticFeatures + shape.width) * laneCount
    for (lane, input) in physics.enumerated() {
      let values = input.features
      start[lane] = values.0
      start[laneCount + lane] = values.1
      start[2 * laneCount + lane] = values.2
      start[3 * laneCount + lane] = values.3
      start[4 * laneCount + lane] = values.4
      start[5 * laneCount + lane] = values.5
    }
  }

  private func logits(_ workspace: DenseWorkspace, _ physics: [PhysicsInput]) -> [Float] {
    network.latent(workspace.joined.start, into: workspace.hidden.start, .rectify)
    network.classifier(workspace.hidden.start, into: workspace.output.start)
    let plain = workspace.output.start
    guard let skip = network.skip else { return physics.indices.map { plain[$0] } }
    return physics.enumerated().map { plain[$0.offset] + skip * $0.element.logit }
  }
}
