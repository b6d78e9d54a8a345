import Foundation
package import Mesh
import Rasters
package import SoilWater

extension Project {
  /// What days are compared with.
  private struct Past {
    /// Days that are gathered.
    let range: ClosedRange<JSTDay>
    /// Which of them count.
    let reference: ReferenceDays
  }

  /// The past of days, where no stored fit serves: the days before their month, as far as they are known then. Where the
  /// catalogue names a reference period that instead, later days too, but for the days themselves and some around them.
  ///
  /// - Parameters:
  ///   - days: The days to be scored.
  ///   - day: First day of rain that will be imported before.
  /// - Returns: `nil` where nothing is known of earlier days.
  /// - Throws: `RainLack.noRain`, and what reading a warm start throws.
  private func past(of days: ClosedRange<JSTDay>, importing day: JSTDay? = nil) throws -> Past? {
    guard let first = try firstSoilWaterDay(importing: day) else {
      throw RainLack.noRain(day: days.lowerBound, archive: archive.folder)
    }
    if let period = catalogue.reference {
      let range = max(first, period.first)...max(first, period.last)
      let around = ReferenceDays.excluding(around: days, margin: period.leaveOutDays)
      return Past(range: range, reference: around.before(range.upperBound.advanced(by: 1)))
    }
    let last = days.lowerBound.firstOfMonth.advanced(by: -1)
    return first <= last ? Past(range: first...last, reference: .known(on: days.lowerBound)) : nil
  }

  /// Whether there will be valid days to compare days with, once the source's rain from `day` on is imported.
  func hasPast(of days: ClosedRange<JSTDay>, importing day: JSTDay) throws -> Bool {
    if try storedClimatology(for: days) != nil { return true }
    guard let past = try past(of: days, importing: day), let valid = try firstValidDay(importing: day) else {
      return false
    }
    return past.range.contains { $0 >= valid && past.reference.contains($0) }
  }

  /// What past rain says about days: never fitted on the days themselves (METHOD 2.6).
  ///
  /// A fit that `soilwater fit` stored goes first. Else the past is gathered, or what an earlier call gathered is brought up
  /// to date; the fit is kept: a further day of the month reads no past.
  ///
  /// - Parameter days: The days to be scored; states up to them are there.
  /// - Returns: The climatology of the project's grid, and the file that holds it, if any does.
  /// - Throws: What reading rain and states throws, `SoilWaterError`.
  package func climatology(
    for days: ClosedRange<JSTDay>
  ) throws -> (climatology: Climatology, path: String?) {
    if let fitted = try storedClimatology(for: days) { return (fitted, workspace.climatology) }
    let parameters = try soilWaterRun().field.parameters
    guard let past = try past(of: days) else {
      let empty = try ClimatologyBuilder(grid: grid, settings: catalogue.physics.criticalLine)
        .fit(.all, parameters: parameters)
      return (empty, nil)
    }
    let fit = try Derived<Climatology>(
      file: fitFile(past),
      read: { file in
        guard try ClimatologyFile.metadata(of: file.path)[DerivedFile.keyTag] == file.key else { return nil }
        return try ClimatologyFile.read(file.path, parameters: parameters)
      },
      make: { file in
        let fitted = try gatherPast(past.range).fit(past.reference, parameters: parameters)
        try ClimatologyFile.write(
          fitted, to: file.path, as: .packed, provenance: ["area": area.name, DerivedFile.keyTag: file.key])
        return fitted
      }
    ).value(telling: console)
    return (fit, workspace.lastFit)
  }

  private func fitFile(_ past: Past) throws -> DerivedFile {
    DerivedFile(
      .fit, at: workspace.lastFit,
      from: try pastParts + [try rainDigest(of: past.range), past.reference.canonicalText])
  }

  /// A digest of all rain that a past rests on: the state at its end knows it. Where later days than those of the states
  /// are wanted, each day of the archive is asked.
  func rainDigest(of range: ClosedRange<JSTDay>) throws -> String {
    catalogue.reference == nil
      ? try history(of: range.upperBound, in: soilWaterRun().store) : try archive.digest(of: range)
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
    guard try firstSoilWaterDay() != nil, let past = try past(of: days) else { return (workspace.lastFit, .missing) }
    let isTouched = !rain.isDisjoint(with: past.range)
    if !isTouched, try storedClimatology(for: days) != nil { return (workspace.climatology, .fresh) }
    let condition = try fitFile(past).condition
    return (workspace.lastFit, condition == .fresh && isTouched ? .changed : condition)
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
  ///
  /// - Parameter range: The days; states up to the last are there.
  /// - Returns: At least these days; later ones, too, where an earlier call took them in. A fit names those that count.
  /// - Throws: What reading rain and states throws, `SoilWaterError`.
  package func gatherPast(_ range: ClosedRange<JSTDay>) throws -> ClimatologyBuilder {
    let run = try soilWaterRun()
    let file = DerivedFile(.gatheredPast, at: workspace.gatheredPast, from: try pastParts + ["\(range.lowerBound)"])
    let kept = try Derived<GatheredPast?>(
      file: file,
      read: { try GatheredPast(reading: $0, grid: grid, settings: catalogue.physics.criticalLine, threads: threads) },
      make: { _ in nil }
    ).value(telling: console)
    if let kept, let last = kept.builder.days.last, kept.builder.days.first == range.lowerBound,
      try rainDigest(of: range.lowerBound...last) == kept.rain
    {
      if last >= range.upperBound { return kept.builder }
      let builder = try extend(kept.builder, after: last, to: range.upperBound)
      try GatheredPast(rain: try rainDigest(of: range), builder: builder).write(to: file)
      return builder
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
    try GatheredPast(rain: try rainDigest(of: range), builder: builder).write(to: file)
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

  /// What `soilwater fit` stored, where it serves the days: it has not seen them, nor later ones unless the catalogue names a
  /// reference period, lies on this grid, and its rain is as it was.
  private func storedClimatology(for days: ClosedRange<JSTDay>) throws -> Climatology? {
    let path = workspace.climatology
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let fitted = try ClimatologyFile.read(path, parameters: try soilWaterRun().field.parameters)
    guard !days.contains(where: fitted.hasSeen), fitted.units.grid.contains(grid) else {
      console.note("\(path) was fitted on \(days.upperBound) itself or elsewhere: fitting without it")
      return nil
    }
    if catalogue.reference == nil, let last = fitted.days.last, last > days.lowerBound {
      console.note(
        "\(path) knows days after \(days.lowerBound), through \(last): fitting without it; a hindcast that may know them "
          + "names a reference period in the catalogue")
      return nil
    }
    guard fitted.settings == catalogue.physics.criticalLine else {
      console.note("\(path) was fitted with another critical_line than the catalogue's: fitting without it")
      return nil
    }
    let metadata = try ClimatologyFile.metadata(of: path)
    let period = ["rain.from", "rain.through"].compactMap { metadata[$0].flatMap { JSTDay($0) } }
    guard period.count == 2, period[0] <= period[1],
      try rainDigest(of: period[0]...period[1]) == metadata["rain.digest"]
    else {
      console.note(
        "\(path): its rain has changed since it was fitted: fitting without it; run lsmap soilwater fit again")
      return nil
    }
    return fitted
  }
}
