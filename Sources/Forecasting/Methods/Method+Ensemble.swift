import Evaluation
import Statistics

extension Method {
  /// The setting that tells how the members' scores become logits; a payload without it is one model's.
  private static let membersKey = "members"

  private static func prefix(_ member: Int) -> String { "member\(member)." }

  /// Seeds of the members: the first has the run's own, so that an ensemble of one is the plain model.
  package static func memberSeeds(_ count: Int, of seed: UInt64) -> [UInt64] {
    (0..<count).map { member in
      guard member > 0 else { return seed }
      var stream = RandomStream(seed: seed, "member", .number(member))
      // Settings are JSON, whose numbers are exact below 2^53.
      return stream.next() >> 11
    }
  }

  /// Opens the payload of a model, or of an ensemble of them.
  /// - Throws: What is wrong with it.
  package func scorer(of payload: ModelPayload, path: String) throws(ForecastError) -> any RiskScorer {
    guard payload.settings[Self.membersKey] != nil else { return try open(payload, path) }
    let calibrations = try payload.value(Self.membersKey, as: [Calibration].self, path: path)
    guard (2...TrainingSettings.mostMembers).contains(calibrations.count), calibrations.allSatisfy({ $0.flaw == nil })
    else {
      throw .badMetadata(path: path, key: Self.membersKey, reason: "an ensemble of no members, or of useless ones")
    }
    var rest = payload
    rest.settings[Self.membersKey] = nil
    var ensemble: [EnsembleScorer.Member] = []
    for (member, calibration) in calibrations.enumerated() {
      let parts = rest.split(at: Self.prefix(member))
      rest = parts.rest
      ensemble.append(EnsembleScorer.Member(scorer: try open(parts.own, path), calibration: calibration))
    }
    try rest.requireNothingElse(path: path)
    return EnsembleScorer(ensemble: ensemble)
  }

  /// Learns once for each member of the settings' ensemble.
  ///
  /// - Parameter lesson: What is learnt from.
  /// - Returns: One a member.
  /// - Throws: `cannotTrain` where the method learns the same from every seed; what learning throws.
  func learnMembers(_ lesson: Lesson) throws -> [Learned] {
    let seeds = Self.memberSeeds(lesson.settings.statedMembers, of: lesson.settings.seed)
    var models: [Learned] = []
    for (member, seed) in seeds.enumerated() {
      var own = lesson.part(member, of: seeds.count, named: "")
      own.settings.seed = seed
      models.append(try learn(own))
      if member > 0, models[member].payload == models[0].payload {
        throw TrainingError.cannotTrain(
          reason:
            "\(name) learns the same from every seed, so that members would not differ; train it without --members")
      }
    }
    return models
  }

  /// The members in one model; a single one is itself.
  ///
  /// - Parameters:
  ///   - models: One a member.
  ///   - calibrations: What makes their scores logits, in the same order.
  /// - Returns: The model.
  static func joined(_ models: [Learned], calibrations: [Calibration]) -> Learned {
    guard models.count > 1 else { return models[0] }
    var payload = ModelPayload(settings: [membersKey: sortedJSON(calibrations)])
    for (member, model) in models.enumerated() { payload = payload.joined(by: model.payload, under: prefix(member)) }
    return Learned(
      payload: payload, recipe: "ensemble of \(models.count): \(models[0].recipe)", records: models[0].records)
  }
}
