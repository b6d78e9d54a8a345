package import Mesh

/// The methods of `predict --method`.
package enum ForecastMethod: String, CaseIterable, Sendable {
  /// The hybrid network of METHOD 3.
  case proposed
  /// The soil-water early warning of METHOD 2.3 alone.
  case soilWaterEarlyWarning = "swi-ews"
}

/// The risk of one day in every cell of a grid.
package struct RiskForecast: Sendable {
  /// The method's own scale: logit `z` of the network, score of the early warning; `NaN` without a forecast.
  package let score: Layer<Float>
  /// 0 ... 1; `NaN` without a forecast.
  package let probability: Layer<Float>
  /// 1 ... 5, METHOD 7.3; 0 without a forecast.
  package let level: Layer<UInt8>
  /// `Driver` of each cell, 0 without a forecast; `nil` when not asked for or the method has none.
  package let drivers: Layer<UInt8>?
  /// What each group of `Driver.groups` adds to the logit.
  package let contributions: LayerStack<Float>?
}

/// A method that turns a day's inputs into risk: a further one is one more conforming type.
package protocol Forecaster: Sendable {
  var method: ForecastMethod { get }
  /// What maps call the model, kind included.
  var title: String { get }
  /// Lower edges of the levels 2 to 5 on `RiskForecast.probability`, and where they come from.
  var thresholds: ThresholdRecord { get }

  /// Cells around the forecast ones that `NetworkInputs` must reach.
  var halo: Int { get }
  /// Hours of rain that `NetworkInputs` must have; whole days. The soil water at its start is the physics'.
  var windowHours: Int { get }

  /// - Parameters:
  ///   - inputs: Layers of the day and their halo.
  ///   - wanted: Cells that need a forecast; `nil` for all.
  ///   - plan: Threads and tiles; they change no bit.
  ///   - drivers: Whether to say which input speaks for each cell.
  /// - Returns: The forecast; nothing where a cell is not wanted or its physics is incomplete.
  /// - Throws: `missingLayer` when the method needs an input that is not there.
  func forecast(
    _ inputs: NetworkInputs, wanted: Layer<Bool>?, plan: DensePlan, drivers: Bool
  ) throws(ForecastError) -> RiskForecast
}
