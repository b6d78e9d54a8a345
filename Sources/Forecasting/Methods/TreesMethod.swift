extension Method {
  /// Boosted trees on the six inputs of METHOD 3.1; their score is the logit.
  static let trees = Method(
    "trees", title: "boosted trees on the physics", needs: [.physics],
    learn: { lesson in
      let picks = lesson.labelled
      try lesson.samples.requireBothClasses(of: picks)
      let (samples, settings) = (lesson.samples.samples, lesson.settings.trees)
      let names = PhysicsInput.featureNames
      let fitted = BoostedTrees(
        fitting: picks.map { samples[$0].physics.vector }, labels: picks.map { samples[$0].label == .landslide },
        inputs: names, rising: names.map { _ in false }, settings: settings)
      return Learned(
        payload: fitted.payload,
        recipe: "\(settings.count) trees of \(settings.leaves) leaves, logistic loss, rate \(settings.rate)")
    },
    open: { (payload, path) throws(ForecastError) in
      let fitted = try BoostedTrees(payload, wanting: PhysicsInput.featureNames, path: path)
      return CellwiseScorer(
        method: "trees", words: "\(fitted.roots.count) boosted trees, \(fitted.nodes.count) nodes"
      ) { Float(fitted.score($0.physics.vector)) }
    })
}
