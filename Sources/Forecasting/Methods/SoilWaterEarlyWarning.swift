import Evaluation
package import Mesh

/// The method `swi-ews`: the score q_rbf + rank/1000 of METHOD 2.3, without any network.
///
/// q_rbf tells how far the worst hour of the day left the states that passed without a landslide; the rank only breaks
/// ties. The score is no calibrated probability. Unless thresholds from a split are given, the levels 2 to 5 begin at
/// the contours q_rbf = 0.1, 0.3, 0.5, 0.9: level 4 is the critical line that METHOD 2.4 takes without disasters.
package struct SoilWaterEarlyWarning: Forecaster {
  package let thresholds: ThresholdRecord

  package init(thresholds: ThresholdRecord = contours) { self.thresholds = thresholds }

  /// Levels by contours of the critical-line surface.
  package static let contours = ThresholdRecord(
    levels: [0.1, 0.3, 0.5, 0.9], origin: "not from a split: contours 0.1, 0.3, 0.5, 0.9 of the critical-line surface",
    isMeasured: false)

  package var method: ForecastMethod { .soilWaterEarlyWarning }
  package var title: String { "soil-water early warning (critical line), no network" }
  /// A cell is judged by its own physics.
  package var halo: Int { 0 }
  /// The rain is not read; the window is the usual network's, so that the gaps of both methods compare.
  package var windowHours: Int { 72 }

  package func forecast(
    _ inputs: NetworkInputs, wanted: Layer<Bool>? = nil, plan: DensePlan, drivers: Bool = false
  ) throws(ForecastError) -> RiskForecast {
    let physics = inputs.physics
    guard let unfamiliarity = physics.unfamiliarity else {
      throw .missingLayer(method: method.rawValue, layer: "q_rbf")
    }
    let scores = (0..<inputs.grid.count).map { cell -> Float in
      guard wanted?.values[cell] ?? true else { return .nan }
      return Self.score(unfamiliarity: unfamiliarity.values[cell], rank: physics.rank.values[cell])
    }
    let score = Layer(grid: inputs.grid, values: scores)
    // The tie-breaking rank may lift a score above 1 by a thousandth.
    let probability = score.map { $0 > 1 ? 1 : $0 }
    let edges = OperatingThresholds(levels: thresholds.levels)
    return RiskForecast(
      score: score, probability: probability, level: score.map(edges.level(of:)), drivers: nil, contributions: nil)
  }

  /// `q_rbf + 1e-3 k`; `NaN` when either is.
  package static func score(unfamiliarity: Float, rank: Float) -> Float { unfamiliarity + 1e-3 * rank }
}
