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
/// and the tanks are run once for all days and, where the catalogue names a store, for all areas within it. Runs are worked on
/// side by side, one a thread: the areas of a day, then those of the next.
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
  let stores = PreparedStores(of: areas, request, catalogue, sources, console)
  let runs = request.periods.flatMap { period in areas.map { (area: $0, period: period) } }
  // A country is worked on in parts side by side, and two days of it need twice the memory.
  let isInParts =
    areas.count == 1 && runs.count > 1
    && (try? request.run(areas[0], first).wholeProject(of: areas[0], catalogue, sources, console).parts().count > 1)
      ?? false
  let atOnce = max(1, min(threads, isInParts ? 1 : runs.count))
  var turns: [DayTurn] = []
  for place in runs.indices { turns.append(DayTurn(after: place < areas.count ? nil : turns[place - areas.count])) }
  let isTold = areas.count > 1 || atOnce > 1
  if isTold { console.begin(runs.words) }
  let done = Mutex(0)
  let outcomes = try mapInParallel(runs.count, threads: atOnce) { place in
    let ((area, period), turn) = (runs[place], turns[place])
    turn.wait()
    // However the run ends: the next day waits for it.
    defer { turn.pass() }
    var run = request.run(area, period)
    (run.threads, run.turn) = (max(1, threads / atOnce), turn)
    let own = isTold ? Console(within: console, of: "\(area), \(period.key)") : console
    let outcome = try run.outcome(after: stores.of(area, period), sources, own, of: area)
    done.withLock { done in
      done += 1
      if isTold { console.progress(Double(done) / Double(runs.count)) }
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
  return result
}

extension [(area: String, period: Period)] {
  /// What several runs are, in a few words.
  fileprivate var words: String {
    let (areas, days) = (Set(map(\.area)), Set(map(\.period.key)))
    let place = areas.count > 1 ? "\(areas.count) areas" : areas.first ?? ""
    return "\(place), \(days.count > 1 ? "\(days.count) days" : days.first ?? "")"
  }
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
    let project = try wholeProject(of: area, catalogue, sources, console)
    _ = try ExposureInputs(of: project)
    try project.changingWorkspace {
      try project.bringSoilWater(to: try project.rain(of: period).rain.lastAnalysedDay)
    }
    return project.store
  }

  fileprivate func wholeProject(
    of area: String, _ catalogue: Catalogue, _ sources: RainSources, _ console: Console
  ) throws -> Project {
    let halo = try catalogue.forecaster(method, model: model).forecaster.halo
    return try Project(catalogue, area: area, halo: halo, sources: sources, threads: threads, console: console)
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
