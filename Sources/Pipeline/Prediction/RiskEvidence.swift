package import Forecasting
package import Mesh
package import Rasters
package import SoilWater
import Statistics
import Synchronization

/// Everything a method needs to forecast a valid time, and what is to be said about its quality.
package struct DayInputs: Sendable {
  /// The 24 hours of soil water and the network's window of rain end here: 24:00 of a day, or any hour of a run as of a time.
  package let validTime: JSTHour
  package let network: ForecastInputs
  /// On the project's grid.
  package let soilWater: SoilWaterDay
  package let anomaly: SoilWaterAnomaly
  /// The calendar day, up to the valid time, beside what the cells had survived on all days before it.
  package let memory: MemoryDay
}

/// What is known about a request: gathered once, read for each valid time.
package struct RiskEvidence {
  private let project: Project
  package let rain: RunRain
  package let climatology: Climatology
  /// The file that holds it, if any does.
  let climatologyPath: String?
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
  /// The index of a warm start, where there is one.
  private let startIndex: [Float]?
  /// What the cells had survived before the day of the first valid time.
  private let record: SurvivedRecord

  /// Compares with past rain; archive, states and static stack are up to date.
  ///
  /// - Parameters:
  ///   - project: Area and workspace.
  ///   - rain: What rain may be used.
  ///   - stack: The static layers on the project's grid.
  ///   - forecaster: Whose halo and window are wanted.
  ///   - whenRead: Called once, when all has been read of the workspace that a later day may replace there, with the file of
  ///     the fit, if any holds it.
  /// - Throws: What reading the archive and the states throws.
  package init(
    _ project: Project, rain: RunRain, stack: StaticStack, for forecaster: Forecaster,
    whenRead: (String?) throws -> Void = { _ in }
  ) throws {
    self.project = project
    windowHours = forecaster.windowHours
    networkGrid = project.area.grid.padded(by: forecaster.halo)
    self.rain = rain
    let survived = Mutex<SurvivedRecord?>(nil)
    let fit = Mutex<(Climatology, String?)?>(nil)
    try inParallel(2, threads: project.threads) { piece in
      if piece == 0 {
        let found = try project.climatology(for: rain.scoredDays)
        fit.withLock { $0 = found }
      } else {
        let record = try project.survivedRecord(through: Self.firstDay(of: rain).advanced(by: -1))
        survived.withLock { $0 = record }
      }
    }
    guard let fit = fit.withLock({ $0 }), let record = survived.withLock({ $0 }) else {
      preconditionFailure("a piece of work was left out")
    }
    (climatology, climatologyPath) = fit
    self.record = record
    try whenRead(fit.1)
    var rainOfDays: [JSTDay: LayerStack<Float>] = [:]
    soilWater = try Self.soilWater(of: rain, project, windowHours: windowHours, &rainOfDays)
    self.rainOfDays = rainOfDays
    statics = StaticLayers(
      elevation: stack.elevation, slope: stack.slope, aspect: stack.aspect, soil: stack.soil.majority,
      vegetation: stack.vegetation.majority
    ).cropped(to: networkGrid)
    startIndex = try project.warmStart().map { warm in
      Layer(grid: project.store.cells.grid, values: warm.state.soilWaterIndex).cropped(to: project.grid, fill: .nan)
        .values
    }
    gaugeDistance = try project.gaugeDistance(of: rain.lastAnalysedDay)
  }

  private static func firstDay(of rain: RunRain) -> JSTDay { (rain.horizon.validTimes.first ?? rain.horizon.end).day }

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
    let memory = try memory(at: time)
    let physics = PhysicsLayers(
      record, anomaly,
      // Before the first day of the archive the tanks were empty, or as the warm start has them.
      soilWaterAtStart: start ?? startIndex ?? record.maximum.map { $0.isNaN ? .nan : 0 }, memory: memory,
      of: area.grid)
    return DayInputs(
      validTime: time, network: ForecastInputs(statics: statics, rain: window(to: time), physics: physics),
      soilWater: record, anomaly: anomaly, memory: memory)
  }

  /// The day of a valid time, so far, beside what the cells had survived before: on days before the run as observed, on
  /// later ones as forecast.
  private func memory(at time: JSTHour) throws -> MemoryDay {
    var record = record
    let dry = [Float](repeating: .nan, count: 24 * project.grid.count)
    func rain(_ day: JSTDay, through hour: Int) -> [Float] {
      let hours = rainOfDays[day]?.values.prefix(hour * project.grid.count) ?? []
      return Array(hours) + dry.dropFirst(hours.count)
    }
    for day in Self.firstDay(of: self.rain)..<time.day {
      let whole = soilWater.day(ending: JSTHour(ending: day, 24), calendarDay: true)
      _ = record.advance(by: whole, rain: rain(day, through: 24), threads: project.threads)
    }
    return record.advance(
      by: soilWater.day(ending: time, calendarDay: true), rain: rain(time.day, through: time.hourOfDay),
      threads: project.threads)
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
