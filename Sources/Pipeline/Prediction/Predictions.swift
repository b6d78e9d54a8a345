package import Mesh
import Statistics
import Synchronization

/// Several areas and days in one process: what an agency asks each morning.
package struct PredictionsRequest: Sendable {
  /// Which days.
  package enum Days: Hashable, Sendable {
    case wish(DayWish)
    case range(ClosedRange<JSTDay>)
    case period(Period)
  }

  package var catalogue: String
  /// As users name them; `each` stands for every polygon of the catalogue's boundaries.
  package var areas: [String]
  package var days: Days

  /// The run of an area, the catalogue's own for `nil`, and a period.
  fileprivate let run: @Sendable (String?, Period) -> PredictionRequest

  package init(
    catalogue: String, areas: [String], days: Days, run: @escaping @Sendable (String?, Period) -> PredictionRequest
  ) {
    self.catalogue = catalogue
    self.areas = areas
    self.days = days
    self.run = run
  }
}

/// What became of several runs.
package struct PredictionsResult: Codable, Sendable {
  /// A run that did not come about.
  package struct Failure: Codable, Sendable, Equatable {
    package let area: String
    package let period: String
    package let reason: String
    package let exitCode: Int32
  }

  package var runs: [PredictionResult] = []
  /// Run folders that were there and were left as they are.
  package var kept: [String] = []
  package var failed: [Failure] = []

  /// The code of the first failure; else 3 where something was missing.
  package var exitCode: ExitCode {
    failed.first.flatMap { ExitCode(rawValue: $0.exitCode) }
      ?? (runs.contains(where: \.hasGaps) ? .doneWithGaps : .done)
  }

  package var words: String {
    var lines = runs.map { run in
      let over = run.cellsByLevel[4] + run.cellsByLevel[5]
      return "\(run.area), \(run.date): \(over) cells at level 4 or 5\(run.hasGaps ? ", with gaps" : ""); \(run.folder)"
    }
    if !kept.isEmpty { lines.append("\(kept.count) run folders were there already and were kept") }
    lines += failed.map { "failed: \($0.area), \($0.period): \($0.reason)" }
    return lines.joined(separator: "\n")
  }
}

extension PredictionsRequest {
  /// Whether one run is asked for, whose result and errors are those of the command.
  package var single: PredictionRequest? {
    guard areas.count <= 1, areas.first != Catalogue.eachArea, case .period(let period) = days else { return nil }
    return run(areas.first, period)
  }

  /// The same with wishes for days resolved: `latest` is the catalogue's last whole day.
  package func resolved(_ sources: RainSources) throws -> PredictionsRequest {
    guard case .wish(let wish) = days else { return self }
    var request = self
    request.days = .period(.day(try wish.resolved(try Catalogue.read(catalogue), sources)))
    return request
  }

  fileprivate var periods: [Period] {
    switch days {
    case .wish: []
    case .period(let period): [period]
    case .range(let days): days.map { .day($0) }
    }
  }
}

/// Predicts several areas and days; each is the run that it would be alone. The rain's tables are read once; rain is imported
/// and the tanks are run once for all days and, where the catalogue names a store, for all areas within it. Days follow one
/// another, the areas of a day are worked on side by side, one a thread.
///
/// - Parameters:
///   - request: With its wishes resolved.
///   - sources: Opened rain.
///   - console: Told every step.
/// - Returns: What became of each, in the order asked for: a run that fails does not stop the others.
/// - Throws: What reading the catalogue and its boundaries throws, and every error that is not one of a run.
package func predict(
  _ request: PredictionsRequest, sources: RainSources, console: Console
) throws -> PredictionsResult {
  let catalogue = try Catalogue.read(request.catalogue)
  let areas = try catalogue.areaNames(request.areas)
  if areas.count > 1, catalogue.store == nil {
    console.note("each area imports its own rain: store: each in \(catalogue.path) keeps it once for all")
  }
  var result = PredictionsResult()
  guard let first = request.periods.first else { return result }
  let threads = request.run(areas.first, first).threads
  let atOnce = max(1, min(threads, areas.count))
  let stores = PreparedStores(of: areas, request, catalogue, sources, console)
  for period in request.periods {
    if areas.count > 1 { console.begin("\(areas.count) areas, \(period.key)") }
    let done = Mutex(0)
    let outcomes = try mapInParallel(areas.count, threads: atOnce) { place in
      var run = request.run(areas[place], period)
      run.threads = max(1, threads / atOnce)
      let own = areas.count > 1 ? Console(within: console, of: "\(areas[place]), \(period.key)") : console
      let outcome = try run.outcome(after: stores.of(areas[place], period), sources, own, of: areas[place])
      done.withLock { done in
        done += 1
        if areas.count > 1 { console.progress(Double(done) / Double(areas.count)) }
      }
      return outcome
    }
    for outcome in outcomes {
      switch outcome {
      case .done(let run): result.runs.append(run)
      case .kept(let path): result.kept.append(path)
      case .failed(let failure): result.failed.append(failure)
      }
    }
  }
  return result
}

