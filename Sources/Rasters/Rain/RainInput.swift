import Mesh

/// Where rain is and what its files do not say, as the catalogue's `rain` section has it.
package struct RainInput: Sendable, Equatable {
  package enum Format: String, Sendable, CaseIterable {
    /// CSV of gauges and a table of the stations.
    case stations
    /// GeoTIFF or any raster GDAL reads: a band an hour, or a file an hour.
    case geotiff
    /// NetCDF and HDF5 with CF coordinates.
    case netcdf
    case zarr
    /// Raw binaries with a control file of GrADS; GSMaP.
    case grads
    /// JMA's GRIB2.
    case grib2 = "jma-grib2"
  }

  package var format: Format
  /// Paths, globs and templates (`FileTemplate`); of `stations` a later file fills only what the earlier lack.
  package var files: [String]
  /// Table of the stations.
  package var stations: String?
  /// Variable of an array file, where it has several.
  package var variable: String?
  /// Replaces the file's own units.
  package var units: String?
  /// `EPSG:...`, where the file names none.
  package var referenceSystem: String?
  /// Zone of times that name none: seconds east of Greenwich. Without it JST, in array and GRIB files UTC.
  package var zone: Int?
  /// What a value is; without it the total of its step.
  package var accumulation: RainAccumulation?
  /// Which moment of a step its time names, where the file has no bounds; without it the end.
  package var stamp: RainStamp?
  package var interpolation: StationInterpolation
  /// Takes forecast hours of GRIB2 where no analysis is there.
  package var usesForecasts = false
  /// Takes of GRIB2 only what had been issued by then, seconds of Unix time.
  package var issuedBy: Int?

  package init(
    format: Format, files: [String], stations: String? = nil, variable: String? = nil, units: String? = nil,
    referenceSystem: String? = nil, zone: Int? = nil, accumulation: RainAccumulation? = nil, stamp: RainStamp? = nil,
    interpolation: StationInterpolation = StationInterpolation()
  ) {
    self.format = format
    self.files = files
    self.stations = stations
    self.variable = variable
    self.units = units
    self.referenceSystem = referenceSystem
    self.zone = zone
    self.accumulation = accumulation
    self.stamp = stamp
    self.interpolation = interpolation
  }

  /// Reads `jst`, `utc` or `+09:00`; `nil` for anything else.
  package static func zone(_ text: String) -> Int? {
    UniversalTime("1970-01-01T00:00" + (text.first.map { $0 == "+" || $0 == "-" } == true ? text : " " + text))
      .map { -$0.unixSeconds }
  }

  /// The unit and meaning of values; refuses an intensity that nobody vouches for as a mean.
  ///
  /// - Parameters:
  ///   - stated: The units the file states.
  ///   - isMean: The file says that its rates are means over their steps.
  ///   - path: The file, for errors.
  /// - Returns: The catalogue's unit or else the file's, and what a value is.
  /// - Throws: `malformed` for unknown units and for intensities.
  func meaning(
    stated: String?, isMean: Bool, path: String
  ) throws(RasterError) -> (unit: RainUnit, accumulation: RainAccumulation) {
    guard let text = units ?? stated, !text.isEmpty else {
      throw .malformed(
        path: path, reason: "it does not say in what unit its rain is",
        remedy: "add units: mm (or m, mm/h) to the catalogue")
    }
    guard let unit = RainUnit(text) else {
      throw .malformed(
        path: path, reason: "\"\(text)\" is no unit of rain known here",
        remedy: "add units: mm (or m, mm/h) to the catalogue"
      )
    }
    switch (unit.isRate, accumulation) {
    case (true, .meanRate): return (unit, .meanRate)
    case (true, nil) where isMean: return (unit, .meanRate)
    case (true, _):
      throw .malformed(
        path: path, reason: "its rain is an intensity (\(text)), no hourly total",
        remedy: "give totals; or, if each value is the mean over its step, add accumulation: mean-rate")
    case (false, .meanRate):
      throw .malformed(
        path: path, reason: "its rain is an amount (\(text)), the catalogue says mean-rate",
        remedy: "remove accumulation, or mend units")
    case (false, let accumulation): return (unit, accumulation ?? .step)
    }
  }
}

extension RainInput {
  /// The files, template by template.
  ///
  /// - Throws: `notFound` for a template that no file fits.
  func matches() throws(RasterError) -> [(template: FileTemplate, files: [FileTemplate.Match])] {
    var found: [(FileTemplate, [FileTemplate.Match])] = []
    for template in files.map(FileTemplate.init) {
      let matches = template.matches()
      if matches.isEmpty { throw .notFound(path: template.text) }
      found.append((template, matches))
    }
    return found
  }

  /// Days after which a forecast has no hours left: files whose names tell an older issue are not opened.
  private static let forecastDays = 3

  /// Whether a file may hold what had been issued by the wanted time, as far as its name tells.
  fileprivate func mayServe(_ file: FileTemplate.Match) -> Bool {
    guard let issuedBy, let named = file.unixSeconds(zone: 0) else { return true }
    return (issuedBy - Self.forecastDays * 86_400...issuedBy).contains(named)
  }
}

/// Opens rain of any format.
///
/// - Parameter input: Where it is and how to read it.
/// - Returns: A source that knows its hours.
/// - Throws: What reading its times throws; `notFound` when no file fits.
package func openRainSource(_ input: RainInput) throws(RasterError) -> any RainSource {
  switch input.format {
  case .stations:
    guard let stations = input.stations else {
      throw .malformed(
        path: input.files.first ?? "rain", reason: "gauges need a table of their stations",
        remedy: "add stations: to the rain section of the catalogue")
    }
    let files = try input.matches().flatMap { $0.files.map(\.path) }
    return try StationRain(files: files, stations: stations, interpolation: input.interpolation)
  case .geotiff: return try GriddedRain(rasters: input)
  case .grads: return try GriddedRain(grads: input)
  case .netcdf, .zarr: return try GriddedRain(arrays: input)
  case .grib2:
    let files = try input.matches().flatMap { $0.files.filter { input.mayServe($0) }.map(\.path) }
    return try Grib2Rain(files: files, usingForecasts: input.usesForecasts, issuedBy: input.issuedBy)
  }
}
