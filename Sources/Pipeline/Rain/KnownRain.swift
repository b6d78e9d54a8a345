package import Mesh
package import Rasters

/// The rain a run may use: the archive, or the archive up to a time and a forecast after it.
///
/// Forecast hours live only here, in memory: neither the rain archive nor the state store ever sees them.
package struct KnownRain {
  package let horizon: RainHorizon
  /// Files the forecast hours come from, where the source tells.
  package let forecastFiles: [String]
  /// The last hour of the analysis and the forecast hours after it, where these are wanted.
  private let forecast: (asOf: JSTHour, hours: [JSTDay: LayerStack<Float>])?
  private let archive: RainArchive
  private let grid: MeshGrid

  /// A whole day of the archive.
  package init(day: JSTDay, archive: RainArchive, grid: MeshGrid) {
    horizon = RainHorizon(day: day)
    (forecast, forecastFiles) = (nil, [])
    (self.archive, self.grid) = (archive, grid)
  }

  /// The archive up to a time, and what a forecast source gives after it.
  ///
  /// - Parameters:
  ///   - asOf: Hours that end after it are not taken from the archive.
  ///   - last: The last hour wanted.
  ///   - day: The day asked for; `nil` for a number of hours.
  ///   - forecast: Gives the later hours; `nil` for none.
  ///   - archive: The analysis.
  ///   - grid: The cells.
  /// - Throws: What reading the forecast throws.
  package init(
    asOf: JSTHour, through last: JSTHour, day: JSTDay?, forecast: (any RainSource)?, archive: RainArchive,
    grid: MeshGrid
  ) throws(RasterError) {
    let hours = (forecast?.hours ?? []).filter { $0 > asOf && $0 <= last }
    var stacks: [JSTDay: LayerStack<Float>] = [:]
    var files: [String] = []
    for hour in hours {
      guard let rain = try forecast?.field(ending: hour, on: grid)?.rain else { continue }
      var stack = stacks[hour.day] ?? LayerStack(grid: grid, bands: 24, filledWith: .nan)
      let start = (hour.hourOfDay - 1) * grid.count
      stack.values.replaceSubrange(start..<start + grid.count, with: rain.values)
      stacks[hour.day] = stack
      if let path = forecast?.origin(of: hour)?.path, !files.contains(path) { files.append(path) }
    }
    horizon = RainHorizon(
      asOf: asOf, end: hours.last ?? asOf,
      forecastHours: hours.map { ($0, forecast?.origin(of: $0)?.issuedAt) }, target: day)
    forecastFiles = files
    self.forecast = (asOf, stacks)
    (self.archive, self.grid) = (archive, grid)
  }

  private init(_ rain: KnownRain, on grid: MeshGrid) {
    (horizon, forecastFiles, archive, self.grid) = (rain.horizon, rain.forecastFiles, rain.archive, grid)
    forecast = rain.forecast.map { forecast in
      (forecast.asOf, forecast.hours.mapValues { $0.cropped(to: grid, fill: .nan) })
    }
  }

  /// The same rain on a part of the grid.
  func cropped(to part: MeshGrid) -> KnownRain { part == grid ? self : KnownRain(self, on: part) }

  /// The hours of a day, mm; `nil` where nothing is known of it. Hours after the horizon are `NaN`.
  package func rain(of day: JSTDay) throws -> LayerStack<Float>? {
    guard let forecast else { return try archive.rain(of: day, on: grid) }
    let source = ForecastRain(
      asOf: forecast.asOf, analysis: { try archive.rain(of: $0, on: grid) }, forecast: { forecast.hours[$0] })
    return try source.rain(of: day)
  }

  /// The last day whose every hour is analysed: states up to it are stored.
  package var lastAnalysedDay: JSTDay {
    guard let asOf = horizon.asOf else { return horizon.day }
    return asOf.hourOfDay == 24 ? asOf.day : asOf.day.advanced(by: -1)
  }

  /// The days that the 24 hours of any valid time touch: none of them may be among the past they are compared with.
  package var scoredDays: ClosedRange<JSTDay> {
    (horizon.validTimes.first ?? horizon.end).advanced(by: -23).day...horizon.day
  }
}

extension Project {
  /// Brings the archive up to date and tells what rain a request may use.
  ///
  /// - Parameters:
  ///   - day: The day wanted, or the last one a run as of a time is to look at.
  ///   - asOf: Last hour of the analysis; `nil` for the whole day.
  ///   - hours: Forecast hours wanted where no day is.
  /// - Returns: The rain, and the files of the analysis.
  /// - Throws: `RainLack` when the rain does not reach, or what reading throws.
  func knownRain(of day: JSTDay?, asOf: JSTHour?, forecastHours hours: Int) throws -> (rain: KnownRain, files: [String])
  {
    guard let asOf, day.map({ JSTHour(ending: $0, 24) > asOf }) ?? true else {
      guard let day else { preconditionFailure("a request without day and time") }
      let files = try updateArchive(through: day)
      return (KnownRain(day: day, archive: archive, grid: grid), files)
    }
    let files = try updateArchive(through: asOf.day, asOf: asOf)
    let forecast = try forecastSource(issuedBy: asOf)
    console.begin("forecast rain after \(asOf.words)")
    let last = day.map { JSTHour(ending: $0, 24) } ?? asOf.advanced(by: hours)
    let rain = try KnownRain(
      asOf: asOf, through: last, day: day, forecast: forecast, archive: archive, grid: grid)
    if let day, rain.horizon.day < day {
      throw RainLack.noForecast(day: day, asOf: asOf, end: rain.horizon.end)
    }
    return (rain, files)
  }

  /// The catalogue's forecast as it was known at a time.
  private func forecastSource(issuedBy asOf: JSTHour) throws -> (any RainSource)? {
    guard let settings = catalogue.forecastRain else { return nil }
    var input = try settings.input(catalogue: catalogue.path, section: "forecast_rain")
    input.usesForecasts = true
    input.issuedBy = asOf.unixSeconds
    return try openRainSource(input)
  }
}
