import Foundation
package import Forecasting
package import Mesh
import Rasters
import SoilWater
import Statistics
import Synchronization

/// What `lsmap predict` is asked for.
package struct PredictionRequest: Sendable {
  package var catalogue: String
  package var area: String?
  package var period: Period
  /// Folder of the run folders: `out/AREA/DATE`.
  package var out: String
  /// `nil` for the method of the model file.
  package var method: Method?
  /// Replaces the catalogue's model.
  package var model: String?
  /// Of what readers read; `nil` for the catalogue's.
  package var language: Language?
  package var threads = 2
  package var overwrite = false
  package var extent = Manifest.Extent.whole
  /// `nil` does whatever step is missing.
  var preparation: Preparation?
  /// Of a day that is worked on beside others of its area: it has come, and is passed as soon as may be.
  var turn: DayTurn?

  package init(catalogue: String, area: String?, period: Period, out: String) {
    self.catalogue = catalogue
    self.area = area
    self.period = period
    self.out = out
  }
}

/// What has been done for several runs: rain archive and soil water hold the day.
enum Preparation: Sendable {
  /// By an earlier stage of a hindcast, for an area; the task keeps in a folder of its own what it carries from day to day.
  case task(scratch: String)
  /// For all areas within a store; files of an area's days before are kept.
  case store(Store, kept: DailyFiles)
}

/// What a prediction says at its end.
package struct PredictionResult: Codable, Sendable, Equatable {
  package var folder: String
  package var extent: Manifest.Extent
  package var area: String
  package var date: String
  package var model: String
  /// Last hour of the analysis, JST; `nil` for an observed day.
  package var asOf: String?
  /// The 24 hours of soil water and the network's window of rain end here, JST.
  package var validTime: String
  /// What rain there was, in words.
  package var rain: String
  /// Each hour from the analysis on; empty for an observed day.
  package var leads: [LeadSummary]
  /// Cells of the area at level 0 (no data), 1 ... 5.
  package var cellsByLevel: [Int]
  package var highestCell: String?
  package var highestProbability: Float?
  package var highestSoilWaterIndex: Float?
  package var notes: [String]
  package var seconds: Double
  /// Whether something was missing in the area.
  package var hasGaps: Bool

  package var words: String {
    var lines = ["\(area), \(date): \(model)"]
    if asOf != nil { lines.append("valid \(validTime); \(rain)") }
    let levels = cellsByLevel.enumerated().dropFirst().map { "level \($0.offset): \($0.element)" }
    let without = cellsByLevel[0] > 0 ? ", no data: \(cellsByLevel[0])" : ""
    lines.append("cells at " + levels.joined(separator: ", ") + without)
    if let highestCell, let highestProbability {
      lines.append("highest: cell \(highestCell), p = \(rounded(highestProbability, 3))")
    }
    lines += leads.map(\.words)
    let files = extent == .whole ? "map.png, lsmap.qgz and layers" : "layers alone"
    lines.append("\(folder): \(files), \(rounded(Float(seconds), 1)) s")
    return lines.joined(separator: "\n")
  }
}

/// One valid time of a run as of a time.
package struct LeadSummary: Codable, Sendable, Equatable {
  /// Hours after the analysis.
  package var leadHours: Int
  package var validTime: String
  /// What its last hour rests on: the analysis, or a forecast with its time of issue.
  package var rain: String
  package var cellsByLevel: [Int]

  var words: String {
    "+\(leadHours) h: "
      + cellsByLevel.enumerated().dropFirst().map { "level \($0.offset): \($0.element)" }
      .joined(separator: ", ") + " (\(rain))"
  }
}

