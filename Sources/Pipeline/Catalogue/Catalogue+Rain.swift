import Rasters

extension StrictMapping {
  /// The mapping `rain` or `forecast_rain`.
  ///
  /// - Parameter resolve: A path of the catalogue as a path.
  /// - Returns: The section as the reader of rain wants it.
  /// - Throws: `CatalogueError` with the line of the first mistake.
  func rain(_ resolve: (String) -> String) throws(CatalogueError) -> RainInput {
    defer { finish() }
    guard let format = try choice("format", of: RainInput.Format.self) else {
      throw .missingKey(path: file, section: name, key: "format")
    }
    var input = RainInput(
      format: format, files: try texts("files").map(resolve), stations: try text("stations").map(resolve),
      variable: try text("variable"), units: try text("units"), referenceSystem: try text("crs"),
      accumulation: try choice("accumulation", of: RainAccumulation.self),
      stamp: try choice("stamp", of: RainStamp.self))
    if let zone = try text("time_zone") {
      guard let seconds = RainInput.zone(zone) else {
        throw .badValue(
          path: file, line: line(of: "time_zone"), key: full("time_zone"), expected: "jst, utc or like +09:00")
      }
      input.zone = seconds
    }
    return input
  }
}
