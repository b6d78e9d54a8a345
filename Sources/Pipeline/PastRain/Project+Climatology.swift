import Foundation
package import Mesh
import Rasters
package import SoilWater

extension Project {
  /// The days of the archive that may enter a climatology.
  ///
  /// The catalogue's reference period if it names one; else every day before the one that is scored. Days on which the
  /// tanks were still spinning up are left out by the fit itself.
  private func referenceRange(before day: JSTDay) throws -> ClosedRange<JSTDay> {
    guard let first = try firstSoilWaterDay() else { throw RainLack.noRain(day: day, archive: archive.folder) }
    guard let reference = catalogue.reference else { return min(first, day)...max(first, day.advanced(by: -1)) }
    return max(first, reference.first)...max(first, reference.last)
  }

  /// What past rain says about days: never fitted on the days themselves (METHOD 2.6).
  ///
  /// A fit that `soilwater fit` stored goes first. Else the past is gathered, or what an earlier call gathered is brought up
  /// to date; the last fit is kept for a second call about the same days.
  ///
  /// - Parameter days: The days to be scored; states up to them are there.
  /// - Returns: The climatology of the project's grid.
  /// - Throws: What reading rain and states throws, `SoilWaterError`.
  package func climatology(for days: ClosedRange<JSTDay>) throws -> Climatology {
    if let fitted = try storedClimatology(for: days) { return fitted }
    let (range, reference) = try self.reference(for: days)
    let parameters = try soilWaterRun().field.parameters
    return try Derived(
      file: fitFile(range, reference),
      read: { file in
        guard try ClimatologyFile.metadata(of: file.path)[DerivedFile.keyTag] == file.key else { return nil }
        return try ClimatologyFile.read(file.path, parameters: parameters)
      },
      make: { file in
        let fitted = try gatherPast(range).fit(reference, parameters: parameters)
        try ClimatologyFile.write(
          fitted, to: file.path, provenance: ["area": area.name, DerivedFile.keyTag: file.key])
        return fitted
      }
    ).value(telling: console)
  }

  /// What days are compared with, where no stored fit serves.
  private func reference(for days: ClosedRange<JSTDay>) throws -> (ClosedRange<JSTDay>, ReferenceDays) {
    let reference = catalogue.reference.map { ReferenceDays.excluding(around: days, margin: $0.leaveOutDays) }
    return (try referenceRange(before: days.lowerBound), reference ?? .before(days.lowerBound))
  }

  private func fitFile(_ range: ClosedRange<JSTDay>, _ reference: ReferenceDays) throws -> DerivedFile {
    DerivedFile(
      .fit, at: workspace.lastFit, from: try pastParts + [try archive.digest(of: range), reference.canonicalText])
  }

  /// How the fit that would serve days stands.
  ///
  /// - Parameters:
  ///   - days: The days to be scored.
  ///   - rain: Days whose rain will be imported first.
  /// - Returns: The stored fit, or the last one made for a run.
  /// - Throws: What reading rain and a warm start throws.
  func fitCondition(
    for days: ClosedRange<JSTDay>, importing rain: Set<JSTDay>
  ) throws -> (path: String, condition: DerivedFile.Condition) {
    guard try firstSoilWaterDay() != nil else { return (workspace.lastFit, .missing) }
    let (range, reference) = try reference(for: days)
    if rain.isDisjoint(with: range), try storedClimatology(for: days) != nil { return (workspace.climatology, .fresh) }
    let condition = try fitFile(range, reference).condition
    return (workspace.lastFit, condition == .fresh && !rain.isDisjoint(with: range) ? .changed : condition)
  }

  /// Everything but the rain that gathered days depend on.
  private var pastParts: [String] {
    get throws {
      [
        "\(grid)", catalogue.physics.criticalLine.canonicalText, try soilWaterRun().field.parameters.hash,
        "\(catalogue.physics.spinUpDays)", try firstSoilWaterDay().map { "\($0)" } ?? "",
        try warmStart()?.source ?? "",
      ]
    }
  }

