package import Mesh

/// Scores each cell by its own evidence: for every method that looks at nothing around.
package struct CellwiseScorer: RiskScorer {
  /// The method's name, for the error.
  let method: String
  /// Whether it reads what the cell has survived.
  let needsMemory: Bool
  package let words: String
  let score: @Sendable (CellEvidence) -> Float

  package init(
    method: String, words: String, needsMemory: Bool = false, score: @escaping @Sendable (CellEvidence) -> Float
  ) {
    self.method = method
    self.needsMemory = needsMemory
    self.words = words
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
    guard !needsMemory || physics.memory != nil else { throw .missingLayer(method: method, layer: "record") }
    let scores = (0..<inputs.grid.count).map { cell -> Float in
      guard wanted?.values[cell] ?? true else { return .nan }
      let own = physics[cell]
      let warning = SoilWaterEarlyWarning.score(unfamiliarity: unfamiliarity.values[cell], rank: own.rank)
      let memory = physics.memory?[cell] ?? MemoryInput.unknown
      guard own.isComplete, !warning.isNaN, !needsMemory || memory.isComplete else { return .nan }
      return score(CellEvidence(physics: own, earlyWarning: warning, memory: memory))
    }
    return RiskScores(scores: Layer(grid: inputs.grid, values: scores))
  }
}

extension Sample {
  /// What a cell-wise method reads of the sample.
  package var evidence: CellEvidence { CellEvidence(physics: physics, earlyWarning: earlyWarning, memory: memory) }
}