/// Predicts a day: makes by itself whatever is missing or stale, and says so; writes the run folder.
///
/// - Parameters:
///   - request: What is asked for.
///   - sources: Rain that other runs of the process have opened.
///   - console: Told every step.
/// - Returns: What there is to say.
/// - Throws: A `ReportedError`; no run folder appears then.
package func predict(
  _ request: PredictionRequest, sources: RainSources = RainSources(keeping: false), console: Console
) throws -> PredictionResult {
  let clock = ContinuousClock()
  let started = clock.now
  var timings = Timings()
  var catalogue = try Catalogue.read(request.catalogue)
  if let language = request.language { catalogue.language = language }
  let chosen = try catalogue.forecaster(request.method, model: request.model)
  var (store, isPrepared): (Store?, Bool) = (nil, false)
  var kept: DailyFiles?
  if case .store(let prepared, let files) = request.preparation { (store, kept) = (prepared, files) }
  var project = try request.project(catalogue, halo: chosen.forecaster.halo, store: store, sources, console)
  switch request.preparation {
  case .task(let scratch): (project, isPrepared) = (project.keepingDaily(in: scratch), true)
  case .store(let prepared, _): isPrepared = project.store.key == prepared.key
  case nil: break
  }
  let folder = (request.out as NSString).appendingPathComponent("\(project.area.key)/\(request.period.key)")
  let run = try RunFolder(at: folder, overwrite: request.overwrite)
  var hashes = InputHashes(rememberedIn: project.workspace.hashes)
  let inputs = try timings.measure("towns") { try ExposureInputs(of: project) }

  let lock = try project.lock(for: isPrepared ? .reading : .changing)
  defer { lock.release() }
  let (rain, rainFiles) = try timings.measure("rain") {
    try project.rain(of: request.period, isArchived: isPrepared)
  }
  // On the first day of all there is no earlier state to bring up to date.
  if !isPrepared { try timings.measure("states") { try project.bringSoilWater(to: rain.lastAnalysedDay) } }
  lock.onlyRead()
  project = try project.onLand(&hashes)
  var derived: [Manifest.DerivedFile] = []
  let (day, files, ground) = try score(
    project, rain, by: chosen.forecaster, keeping: kept ?? DailyFiles(), &hashes, &timings
  ) { fits, hashes in
    derived = try project.usedFiles(of: rain, fits: fits, windowHours: chosen.forecaster.windowHours)
    guard let turn = request.turn else { return }
    try hashes.save()
    turn.pass()
  }
  let firstDay = try project.warmStart() == nil ? project.firstSoilWaterDay() : nil
  let exposure = timings.measure("towns") { RunExposure(of: project.area, inputs, day) }
  let products = Products(
    project: project, horizon: rain.horizon, gaugeDay: rain.lastAnalysedDay, day: day,
    forecaster: chosen.forecaster, soilWaterDays: firstDay.map { $0.distance(to: rain.horizon.day) },
    door: try DoorFindings(of: project, through: rain.horizon.day, ground: ground),
    exposure: exposure, extent: request.extent)
  let seconds = timings
  let map = products.map
  try timings.measure("writing") {
    console.begin("writing \(folder)")
    try products.write(map, to: run)
  }
  var sources: [(role: String, path: String)] = files.map { ("static", $0) } + rainFiles.map { ("rain", $0) }
  sources += rain.forecastFiles.map { ("forecast rain", $0) }
  sources += [("catalogue", project.catalogue.path)] + project.catalogue.styleFiles.map { ("styles", $0) }
  if let path = project.catalogue.boundaries?.path { sources.append(("boundaries", path)) }
  if let path = project.catalogue.municipalities { sources.append(("municipalities", path)) }
  sources += (project.catalogue.population?.paths ?? []).map { ("population", $0) }
  if let path = project.catalogue.roads?.path { sources.append(("roads", path)) }
  if let path = chosen.path { sources.append(("model", path)) }
  try products.writeManifest(
    to: run, inputs: sources,
    derived: derived, modelHash: chosen.hash, &hashes, seconds: seconds.seconds)
  try hashes.save()
  try run.publish()
  if let lack = LatestRun.point(to: folder, end: rain.horizon.end) { console.warn(lack) }
  console.end()
  for note in products.notes { console.warn(note) }
  return products.result(map, folder: folder, seconds: (clock.now - started) / .seconds(1))
}

extension PredictionRequest {
  /// The area and its workspace. Where rain has to be looked at, it is opened meanwhile: tables of gauges take as long to read
  /// as boundaries, and neither needs the other.
  fileprivate func project(
    _ catalogue: Catalogue, halo: Int, store: Store?, _ sources: RainSources, _ console: Console
  ) throws -> Project {
    let isPrepared = preparation != nil
    let made = try mapInParallel(2, threads: threads) { piece -> Project? in
      if piece == 0 {
        return try Project(
          catalogue, area: area, halo: halo, store: store, sources: sources, threads: threads, console: console)
      }
      if !isPrepared, let rain = catalogue.rain { sources.openAhead(rain) }
      return nil
    }
    guard let project = made[0] else { preconditionFailure("no project of \(catalogue.path)") }
    return project
  }
}

