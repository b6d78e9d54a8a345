import Foundation
import Forecasting
import Rasters
import Statistics

/// A model ready to forecast, and what the manifest says of it.
struct ChosenForecaster {
  let forecaster: Forecaster
  /// The model file; `nil` for a start state.
  let path: String?
  let hash: String
}

extension Catalogue {
  /// The model that is asked for: the request's file, else the catalogue's where it is of the wanted method, else the
  /// method's start state.
  ///
  /// - Parameters:
  ///   - method: The wanted method; `nil` for that of the model file, and without one for `proposed`.
  ///   - model: The request's model file.
  /// - Returns: The model, opened.
  /// - Throws: `otherMethod` for a request's file of another method, `untrained` for a method that needs a file,
  ///   `otherPhysics` for a model that learnt from another q than the catalogue's settings give.
  func forecaster(_ method: Method?, model: String?) throws -> ChosenForecaster {
    if let path = model ?? self.model {
      let data = try PlainFile.contents(path)
      let forecaster = try Forecaster(reading: data, path: path)
      let holds = forecaster.header.method
      if method == nil || method?.name == holds {
        let differences = forecaster.header.physics.differences(from: physics)
        guard differences.isEmpty else {
          throw ForecastError.otherPhysics(path: path, catalogue: self.path, differences: differences)
        }
        return ChosenForecaster(forecaster: forecaster, path: path, hash: SHA256.hexadecimal(of: data))
      }
      if let method, model != nil { throw ForecastError.otherMethod(path: path, holds: holds, wanted: method.name) }
    }
    let wanted = try method ?? Method(named: "proposed")
    guard let start = wanted.start?(physics, "lsmap \(ToolVersion.text)") else {
      throw ForecastError.untrained(method: wanted.name)
    }
    return ChosenForecaster(
      forecaster: try Forecaster(start, path: "the start state of \(wanted.name)"), path: nil,
      hash: SHA256.hexadecimal(of: start.encoded()))
  }
}

extension ForecastError: ReportedError {
  package var exitCode: ExitCode { .badInput }
}
