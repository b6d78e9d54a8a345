import Neural

extension DenseTile {
  /// Joins the branches of 24 cells and gives their scores, and what each group of inputs adds to them.
  func finish(
    _ block: Int, _ workspace: DenseWorkspace, wanted: UnsafeBufferPointer<Bool>, outputs: DenseOutputs
  ) {
    let lanes = min(laneCount, cells - block)
    let indices = (0..<lanes).map { areaIndex(block + $0) }
    guard indices.contains(where: { wanted[$0] }) else { return }
    joinStatics(block, workspace)
    joinRain(block, workspace)
    let physics = indices.map { inputs.physics.input(at: $0) }
    joinPhysics(physics, workspace)
    let full = network.head.scores(workspace, physics)
    for (lane, index) in indices.enumerated() where wanted[index] { outputs.scores[index] = full[lane] }

    guard let contributions = outputs.contributions else { return }
    for (band, group) in Driver.groups.enumerated() {
      var without = full
      switch group {
      case .soilWater:
        let quiet = Array(repeating: CellPhysics.quiet, count: lanes)
        joinPhysics(quiet, workspace)
        without = network.head.scores(workspace, quiet)
        joinPhysics(physics, workspace)
      case .rain:
        guard joinDryRain(workspace) else { break }
        without = network.head.scores(workspace, physics)
        joinRain(block, workspace)
      case .ground:
        guard let ground = network.ground else { break }
        for (feature, value) in ground.unknown.enumerated() {
          (workspace.joined.start + feature * laneCount).update(repeating: value, count: laneCount)
        }
        without = network.head.scores(workspace, physics)
        joinStatics(block, workspace)
      case .none: continue
      }
      let out = contributions + band * outputs.bandLength
      for (lane, index) in indices.enumerated() where wanted[index] { out[index] = full[lane] - without[lane] }
    }
  }

  private func joinStatics(_ block: Int, _ workspace: DenseWorkspace) {
    guard let branch = workspace.staticBranch else { return }
    for feature in 0..<network.shape.staticFeatures {
      (workspace.joined.start + feature * laneCount).update(
        from: branch.features.start + feature * stride + block, count: laneCount)
    }
  }

  private func joinRain(_ block: Int, _ workspace: DenseWorkspace) {
    guard let rain = network.rain, let memory = workspace.rain else { return }
    join(rain, memory.pooled.start + block * rain.encoder.pooledCount, workspace)
  }

  /// The rain of a dry window; `false` for a network that reads none.
  private func joinDryRain(_ workspace: DenseWorkspace) -> Bool {
    guard let rain = network.rain, let memory = workspace.rain else { return false }
    for (index, value) in rain.dryPooled.enumerated() {
      (memory.dryPooled.start + index * laneCount).update(repeating: value, count: laneCount)
    }
    join(rain, memory.dryPooled.start, workspace)
    return true
  }

  /// The mean over the tokens from what the encoder left, shape `(feed + width, 24)`.
  private func join(_ rain: DenseRain, _ pooled: UnsafePointer<Float>, _ workspace: DenseWorkspace) {
    let shape = network.shape
    let means = workspace.joined.start + shape.staticFeatures * laneCount
    means.update(from: pooled + shape.feedWidth * laneCount, count: shape.width * laneCount)
    rain.encoder.last(pooled, into: means, .add)
  }

  private func joinPhysics(_ physics: [CellPhysics], _ workspace: DenseWorkspace) {
    let shape = network.shape
    let start = workspace.joined.start + (shape.joined - shape.physics) * laneCount
    for (lane, input) in physics.enumerated() {
      let own = Array(PhysicsVector.values(input.day, input.memory).prefix(shape.physics))
      for (place, value) in (scaling.physics?(own) ?? own).enumerated() { start[place * laneCount + lane] = value }
    }
  }
}

/// The physics of a cell with what it has survived; without a record, as a day like it.
struct CellPhysics {
  let day: PhysicsInput
  let memory: MemoryInput

  /// A day on which the physical model expects nothing.
  static let quiet = CellPhysics(day: .quiet, memory: .quiet)

  var isComplete: Bool { day.isComplete && memory.isComplete }
}

extension PhysicsLayers {
  func input(at index: Int) -> CellPhysics {
    CellPhysics(day: self[index], memory: memory?.values[index] ?? .none)
  }
}
