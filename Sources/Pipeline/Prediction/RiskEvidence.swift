package import Forecasting
package import Mesh
package import Rasters
package import SoilWater

/// Everything a method needs to forecast a valid time, and what is to be said about its quality.
package struct DayInputs: Sendable {
  /// The 24 hours of soil water and the network's window of rain end here: 24:00 of a day, or any hour of a run as of a time.
  package let validTime: JSTHour
  package let network: NetworkInputs
  /// On the project's grid.
  package let soilWater: SoilWaterDay
  package let anomaly: SoilWaterAnomaly
}

/// What is known about a request: gathered once, read for each valid time.
package struct RiskEvidence {
  private let project: Project
  package let rain: KnownRain
  package let climatology: Climatology
  /// Greatest distance to a reporting gauge, km; `nil` where rain is no gauge rain.
  package let gaugeDistance: Layer<Float>?
  private let statics: StaticLayers
  private let soilWater: Records
  /// Hours of the network's window, whole days.
  private let windowHours: Int
  /// The area's grid and what the network looks at around it.
  private let networkGrid: MeshGrid
  /// The index of a warm start, where there is one.
  private let startIndex: [Float]?

  private enum Records {
    /// A calendar day, and the index at the window's start.
    case day(SoilWaterDay, start: [Float]?)
    case hours(SoilWaterHours)
  }

  /// Compares with past rain; archive, states and static stack are up to date.
  ///
  /// - Parameters:
  ///   - project: Area and workspace.
  ///   - rain: What rain may be used.
  ///   - stack: The static layers on the project's grid.
  ///   - forecaster: Whose halo and window are wanted.
  /// - Throws: What reading the archive and the states throws.
  package init(_ project: Project, rain: KnownRain, stack: StaticStack, for forecaster: any Forecaster) throws {
    self.project = project
    windowHours = forecaster.windowHours
    networkGrid = project.area.grid.padded(by: forecaster.halo)
    self.rain = rain
    let (archive, grid) = (project.archive, project.grid)
    climatology = try project.climatology(for: rain.scoredDays)
    let day = rain.horizon.day
    if rain.horizon.asOf == nil {
      var record: SoilWaterDay?
      try project.replay(day...day, rain: rain.rain) { day, _ in record = day }
      guard let record else { throw RainLack.noRain(day: day, archive: archive.folder) }
      let start = try project.soilWaterRun().store.read(day.advanced(by: -windowHours / 24))
      soilWater = .day(record, start: start?.soilWaterIndex)
    } else {
      soilWater = .hours(try Self.hours(of: rain, project, windowHours: windowHours))
    }
    statics = StaticLayers(
      elevation: stack.elevation, slope: stack.slope, aspect: stack.aspect, soil: stack.soil.majority,
      vegetation: stack.vegetation.majority
    ).cropped(to: networkGrid)
    startIndex = try project.warmStart()?.state.soilWaterIndex
    gaugeDistance = try archive.gaugeDistance(of: rain.lastAnalysedDay, on: grid)
  }

  /// Runs the tanks over the days of the windows, through analysis and forecast.
  private static func hours(
    of rain: KnownRain, _ project: Project, windowHours: Int
  ) throws -> SoilWaterHours {
    let times = rain.horizon.validTimes
    guard let first = times.first, let last = times.last else { preconditionFailure("a horizon without valid time") }
    var hours = SoilWaterHours(
      cells: project.grid.count, spinUpDays: project.catalogue.physics.spinUpDays)
    let starts = Set(times.map { $0.advanced(by: -windowHours) })
    try project.replay(first.advanced(by: -windowHours).day...last.day, rain: rain.rain) { record, state in
      hours.add(record, state) { $0 > first.advanced(by: -24) && $0 <= last || starts.contains($0) }
    }
    return hours
  }

  /// The inputs at one of the horizon's valid times.
  package func inputs(at time: JSTHour) throws -> DayInputs {
    let (grid, area) = (project.grid, project.area)
    let record: SoilWaterDay
    let start: [Float]?
    switch soilWater {
    case .day(let day, let before): (record, start) = (day, before)
    case .hours(let hours):
      record = hours.day(ending: time)
      start = hours.soilWaterIndex(at: time.advanced(by: -windowHours))
    }
    project.console.begin("comparing \(time.words) with past rain")
    let anomaly = try climatology.score(record, on: grid, threads: project.threads)
    func layer(_ values: [Float]) -> Layer<Float> {
      Layer(grid: grid, values: values).cropped(to: area.grid, fill: .nan)
    }
    let physics = PhysicsLayers(
      q: layer(anomaly.anomaly), rank: layer(anomaly.rank.map { $0.isNaN ? 0 : $0 }),
      soilWaterMaximum: layer(record.maximum), hourlyRainMaximum: layer(record.greatestRain),
      // Before the first day of the archive the tanks were empty, or as the warm start has them.
      soilWaterAtStart: layer(start ?? startIndex ?? record.maximum.map { $0.isNaN ? .nan : 0 }),
      unfamiliarity: layer(anomaly.uncovered))
    return DayInputs(
      validTime: time, network: NetworkInputs(statics: statics, rain: try window(to: time), physics: physics),
      soilWater: record, anomaly: anomaly)
  }

  /// The hours of the network's window that ends at a time.
  private func window(to end: JSTHour) throws -> LayerStack<Float> {
    let first = end.advanced(by: 1 - windowHours)
    var window = LayerStack<Float>(grid: project.grid, bands: windowHours, filledWith: .nan)
    let cells = project.grid.count
    for day in first.day...end.day {
      guard let stack = try rain.rain(of: day) else { continue }
      for hour in day.hours where hour >= first && hour <= end {
        let (from, to) = ((hour.hourOfDay - 1) * cells, first.distance(to: hour) * cells)
        window.values.replaceSubrange(to..<to + cells, with: stack.values[from..<from + cells])
      }
    }
    return window.cropped(to: networkGrid, fill: .nan)
  }
}
