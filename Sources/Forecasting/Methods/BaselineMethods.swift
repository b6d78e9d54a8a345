extension Method {
  /// A network to compare with (METHOD 6): the trunk of the preset with the ground in it, trained end to end with the focal
  /// loss alone; `change` makes of it what it is.
  ///
  /// CTLGNet reads no physics. PGNN-0 reads q, which METHOD 6 has as a map: samples know the q of their own cell, and a map
  /// of one value everywhere says no more than the value itself beside the branches.
  ///
  /// - Parameters:
  ///   - name: As users name it.
  ///   - title: For tables.
  ///   - highestRate: Bounds the rate of the preset.
  ///   - change: Of the shape.
  /// - Returns: The row.
  static func baseline(
    _ name: String, title: String, highestRate: Double = 1,
    change: @escaping @Sendable (inout NetworkShape) -> Void
  ) -> Method {
    hybrid(name, title: title, needs: [.physics, .rain, .ground]) { settings in
      if !settings.network.readsGround { settings.network.staticWidths = settings.network.rainWidths }
      settings.network.physics = 0
      settings.network.hasSkip = false
      settings.branchDropout = 0
      settings.pretraining.epochs = 0
      settings.finetuning.noiseWeight = 0
      settings.finetuning.distillation = 0
      settings.finetuning.rate = min(settings.finetuning.rate, highestRate)
      settings.finetuning.teacher = DistillationTeacher.physics.rawValue
      change(&settings.network)
    }
  }

  static let ctlgnet = baseline("ctlgnet", title: "CTLGNet, 3 layers") { $0.layers = 3 }
  static let pgnn = baseline("pgnn-0", title: "PGNN-0") {
    $0.layers = 3
    $0.physics = 1
  }
  /// CTLGNet whose latent features are aligned over the regions (`AlignmentEpoch`).
  ///
  /// At the rate of the preset `proposed` the alignment drives all rectified latent features to 0, where regions agree and
  /// nothing is left to learn from; the paper's rate is the highest (METHOD 6).
  static let mmdAAE = baseline("mmd-aae", title: "MMD-AAE", highestRate: 1e-4) {
    $0.layers = 3
    $0.reconstruction = ReconstructionTargets.count(hours: $0.hours)
  }
}