/// What became of one of several runs.
private enum RunOutcome {
  case done(PredictionResult)
  /// The run folder that was there.
  case kept(String)
  case failed(PredictionsResult.Failure)
}

extension PredictionRequest {
  /// Runs; an error that is one of the run is its outcome.
  fileprivate func outcome(
    after preparation: Result<Preparation?, any Error>, _ sources: RainSources, _ console: Console, of area: String
  ) throws -> RunOutcome {
    var run = self
    do {
      run.preparation = try preparation.get()
      return .done(try predict(run, sources: sources, console: console))
    } catch RunFolderError.exists(let path) {
      return .kept(path)
    } catch let error as any ReportedError {
      console.warn(error.description)
      return .failed(
        PredictionsResult.Failure(
          area: area, period: period.key, reason: error.description, exitCode: error.exitCode.rawValue))
    }
  }

  /// Brings rain and soil water of an area's store up to the period.
  ///
  /// - Throws: What importing rain and running the tanks throws, and before that what no run would get past.
  fileprivate func preparedStore(
    of area: String, _ catalogue: Catalogue, _ sources: RainSources, _ console: Console
  ) throws -> Store {
    let halo = try catalogue.forecaster(method, model: model).forecaster.halo
    let project = try Project(
      catalogue, area: area, halo: halo, sources: sources, threads: threads, console: console)
    _ = try ExposureInputs(of: project)
    try project.changingWorkspace {
      try project.bringSoilWater(to: try project.rain(of: period).rain.lastAnalysedDay)
    }
    return project.store
  }
}

/// Rain and soil water of all days and areas of a request, made before the first of them: each day of a year would else look
/// through all the days before it.
private struct PreparedStores {
  /// By area; under no name that of all areas.
  private var stores: [String: Result<Store, any Error>] = [:]
  /// Of each area, where days follow one another.
  private var kept: [String: DailyFiles] = [:]
  /// Several days are prepared through this one.
  private var last: JSTDay?

  private static let shared = ""

  init(
    of areas: [String], _ request: PredictionsRequest, _ catalogue: Catalogue, _ sources: RainSources,
    _ console: Console
  ) {
    guard var period = request.periods.last else { return }
    if case .range(let days) = request.days {
      // A day without rain says so when its turn comes.
      let known = catalogue.rain.flatMap { try? sources.source($0).hours.last?.day } ?? days.upperBound
      guard days.lowerBound <= known else { return }
      last = min(days.upperBound, known)
      for area in areas { kept[area] = DailyFiles() }
      period = .day(min(days.upperBound, known))
    }
    func prepare(_ area: String) -> Result<Store, any Error> {
      Result { try request.run(area, period).preparedStore(of: area, catalogue, sources, console) }
    }
    if let area = catalogue.areaOfStore {
      stores[Self.shared] = prepare(area)
    } else if last != nil {
      for area in areas { stores[area] = prepare(area) }
    }
  }

  /// - Returns: `nil` where a run has to prepare itself.
  func of(_ area: String, _ period: Period) -> Result<Preparation?, any Error> {
    if let last, case .day(let day) = period, day > last { return .success(nil) }
    guard let store = stores[area] ?? stores[Self.shared] else { return .success(nil) }
    return store.map { .store($0, kept: kept[area] ?? DailyFiles()) }
  }
}
