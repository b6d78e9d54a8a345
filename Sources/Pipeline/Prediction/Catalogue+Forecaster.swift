import Foundation
import Forecasting
import Rasters
import Statistics

/// A method ready to forecast, and what the manifest says of it.
struct ChosenForecaster {
  let forecaster: any Forecaster
  /// The model file; `nil` for the built-in start state and for methods without one.
  let path: String?
  let hash: String
}

extension Catalogue {
  /// The method that is asked for, with the request's model, else the catalogue's, else the built-in start state.
  /// - Throws: `otherPhysics` for a model that learnt from another q than the catalogue's settings give.
  func forecaster(_ method: ForecastMethod, model: String?) throws -> ChosenForecaster {
    switch method {
    case .soilWaterEarlyWarning:
      return ChosenForecaster(forecaster: SoilWaterEarlyWarning(), path: nil, hash: "")
    case .proposed:
      guard let path = model ?? self.model else {
        let start = ModelFile.startState(physics: physics, tool: "lsmap \(ToolVersion.text)")
        return ChosenForecaster(
          forecaster: HybridForecaster(start), path: nil, hash: SHA256.hexadecimal(of: start.encoded()))
      }
      guard let data = FileManager.default.contents(atPath: path) else { throw RasterError.notFound(path: path) }
      let file = try ModelFile(reading: data, path: path)
      let differences = file.record.physics.differences(from: physics)
      guard differences.isEmpty else {
        throw ForecastError.otherPhysics(path: path, catalogue: self.path, differences: differences)
      }
      return ChosenForecaster(forecaster: HybridForecaster(file), path: path, hash: SHA256.hexadecimal(of: data))
    }
  }
}

extension ForecastError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}
