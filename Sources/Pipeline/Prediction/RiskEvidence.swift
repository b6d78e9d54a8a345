package import Forecasting
package import Mesh
package import Rasters
package import SoilWater

/// Everything a method needs to forecast a valid time, and what is to be said about its quality.
package struct DayInputs: Sendable {
  /// The 24 hours of soil water and the network's window of rain end here: 24:00 of a day, or any hour of a run as of a time.
  package let validTime: JSTHour
  package let network: ForecastInputs
  /// On the project's grid.
  package let soilWater: SoilWaterDay
  package let anomaly: SoilWaterAnomaly
}

/// What is known about a request: gathered once, read for each valid time.
package struct RiskEvidence {
  private let project: Project
  package let rain: RunRain
  package let climatology: Climatology
  /// Greatest distance to a reporting gauge, km; `nil` where rain is no gauge rain.
  package let gaugeDistance: Layer<Float>?
  private let statics: StaticLayers
  private let soilWater: SoilWaterHours
  /// The days of all windows, on the project's grid.
  private let rainOfDays: [JSTDay: LayerStack<Float>]
  /// Hours of the network's window, whole days.
  private let windowHours: Int
  /// The area's grid and what the network looks at around it.
  private let networkGrid: MeshGrid
  /// The day beside what the cells had survived, where the method needs it.
  private let memory: MemoryDay?
  /// The index of a warm start, where there is one.
  private let startIndex: [Float]?

  /// Compares with past rain; archive, states and static stack are up to date.
  ///
  /// - Parameters:
  ///   - project: Area and workspace.
  ///   - rain: What rain may be used.
  ///   - stack: The static layers on the project's grid.
  ///   - forecaster: Whose halo and window are wanted.
  /// - Throws: What reading the archive and the states throws; `needsWholeDay` for a run as of a time by a method that reads
  ///   what the cells have survived.
  package init(_ project: Project, rain: RunRain, stack: StaticStack, for forecaster: Forecaster) throws {
    self.project = project
    windowHours = forecaster.windowHours
    networkGrid = project.area.grid.padded(by: forecaster.halo)
    self.rain = rain
    climatology = try project.climatology(for: rain.scoredDays)
    var rainOfDays: [JSTDay: LayerStack<Float>] = [:]
    soilWater = try Self.soilWater(of: rain, project, windowHours: windowHours, &rainOfDays)
    self.rainOfDays = rainOfDays
    statics = StaticLayers(
      elevation: stack.elevation, slope: stack.slope, aspect: stack.aspect, soil: stack.soil.majority,
      vegetation: stack.vegetation.majority
    ).cropped(to: networkGrid)
    startIndex = try project.warmStart().map { warm in
      Layer(grid: project.storedCells.grid, values: warm.state.soilWaterIndex).cropped(to: project.grid, fill: .nan)
        .values
    }
    guard !forecaster.needsMemory || rain.horizon.asOf == nil else {
      throw ForecastError.needsWholeDay(method: forecaster.header.method)
    }
    memory = forecaster.needsMemory ? try project.memory(of: rain.horizon.day, rain: rain) : nil
    gaugeDistance = try project.gaugeDistance(of: rain.lastAnalysedDay)
  }

  /// Runs the tanks over the days of the windows, through analysis and forecast, and keeps the rain of these days.
  private static func soilWater(
    of rain: RunRain, _ project: Project, windowHours: Int, _ rainOfDays: inout [JSTDay: LayerStack<Float>]
  ) throws -> SoilWaterHours {
    let times = rain.horizon.validTimes
    guard let first = times.first, let last = times.last else { preconditionFailure("a horizon without valid time") }
    let days = first.advanced(by: -windowHours).day...last.day
    for day in days { rainOfDays[day] = try rain.rain(of: day) }
    let known = rainOfDays
    var hours = SoilWaterHours(
      cells: project.grid.count, spinUpDays: project.catalogue.physics.spinUpDays)
    let starts = Set(times.map { $0.advanced(by: -windowHours) })
    try project.replay(
      days, rain: { try days.contains($0) ? known[$0] : rain.rain(of: $0) },
      onStart: { state, day in hours.begin(with: state, before: day) },
      onDay: { record, state in
        hours.add(record, state) { $0 > first.advanced(by: -24) && $0 <= last || starts.contains($0) }
      })
    return hours
  }

  /// The inputs at one of the horizon's valid times.
  package func inputs(at time: JSTHour) throws -> DayInputs {
    let (grid, area) = (project.grid, project.area)
    let record = soilWater.day(ending: time)
    let start = soilWater.soilWaterIndex(at: time.advanced(by: -windowHours))
    project.console.begin("comparing \(time.words) with past rain")
    let anomaly = try climatology.score(record, on: grid, threads: project.threads)
    let physics = PhysicsLayers(
      record, anomaly,
      // Before the first day of the archive the tanks were empty, or as the warm start has them.
      soilWaterAtStart: start ?? startIndex ?? record.maximum.map { $0.isNaN ? .nan : 0 }, memory: memory,
      of: area.grid)
    return DayInputs(
      validTime: time, network: ForecastInputs(statics: statics, rain: window(to: time), physics: physics),
      soilWater: record, anomaly: anomaly)
  }

  /// The hours of the network's window that ends at a time.
  private func window(to end: JSTHour) -> LayerStack<Float> {
    let first = end.advanced(by: 1 - windowHours)
    var window = LayerStack<Float>(grid: project.grid, bands: windowHours, filledWith: .nan)
    let cells = project.grid.count
    for day in first.day...end.day {
      guard let stack = rainOfDays[day] else { continue }
      for hour in day.hours where hour >= first && hour <= end {
        let (from, to) = ((hour.hourOfDay - 1) * cells, first.distance(to: hour) * cells)
        window.values.replaceSubrange(to..<to + cells, with: stack.values[from..<from + cells])
      }
    }
    return window.cropped(to: networkGrid, fill: .nan)
  }
}