/// Scores the area part by part, as many parts side by side as there are threads: that leaves fewer of them idle than many
/// threads in one part do.
///
/// - Parameters:
///   - project: On its land.
///   - rain: What the run is about.
///   - forecaster: The method.
///   - kept: Files of the area's days before.
///   - hashes: Of inputs, added to.
///   - timings: Added to.
///   - whenRead: Called once, when all has been read of the workspace that a later day may replace there, with the files of
///     the fits.
/// - Returns: The layers, the files the static stack comes from, and how far it reaches in each part.
/// - Throws: What reading the workspace and scoring throws.
private func score(
  _ project: Project, _ rain: RunRain, by forecaster: Forecaster, keeping kept: DailyFiles,
  _ hashes: inout InputHashes, _ timings: inout Timings, whenRead: ([String], InputHashes) throws -> Void
) throws -> (day: RunLayers, files: [String], ground: [GroundCover]) {
  // The days of all windows, the one before them that goes into the record, and those since the state that they go on from.
  let first = (rain.horizon.validTimes.first ?? rain.horizon.end).advanced(by: -forecaster.windowHours).day
  let days = min(try project.stateBefore(first) ?? first, first.advanced(by: -1))...rain.horizon.day
  let whole = project.keepingFiles(of: days, in: kept)
  let parts = whole.parts()
  let (atOnce, cells) = (min(parts.count, project.threads), Double(project.area.cellCount))
  if atOnce > 1 {
    project.console.begin("risk of \(project.area.cellCount) cells in \(parts.count) parts")
    // With all threads, before the parts that begin together would each read it.
    for day in days { _ = try whole.rain(of: day, at: parts[0].workingCells) }
  }
  let sums = Mutex((day: RunLayers(project), files: [String](), fits: [String](), timings: timings, done: 0.0))
  let ground = Mutex([GroundCover?](repeating: nil, count: parts.count))
  let known = Mutex(hashes)
  try inParallel(parts.count, threads: atOnce) { number in
    let part = atOnce > 1 ? parts[number].besideOthers(atOnce) : parts[number]
    var own = Timings(sharing: atOnce)
    let (stack, report, found) = try own.measure("static") { try known.withLock { try part.staticStack(&$0) } }
    ground.withLock { $0[number] = GroundCover(of: part, stack, report) }
    let evidence = try own.measure("soil water") {
      try RiskEvidence(part, rain: rain.of(part), stack: stack, for: forecaster) { fit in
        if parts.count == 1 { try whenRead([fit].compactMap(\.self), known.withLock { $0 }) }
      }
    }
    let scored = try own.measure("network") { try score(evidence, project: part, forecaster: forecaster) }
    sums.withLock { sums in
      sums.day.add(part, evidence, scored, elevation: stack.elevation)
      sums.files = found
      if let path = evidence.climatologyPath { sums.fits.append(path) }
      sums.timings.add(own)
      sums.done += Double(part.area.cellCount)
      if atOnce > 1 { project.console.progress(sums.done / cells) }
    }
  }
  hashes = known.withLock { $0 }
  if parts.count > 1 { try whenRead(sums.withLock { $0.fits }, hashes) }
  return sums.withLock { sums in
    timings = sums.timings
    return (sums.day, sums.files, ground.withLock { $0.compactMap(\.self) })
  }
}

/// What a method says of a part of the area.
struct ScoredPart {
  /// Of the run's own valid time, the last.
  let inputs: DayInputs
  let forecast: RiskForecast
  /// Each valid time of a run as of a time; empty for an observed day.
  let leads: [LeadForecast]
}

/// Scores each valid time of the horizon by itself; the last one is the run's own.
private func score(_ evidence: RiskEvidence, project: Project, forecaster: Forecaster) throws -> ScoredPart {
  let plan = ForecastPlan(threads: project.threads)
  let horizon = evidence.rain.horizon
  var leads: [LeadForecast] = []
  func forecast(_ inputs: DayInputs, drivers: Bool) throws -> RiskForecast {
    project.console.begin("risk of \(project.area.cellCount) cells, \(inputs.validTime.words)")
    let forecast = try forecaster.forecast(inputs.network, wanted: project.area.cells, plan: plan, drivers: drivers)
    if horizon.asOf != nil {
      leads.append(
        LeadForecast(validTime: inputs.validTime, probability: forecast.probability, level: forecast.level))
    }
    return forecast
  }
  for time in horizon.validTimes.dropLast() { _ = try forecast(try evidence.inputs(at: time), drivers: false) }
  let last = try evidence.inputs(at: horizon.end)
  let own = try forecast(last, drivers: true)
  return ScoredPart(inputs: last, forecast: own, leads: leads)
}

/// Seconds of named steps.
struct Timings {
  private(set) var seconds: [String: Double] = [:]
  /// Pieces of work that go on side by side: a step's seconds are its share of them.
  private let sharing: Double

  init(sharing: Int = 1) { self.sharing = Double(sharing) }

  mutating func measure<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try work()
    seconds[name, default: 0] += (ContinuousClock.now - start) / .seconds(1) / sharing
    return result
  }

  mutating func add(_ other: Timings) { seconds.merge(other.seconds, uniquingKeysWith: +) }
}

/// A number with a fixed count of decimals.
func rounded(_ value: Float, _ decimals: Int) -> String {
  value.isNaN ? "none" : String(format: "%.\(decimals)f", Double(value))
}
