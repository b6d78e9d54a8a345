extension Method {
  /// The regression on leading inputs of `PhysicsVector`; its score is the logit.
  static func logistic(_ name: String, title: String, inputs count: Int) -> Method {
    let names = Array(PhysicsVector.names.prefix(count))
    let needsMemory = count > PhysicsVector.countOfDay
    return Method(
      name, title: title, needs: needsMemory ? [.physics, .memory] : [.physics],
      learn: { lesson in
        let picks = lesson.labelled
        try lesson.samples.requireBothClasses(of: picks)
        let samples = picks.map { lesson.samples.samples[$0] }
        let fitted = LogisticRegression(
          fitting: samples.map { $0.evidence.vector(count) }, labels: samples.map { $0.label == .landslide },
          inputs: names)
        return Learned(payload: ModelPayload(settings: ["logistic": sortedJSON(fitted)]), recipe: "logistic loss, C 1")
      },
      open: { (payload, path) throws(ForecastError) in
        let fitted = try payload.value("logistic", as: LogisticRegression.self, path: path)
        if let flaw = fitted.flaw(wanting: names) { throw .badMetadata(path: path, key: "logistic", reason: flaw) }
        try payload.requireNothingElse(settings: ["logistic"], path: path)
        return CellwiseScorer(method: name, words: fitted.words, needsMemory: needsMemory) {
          Float(fitted.logit($0.vector(count)))
        }
      })
  }
}