  /// Gathers the states of days, going on from what an earlier call kept.
  package func gatherPast(_ range: ClosedRange<JSTDay>) throws -> ClimatologyBuilder {
    let run = try soilWaterRun()
    let archive = self.archive
    let file = DerivedFile(.gatheredPast, at: workspace.gatheredPast, from: try pastParts + ["\(range.lowerBound)"])
    let kept = try Derived<GatheredPast?>(
      file: file,
      read: { try GatheredPast(reading: $0, grid: grid, settings: catalogue.physics.criticalLine, threads: threads) },
      make: { _ in nil }
    ).value(telling: console)
    var isLonger = false
    if let kept, let last = kept.builder.days.last, kept.builder.days.first == range.lowerBound,
      try archive.digest(of: range.lowerBound...last) == kept.rain
    {
      if last == range.upperBound { return kept.builder }
      isLonger = last > range.upperBound
      if !isLonger {
        let builder = try extend(kept.builder, after: last, to: range.upperBound)
        try GatheredPast(rain: try archive.digest(of: range), builder: builder).write(to: file)
        return builder
      }
    }
    let first = try soilWaterStart(by: range.upperBound)
    try mendStates(before: max(range.lowerBound, first), first: first)
    var plan = SoilWaterRun.FitPlan(days: range, coldStart: first)
    plan.settings = catalogue.physics.criticalLine
    let console = console
    console.begin("past rain of \(area.name), \(range.lowerBound) to \(range.upperBound)")
    let all = Double(range.lowerBound.distance(to: range.upperBound) + 1)
    let builder = try run.gather(
      plan, storing: false, rain: pastRain,
      onDay: { console.progress(Double(range.lowerBound.distance(to: $0)) / all) })
    // What is kept for a later day serves more often than what an earlier one needs.
    if !isLonger { try GatheredPast(rain: try archive.digest(of: range), builder: builder).write(to: file) }
    return builder
  }

  /// Rain of the working cells: states are kept for these only, and nothing that is said of the area depends on others.
  func pastRain(of day: JSTDay) throws -> LayerStack<Float>? {
    let cells = workingCells
    return try rain(of: day, at: cells).map { rain in
      LayerStack(
        grid: grid, bands: rain.bands,
        values: (0..<rain.bands).flatMap { cells.scatter(Array(rain.band($0)), fill: .nan).values })
    }
  }

  /// Adds the days since.
  private func extend(
    _ builder: ClimatologyBuilder, after end: JSTDay, to last: JSTDay
  ) throws -> ClimatologyBuilder {
    var builder = builder
    console.begin("past rain of \(area.name), \(end.advanced(by: 1)) to \(last)")
    try replay(end.advanced(by: 1)...last, rain: pastRain) { record, _ in
      builder.add(record)
    }
    return builder
  }

  /// What `soilwater fit` stored, where it has not seen the days, lies on this grid, and its rain is as it was.
  private func storedClimatology(for days: ClosedRange<JSTDay>) throws -> Climatology? {
    let path = workspace.climatology
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let fitted = try ClimatologyFile.read(path, parameters: try soilWaterRun().field.parameters)
    guard !days.contains(where: fitted.hasSeen), fitted.units.grid.contains(grid) else {
      console.note("\(path) was fitted on \(days.upperBound) itself or elsewhere: fitting without it")
      return nil
    }
    guard fitted.settings == catalogue.physics.criticalLine else {
      console.note("\(path) was fitted with another critical_line than the catalogue's: fitting without it")
      return nil
    }
    let metadata = try ClimatologyFile.metadata(of: path)
    let period = ["rain.from", "rain.through"].compactMap { metadata[$0].flatMap { JSTDay($0) } }
    guard period.count == 2, period[0] <= period[1],
      try archive.digest(of: period[0]...period[1]) == metadata["rain.digest"]
    else {
      console.note(
        "\(path): its rain has changed since it was fitted: fitting without it; run lsmap soilwater fit again")
      return nil
    }
    return fitted
  }
}
