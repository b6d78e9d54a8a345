extension Method {
  /// Boosted trees on leading inputs of `PhysicsVector`; their score is the logit. To be further beyond what was survived
  /// never lowers it.
  static func trees(_ name: String, title: String, inputs count: Int) -> Method {
    let names = Array(PhysicsVector.names.prefix(count))
    let needsMemory = count > PhysicsVector.countOfDay
    return Method(
      name, title: title, needs: needsMemory ? [.physics, .memory] : [.physics],
      learn: { lesson in
        let picks = lesson.labelled
        try lesson.samples.requireBothClasses(of: picks)
        let samples = picks.map { lesson.samples.samples[$0] }
        let settings = lesson.settings.trees
        if let flaw = settings.flaw { throw TrainingError.cannotTrain(reason: flaw) }
        let fitted = BoostedTrees(
          fitting: samples.map { $0.evidence.vector(count) }, labels: samples.map { $0.label == .landslide },
          inputs: names, rising: names.indices.map { $0 >= PhysicsVector.countOfDay }, settings: settings)
        return Learned(
          payload: fitted.payload,
          recipe: "\(settings.count) trees of \(settings.leaves) leaves, logistic loss, rate \(settings.rate)")
      },
      open: { (payload, path) throws(ForecastError) in
        let fitted = try BoostedTrees(payload, wanting: names, path: path)
        let words = "\(fitted.roots.count) boosted trees, \(fitted.nodes.count) nodes"
        return CellwiseScorer(method: name, words: words, needsMemory: needsMemory) {
          Float(fitted.score($0.vector(count)))
        }
      })
  }
}
