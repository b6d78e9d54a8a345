package import Mesh
package import Neural

/// Scores each cell by its own evidence: for every method that looks at nothing around.
package struct CellwiseScorer: RiskScorer {
  /// The method's name, for the error.
  let method: String
  package let words: String
  /// Whether `score` reads what the cell has survived.
  let needsMemory: Bool
  let score: @Sendable (CellEvidence) -> Float

  package init(
    method: String, words: String, needsMemory: Bool = false, score: @escaping @Sendable (CellEvidence) -> Float
  ) {
    self.method = method
    self.words = words
    self.needsMemory = needsMemory
    self.score = score
  }

  package var halo: Int { 0 }
  /// The rain is not read; the window is the usual network's, so that the gaps of all methods compare.
  package var windowHours: Int { 72 }

  package func scores(
    _ inputs: ForecastInputs, wanted: Layer<Bool>?, plan: ForecastPlan, explains: Bool
  ) throws(ForecastError) -> RiskScores {
    let physics = inputs.physics
    guard let unfamiliarity = physics.unfamiliarity else { throw .missingLayer(method: method, layer: "q_rbf") }
    if needsMemory { try physics.requireMemory(of: method) }
    let scores = (0..<inputs.grid.count).map { cell -> Float in
      guard wanted?.values[cell] ?? true else { return .nan }
      let own = physics[cell]
      let warning = SoilWaterEarlyWarning.score(unfamiliarity: unfamiliarity.values[cell], rank: own.rank)
      let memory = physics.memory?.values[cell]
      guard own.isComplete, !warning.isNaN, !needsMemory || memory?.isComplete ?? false else { return .nan }
      return score(CellEvidence(physics: own, memory: memory, earlyWarning: warning))
    }
    return RiskScores(scores: Layer(grid: inputs.grid, values: scores))
  }

  package func scores(of picks: [Int], in samples: SampleSet, workers: Workers) -> [Double] {
    picks.map { Double(score(samples.samples[$0].evidence)) }
  }
}

extension Sample {
  /// What a cell-wise method reads of the sample.
  package var evidence: CellEvidence { CellEvidence(physics: physics, memory: memory, earlyWarning: earlyWarning) }
}

extension PhysicsLayers {
  /// - Throws: `missingLayer` where the record of the cells is not at hand.
  func requireMemory(of method: String) throws(ForecastError) {
    guard memory != nil else { throw .missingLayer(method: method, layer: "what each cell has survived") }
  }
}
