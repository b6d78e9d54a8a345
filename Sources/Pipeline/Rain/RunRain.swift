package import Mesh
import Rasters

/// The rain a run may use: the archive, or the archive up to a time and a forecast after it.
///
/// Forecast hours live only here, in memory: neither the rain archive nor the state store ever sees them.
package struct RunRain {
  package let horizon: RainHorizon
  /// Files the forecast hours come from, where the source tells.
  package let forecastFiles: [String]
  private let grid: MeshGrid
  private let analysis: (JSTDay, MeshGrid) throws -> LayerStack<Float>?
  /// Forecast hours of days, others `NaN`.
  private let forecast: [JSTDay: LayerStack<Float>]

  /// - Parameters:
  ///   - horizon: Hours that end after its `asOf` come from the forecast, whatever the analysis holds.
  ///   - grid: The cells.
  ///   - forecast: Forecast hours of days on the grid, mm, others `NaN`.
  ///   - forecastFiles: Where they come from.
  ///   - analysis: Gives the hours of a day on a grid, mm; `nil` where nothing is known of it.
  package init(
    _ horizon: RainHorizon, on grid: MeshGrid, forecast: [JSTDay: LayerStack<Float>] = [:],
    forecastFiles: [String] = [], analysis: @escaping (JSTDay, MeshGrid) throws -> LayerStack<Float>?
  ) {
    precondition(forecast.values.allSatisfy { $0.grid == grid && $0.bands == 24 }, "forecast rain on another grid")
    self.horizon = horizon
    self.grid = grid
    self.forecast = forecast
    self.forecastFiles = forecastFiles
    self.analysis = analysis
  }

  /// The same rain on the grid of a part, read as the part reads it.
  func of(_ part: Project) -> RunRain {
    RunRain(
      horizon, on: part.grid, forecast: forecast.mapValues { $0.cropped(to: part.grid, fill: .nan) },
      forecastFiles: forecastFiles, analysis: part.rain(of:on:))
  }

  /// The hours of a day, mm; `nil` where nothing is known of it. Hours after the horizon are `NaN`.
  package func rain(of day: JSTDay) throws -> LayerStack<Float>? {
    guard let asOf = horizon.asOf, asOf < JSTHour(ending: day, 24) else { return try analysis(day, grid) }
    let analysed = max(0, JSTHour(ending: day, 0).distance(to: asOf))
    let observed = analysed > 0 ? try analysis(day, grid) : nil
    guard observed != nil || forecast[day] != nil else { return nil }
    var stack = forecast[day] ?? LayerStack(grid: grid, bands: 24, filledWith: .nan)
    let cells = 0..<analysed * grid.count
    if let observed {
      stack.values.replaceSubrange(cells, with: observed.values[cells])
    } else {
      stack.values.replaceSubrange(cells, with: repeatElement(.nan, count: cells.count))
    }
    return stack
  }

  /// The last day whose every hour is analysed: states up to it are stored.
  package var lastAnalysedDay: JSTDay { horizon.asOf?.lastWholeDay ?? horizon.day }

  /// The days that the 24 hours of any valid time touch: none of them may be among the past they are compared with.
  package var scoredDays: ClosedRange<JSTDay> {
    (horizon.validTimes.first ?? horizon.end).advanced(by: -23).day...horizon.day
  }
}

extension Project {
  /// Brings the archive up to date and tells what rain a run may use.
  ///
  /// - Parameters:
  ///   - period: What the run is about.
  ///   - isArchived: Whether the archive is known to hold the analysis and all days before it.
  /// - Returns: The rain, and the files of the analysis.
  /// - Throws: `RainLack` when the rain does not reach, or what reading throws.
  func rain(of period: Period, isArchived: Bool = false) throws -> (rain: RunRain, files: [String]) {
    switch period {
    case .day(let day):
      let files = isArchived ? rainFiles : try updateArchive(through: day)
      return (RunRain(RainHorizon(day: day), on: grid, analysis: rain(of:on:)), files)
    case .asOf(let time, let last, let target):
      let files = isArchived ? rainFiles : try updateArchive(through: time.day, asOf: time)
      console.begin("forecast rain after \(time.words)")
      let rain = try forecastRain(after: time, through: last, target: target)
      if let target, rain.horizon.day < target {
        throw RainLack.noForecast(day: target, asOf: time, end: rain.horizon.end)
      }
      return (rain, files)
    }
  }

  /// The archive up to a time, and what the catalogue's forecast, as it was known then, gives after it.
  private func forecastRain(after time: JSTHour, through last: JSTHour, target: JSTDay?) throws -> RunRain {
    let source = try forecastSource(issuedBy: time)
    let hours = (source?.hours ?? []).filter { $0 > time && $0 <= last }
    var stacks: [JSTDay: LayerStack<Float>] = [:]
    var files: [String] = []
    for hour in hours {
      guard let rain = try source?.field(ending: hour, on: grid)?.rain else { continue }
      stacks[hour.day, default: LayerStack(grid: grid, bands: 24, filledWith: .nan)].setBand(
        hour.hourOfDay - 1, to: rain)
      if let path = source?.origin(of: hour)?.path, !files.contains(path) { files.append(path) }
    }
    let horizon = RainHorizon(
      asOf: time, end: hours.last ?? time, forecastHours: hours.map { ($0, source?.origin(of: $0)?.issuedAt) },
      target: target)
    // Formats that do not say which file an hour comes from: all that the catalogue names.
    if files.isEmpty, !stacks.isEmpty { files = catalogue.forecastRain?.files ?? [] }
    return RunRain(horizon, on: grid, forecast: stacks, forecastFiles: files, analysis: rain(of:on:))
  }

  private func forecastSource(issuedBy time: JSTHour) throws -> (any RainSource)? {
    guard var input = catalogue.forecastRain else { return nil }
    input.usesForecasts = true
    input.issuedBy = time.unixSeconds
    return try openRainSource(input)
  }
}
