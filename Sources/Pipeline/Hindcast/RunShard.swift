import Forecasting
import Mesh
import Rasters

/// What a task says at its end.
package struct ShardResult: Codable, Sendable, Equatable {
  package let index: Int
  package let stage: HindcastPlan.Stage
  /// Whether an earlier run had done all of it.
  package let wasDone: Bool
  /// Run folders made now, and kept from an earlier run that ended too early.
  package let made: Int
  package let kept: Int
  package let hasGaps: Bool

  package var words: String {
    let what =
      switch stage {
      case .soilwater: "soil water"
      case .past: "past carried to the first day of each prediction"
      case .prediction: "\(made) run folders made, \(kept) kept"
      }
    return "task \(index): \(wasDone ? "was done already" : what)\(hasGaps ? ", with gaps" : "")"
  }
}

extension HindcastPlan {
  /// Runs a task: safe to run again, and twice at a time; what a manifest proves is not made again.
  ///
  /// - Parameters:
  ///   - index: The task.
  ///   - path: The plan's file, for errors.
  ///   - threads: Workers.
  ///   - console: Told every step.
  /// - Returns: What there is to say.
  /// - Throws: `HindcastError`, or what predicting throws; the record of the task tells of it.
  package func run(
    _ index: Int, path: String, threads: Int, console: Console
  ) throws -> ShardResult {
    guard tasks.indices.contains(index) else { throw HindcastError.noTask(index, plan: path, tasks: tasks.count) }
    let task = tasks[index]
    if isDone(index) {
      return ShardResult(
        index: index, stage: task.stage, wasDone: true, made: 0, kept: record(of: index)?.runs.count ?? 0,
        hasGaps: record(of: index)?.hasGaps ?? false)
    }
    let waiting = needs(of: task).filter { !isDone($0) }
    guard waiting.isEmpty else { throw HindcastError.notReady(index, waitsFor: "tasks \(indexRanges(waiting))") }
    do {
      switch task.stage {
      case .soilwater: try prepare(task, threads: threads, console: console)
      case .past: try carryPast(task, threads: threads, console: console)
      case .prediction: return try predictDays(task, threads: threads, console: console)
      }
      try write(HindcastTaskRecord(plan: planSHA256, index: index, state: .done))
      return ShardResult(index: index, stage: task.stage, wasDone: false, made: 0, kept: 0, hasGaps: false)
    } catch let error as any ReportedError {
      try? write(HindcastTaskRecord(plan: planSHA256, index: index, state: .failed, reason: error.description))
      throw error
    }
  }

  func days(of task: Task) throws -> ClosedRange<JSTDay> {
    guard let first = JSTDay(task.from), let last = JSTDay(task.through), first <= last else {
      throw HindcastError.noPlan(path: "task \(task.index)")
    }
    return first...last
  }

  /// Rain, states and ground up to the last day.
  private func prepare(_ task: Task, threads: Int, console: Console) throws {
    let last = try days(of: task).upperBound
    for area in task.areas {
      let project = try project(of: area, threads: threads, console: console)
      try project.changingWorkspace {
        _ = try project.rain(of: .day(last))
        try project.bringSoilWater(to: last)
      }
      var hashes = InputHashes(rememberedIn: project.workspace.hashes)
      for part in try project.onLand(&hashes).parts() { _ = try part.staticStack(&hashes) }
      try hashes.save()
    }
    console.end()
  }

  /// An area as the plan's catalogue, method and model want it.
  func project(of area: String, threads: Int, console: Console) throws -> Project {
    let read = try Catalogue.read(catalogue.path)
    let halo = try read.forecaster(try method.map { try Method(named: $0) }, model: model?.path).forecaster.halo
    return try Project(read, area: area, halo: halo, threads: threads, console: console)
  }

  /// The run folders of the days, day by day, with a past and records of the task's own.
  private func predictDays(_ task: Task, threads: Int, console: Console) throws -> ShardResult {
    // A draft: it goes with the task, at a signal too, and what a killed task left goes with the next.
    let scratch = try Draft(in: records)
    var record = HindcastTaskRecord(plan: planSHA256, index: task.index, state: .done)
    var made = 0
    for area in task.areas {
      let key = try Area.named(area, in: try Catalogue.read(catalogue.path).boundaries).key
      takeCarriedPast(of: key, from: task.from, to: scratch.path(key))
      for day in try days(of: task) {
        let folder = "\(out)/\(key)/\(day)"
        if let manifest = ownManifest(folder) {
          record.hasGaps = record.hasGaps || manifest.gaps.isAny
          record.runs.append(.init(folder: folder, manifest: manifest.manifestSHA256))
          continue
        }
        var request = PredictionRequest(catalogue: catalogue.path, area: area, period: .day(day), out: out)
        request.method = try method.map { try Method(named: $0) }
        (request.model, request.threads, request.overwrite) = (model?.path, threads, true)
        request.extent = extent ?? .whole
        request.preparation = .task(scratch: scratch.path(key))
        let result = try predict(request, console: console)
        record.hasGaps = record.hasGaps || result.hasGaps
        record.runs.append(.init(folder: folder, manifest: try Manifest.read(folder).manifestSHA256))
        made += 1
      }
    }
    try write(record)
    for area in task.areas { try dropCarriedPast(of: area, from: task.from) }
    return ShardResult(
      index: task.index, stage: task.stage, wasDone: false, made: made, kept: record.runs.count - made,
      hasGaps: record.hasGaps)
  }

  /// The manifest of a run folder that this plan's tool made of its catalogue and model, and that is whole.
  private func ownManifest(_ folder: String) -> Manifest? {
    guard let manifest = try? Manifest.read(folder), manifest.tool == tool, (try? Pipeline.verify(folder)) != nil else {
      return nil
    }
    guard manifest.inputs.contains(where: { $0.sha256 == catalogue.sha256 }),
      model.map({ $0.sha256 == manifest.modelSHA256 }) ?? true,
      extent == .levels || manifest.extent != .levels
    else { return nil }
    return manifest
  }
}
