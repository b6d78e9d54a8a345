extension Method {
  /// Every method there is (METHOD 6), label-free ones first.
  package static let all: [Method] = [
    earlyWarning,
    labelFree("soil-water", title: "largest SWI of the day") { $0.physics.soilWaterMaximum },
    labelFree("rank", title: "historical rank k") { $0.physics.rank },
    labelFree("earlier-rank", title: "rank of SWI among earlier days", needs: [.physics, .memory]) {
      $0.memory.soilWaterRank
    },
    labelFree("memory-rank", title: "rank of S2+S3 among earlier days", needs: [.physics, .memory]) {
      $0.memory.lowerTanksRank
    },
    labelFree("anomaly", title: "q = max(q_rbf, k^20)") { $0.physics.q },
    proposed,
    hybrid("without-rccl", title: "without RCCL (SupCon)") { $0.pretraining.loss = "supcon" },
    hybrid("rccl-a", title: "RCCL over all in the denominator") { $0.pretraining.loss = "rccl-a" },
    hybrid("without-pretraining", title: "without pre-training") { $0.pretraining.epochs = 0 },
    hybrid("without-sfa", title: "without SFA") { $0.finetuning.noiseWeight = 0 },
    hybrid("without-kd", title: "without KD") { $0.finetuning.distillation = 0 },
    hybrid("without-skip", title: "without skip") { $0.network.hasSkip = false },
  ]

  package static let names = all.map(\.name)

  /// The row of a name.
  /// - Throws: `unknownMethod` for a name that is in no row.
  package init(named name: String) throws(ForecastError) {
    guard let method = Self.all.first(where: { $0.name == name }) else {
      throw .unknownMethod(name, known: Self.names)
    }
    self = method
  }
}
