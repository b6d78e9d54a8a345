import Evaluation
import Foundation
import Mesh
package import SoilWater

extension ModelFile {
  /// The network before any training (METHOD 3.2): the classifier is zero, so the risk is the physics through the
  /// skip, `z = b + a logit(clip(q))` with `a` = 0.5 and `b` = logit(prevalence) − a × mean logit(q).
  ///
  /// No sample shapes it, so all its numbers are conventions. Prevalence 2.5 % is METHOD 0.2's. The mean logit(q) is
  /// that of q = k^20 for a rank k evenly spread over 0.78 ... 1, the wettest 22 % of days, which is the share of rainy
  /// days in METHOD 8.5. Levels 2 to 5 begin where q reaches 0.5, 0.75, 0.9 and 0.97: by its rank alone a cell
  /// gets there on about 12, 5, 2 days a year and once in two years. No recall was measured.
  ///
  /// Where q has reached its end, a network that reads what a cell has survived goes on by how far SWI is beyond its record
  /// (METHOD 3.2): cells that would all be equal are told apart.
  ///
  /// `physics` is whatever an area is computed with (the figures above hold for the usual rank power); `seed` decides
  /// weights that show in no forecast until they are trained; `tool` is the program's name and version.
  package static func startState(
    shape: NetworkShape = .memory, physics: PhysicsSettings = PhysicsSettings(), seed: UInt64 = 0, tool: String
  ) -> ModelFile {
    var parameters = NetworkParameters(shape, seed: seed)
    let skip = parameters.skip ?? 0
    let bias = logit(startPrevalence) - Double(skip) * meanRainyDayLogit(rankPower: physics.criticalLine.rankPower)
    parameters["classifier.bias"] = [Float(bias)]
    if shape.physics == PhysicsVector.count { gradeBeyondRecord(&parameters) }
    let calibration = Calibration.identity(origin: "none: an untrained model has nothing to calibrate")
    let edges = startLevels.map { q in calibration.probability(of: Float(bias) + skip * Float(logit(q))) }
    var training = TrainingRecord.none(seed: seed)
    training.prevalence = startPrevalence
    let header = ModelHeader(
      method: Method.proposed.name, kind: .startState, title: Language.english.say(.startState),
      levels: Levels(
        edges: edges,
        origin: origin(physics),
        isMeasured: false),
      calibration: calibration, training: training, physics: physics, tool: tool)
    return ModelFile(
      header: header, payload: HybridNetwork(parameters: parameters, scaling: .unfitted).payload(.all))
  }

  /// Adds 2 n to the logit, n = ln((SWI + e)/(record + e)) up to a doubled record and a twentieth of that from there, where q is at
  /// its end; by two rectified units that stay 0 below it, `n - 10 (L - logit(q)/4.6)` and the same less ln 2.
  private static func gradeBeyondRecord(_ parameters: inout NetworkParameters) {
    let shape = parameters.shape
    let steepness: Float = 10
    let end = Float(logit(0.99) / 4.6)
    var (weight, bias) = (parameters["latent.weight"], parameters["latent.bias"])
    var classifier = parameters["classifier.weight"]
    for (unit, (threshold, slope)) in [(0, 2), (log(Float(2)), -1.9)].enumerated() {
      let row = unit * shape.joined
      for place in 0..<shape.joined { weight[row + place] = 0 }
      let physics = row + shape.joined - shape.physics
      weight[physics + PhysicsVector.scaledLogit] = steepness
      weight[physics + PhysicsVector.countOfDay + MemoryIndex.soilWater.rawValue] = 1
      bias[unit] = -steepness * end - threshold
      classifier[unit] = Float(slope)
    }
    (parameters["latent.weight"], parameters["latent.bias"]) = (weight, bias)
    parameters["classifier.weight"] = classifier
  }

  /// q at the lower edges of the levels 2 to 5.
  package static let startLevels = [0.5, 0.75, 0.9, 0.97]
  private static let startPrevalence = 0.025

  /// Why the levels begin there: the days a year on which the rank alone reaches each of them.
  private static func origin(_ physics: PhysicsSettings) -> String {
    let days = startLevels.map { 365 * (1 - pow($0, 1 / physics.criticalLine.rankPower)) }
    let words = days.map { String(format: $0 < 1 ? "%.1f" : "%.0f", $0) }
    return Language.english.say(.levelsOfStart, words[0], words[1], words[2], words[3])
  }

  /// Mean of logit(clip(k^power, .01, .99)) over k in 0.78 ... 1, by the midpoint rule.
  private static func meanRainyDayLogit(rankPower: Double) -> Double {
    let steps = 2_200
    let sum = (0..<steps).reduce(0.0) { sum, step in
      let rank = 0.78 + 0.22 * (Double(step) + 0.5) / Double(steps)
      return sum + logit(min(max(pow(rank, rankPower), 0.01), 0.99))
    }
    return sum / Double(steps)
  }
}

private func logit(_ p: Double) -> Double { log(p / (1 - p)) }
