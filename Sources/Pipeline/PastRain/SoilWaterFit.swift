package import Mesh
package import SoilWater

extension SoilWaterRun {
  /// What a climatology is fitted on.
  package struct FitPlan: Sendable {
    /// Days whose soil water and rain are gathered.
    package var days: ClosedRange<JSTDay>
    /// First day for empty tanks, where no state is stored before `days`.
    package var coldStart: JSTDay
    package var settings = ClimatologySettings()
    package var reference = ReferenceDays.all
    package var landslides: [LandslideDay] = []
    /// Days flagged invalid (spin-up, many missing hours) count as well.
    package var usesInvalidDays = false

    package init(days: ClosedRange<JSTDay>, coldStart: JSTDay) {
      self.days = days
      self.coldStart = coldStart
    }
  }

  /// Runs the tanks over the days and gathers their states.
  ///
  /// - Parameters:
  ///   - plan: Days, settings. Its reference and landslides are not looked at yet.
  ///   - storing: Whether the states of the days are stored on the way.
  ///   - rain: As for `run`.
  ///   - onDay: Called after each day, for a progress bar.
  /// - Returns: The gathered days, ready for any fit.
  /// - Throws: As `run`, and `SoilWaterError.badParameter`.
  package func gather(
    _ plan: FitPlan, storing: Bool = true, rain: (JSTDay) throws -> LayerStack<Float>?,
    onDay: (JSTDay) -> Void = { _ in }
  ) throws -> ClimatologyBuilder {
    var builder = try ClimatologyBuilder(grid: grid, settings: plan.settings, threads: field.threads)
    _ = try run(
      plan.days, coldStart: plan.coldStart, continuation: .beforeRange, storing: { _ in storing },
      keepingHours: plan.days.contains, rain: rain,
      onDay: { record, _ in
        guard let day = record.day else { return }
        if plan.days.contains(day) { builder.add(record, invalidToo: plan.usesInvalidDays) }
        onDay(day)
      })
    return builder
  }

  /// Fits a climatology to the days of an archive.
  ///
  /// - Parameters:
  ///   - plan: Days, settings, reference, landslides.
  ///   - storing: Whether the states of the days are stored on the way.
  ///   - rain: As for `run`.
  ///   - onDay: Called after each day, for a progress bar.
  /// - Returns: The climatology; without any valid day its units have none, and scores are 1.
  /// - Throws: As `gather`, and `SoilWaterError`.
  package func fitClimatology(
    _ plan: FitPlan, storing: Bool = true, rain: (JSTDay) throws -> LayerStack<Float>?,
    onDay: (JSTDay) -> Void = { _ in }
  ) throws -> Climatology {
    let builder = try gather(plan, storing: storing, rain: rain, onDay: onDay)
    return try builder.fit(plan.reference, landslides: plan.landslides, parameters: field.parameters)
  }
}

extension SoilWaterError: ReportedError {
  package var exitCode: ExitCode {
    switch self {
    case .badParameter, .seenDay: .usage
    case .unsolvable: .badInput
    }
  }
}
