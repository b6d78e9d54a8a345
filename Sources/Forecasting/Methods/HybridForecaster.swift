import Evaluation
package import Mesh

/// The proposed method: a model file made ready to forecast.
package struct HybridForecaster: Forecaster {
  package let record: ModelRecord
  package let network: DenseNetwork

  package init(_ file: ModelFile) {
    record = file.record
    network = DenseNetwork(file.parameters)
  }

  package var method: ForecastMethod { .proposed }
  package var title: String { record.title }
  package var thresholds: ThresholdRecord { record.thresholds }
  package var halo: Int { network.shape.halo }
  package var windowHours: Int { network.shape.hours }

  package func forecast(
    _ inputs: NetworkInputs, wanted: Layer<Bool>? = nil, plan: DensePlan, drivers: Bool = false
  ) throws(ForecastError) -> RiskForecast {
    let (logits, contributions) = network.evaluate(
      inputs, scaling: record.scaling, wanted: wanted, plan: plan, contributions: drivers)
    let calibration = PlattCalibration(slope: record.calibration.slope, offset: record.calibration.offset)
    let probability = logits.map(calibration.probability(of:))
    let thresholds = OperatingThresholds(levels: record.thresholds.levels)
    return RiskForecast(
      score: logits, probability: probability, level: probability.map(thresholds.level(of:)),
      drivers: contributions.map(Driver.layer), contributions: contributions)
  }
}

extension PlattCalibration {
  /// The probability as it is written into layers and compared with thresholds; `NaN` for a `NaN`.
  package func probability(of logit: Float) -> Float { Float(probability(ofLogit: Double(logit))) }
}
