extension Method {
  /// Every method there is (METHOD 6), label-free ones first.
  package static let all: [Method] = [
    earlyWarning,
    labelFree("soil-water", title: "largest SWI of the day") { $0.physics.soilWaterMaximum },
    labelFree("rank", title: "historical rank k") { $0.physics.rank },
    labelFree("anomaly", title: "q = max(q_rbf, k^20)") { $0.physics.q },
    labelFree("earlier-rank", title: "rank of SWI among earlier days", needsMemory: true) {
      $0.memory?.soilWaterRank ?? .nan
    },
    labelFree("memory-rank", title: "rank of S2+S3 among earlier days", needsMemory: true) {
      $0.memory?.lowerTanksRank ?? .nan
    },
    logistic("logistic", title: "logistic regression", inputs: PhysicsVector.count),
    logistic("logistic-without-memory", title: "logistic regression, no memory", inputs: PhysicsVector.countOfDay),
    trees("trees", title: "boosted trees", inputs: PhysicsVector.count),
    trees("trees-without-memory", title: "boosted trees, no memory", inputs: PhysicsVector.countOfDay),
    ctlgnet,
    oneClass("ctlgnet-ad", after: ctlgnet),
    baseline("ctlgnet-6", title: "CTLGNet, 6 layers") { $0.layers = 6 },
    pgnn,
    oneClass("pgnn-0-ad", after: pgnn),
    mmdAAE,
    oneClass("mmd-aae-ad", after: mmdAAE),
    proposed,
    hybrid("without-rccl", title: "without RCCL (SupCon)") { $0.pretraining.loss = "supcon" },
    hybrid("rccl-a", title: "RCCL over all in the denominator") { $0.pretraining.loss = "rccl-a" },
    hybrid("without-pretraining", title: "without pre-training") { $0.pretraining.epochs = 0 },
    hybrid("without-sfa", title: "without SFA") { $0.finetuning.noiseWeight = 0 },
    hybrid("without-kd", title: "without KD") { $0.finetuning.distillation = 0 },
    hybrid("without-skip", title: "without skip") { $0.network.hasSkip = false },
    hybrid("without-memory", title: "without memory") {
      $0.network.physics = min($0.network.physics, PhysicsVector.countOfDay)
    },
    hybrid("without-rain", title: "without the rain encoder") { $0.network.rainWidths = [] },
    hybrid("with-ground", title: "with static layers") {
      if !$0.network.readsGround { $0.network.staticWidths = $0.network.rainWidths }
    },
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
