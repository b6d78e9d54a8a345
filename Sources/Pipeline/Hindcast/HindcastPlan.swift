import Foundation
package import Mesh
import Rasters
import Statistics

/// Many areas and days as tasks for a batch system: the same request gives the same bytes, and whoever runs a task finds in
/// it all there is to know. Nothing here schedules; Slurm, PBS, Grid Engine or Snakemake do (`cluster/`).
///
/// Tasks of the stage `soilwater` bring rain archive, soil water and ground of their areas up to the last day, in order of time;
/// those of `past` go through the days once more, area by area and a large one by groups of first meshes, and keep what the cells
/// had survived, and the past to compare with, at the first day of each task of `prediction`, which makes the run folders of some
/// days: none of them reads the years before its own.
package struct HindcastPlan: Codable, Sendable, Equatable {
  package enum Stage: String, Codable, Sendable, CaseIterable { case soilwater, past, prediction }

  /// Which of an area's parts a task takes: each `count`th, from `first` on.
  package struct Share: Codable, Sendable, Equatable {
    package let first: Int
    package let count: Int
  }

  package struct Task: Codable, Sendable, Equatable {
    package let index: Int
    package let stage: Stage
    /// As users name them.
    package let areas: [String]
    /// First and last day, JST.
    package let from: String
    package let through: String
    /// `nil` for whole areas.
    package let share: Share?
  }

  /// A file that all tasks read, and what it was when the plan was made.
  package struct Source: Codable, Sendable, Equatable {
    package let path: String
    package let sha256: String
  }

  /// `lsmap hindcast plan, version 2`.
  package let kind: String
  package let tool: String
  package let catalogue: Source
  /// `nil` for the catalogue's model.
  package let model: Source?
  package let method: String?
  /// `nil` for whole run folders.
  package let extent: Manifest.Extent?
  package let out: String
  package let tasks: [Task]
  /// SHA-256 of the plan with this text empty.
  package private(set) var planSHA256 = ""

  package static let kindOfFile = "lsmap hindcast plan, version 2"

  /// The tasks of a stage.
  package func tasks(of stage: Stage) -> [Task] { tasks.filter { $0.stage == stage } }

  /// Writes the plan.
  package func write(to path: String) throws { try writeAtomically(try JSONText.data(self), to: path) }

  private var digest: String {
    get throws {
      var blank = self
      blank.planSHA256 = ""
      return SHA256.hexadecimal(of: try JSONText.data(blank))
    }
  }

  /// Reads a plan and checks that it is whole and that its catalogue and model are what they were.
  ///
  /// - Parameter path: The file.
  /// - Returns: The plan.
  /// - Throws: `HindcastError`, or what reading throws.
  package static func read(_ path: String) throws -> HindcastPlan {
    let data = try PlainFile.contents(path, limit: 256 << 20)
    guard let plan = try? JSONDecoder().decode(HindcastPlan.self, from: data), plan.kind == kindOfFile,
      try plan.digest == plan.planSHA256
    else { throw HindcastError.noPlan(path: path) }
    for source in [plan.catalogue, plan.model].compactMap({ $0 }) where try sha256(ofFile: source.path) != source.sha256
    {
      throw HindcastError.changed(path: source.path, plan: path)
    }
    return plan
  }
}

/// What `lsmap hindcast plan` is asked for.
package struct HindcastRequest: Sendable {
  package var catalogue: String
  package var areas: [String]
  package var days: ClosedRange<JSTDay>
  /// Least number of prediction tasks, as far as days and areas allow.
  package var shards: Int
  package var out: String
  package var model: String?
  package var method: String?
  package var extent = Manifest.Extent.whole

  package init(
    catalogue: String, areas: [String], days: ClosedRange<JSTDay>, shards: Int, out: String, model: String? = nil,
    method: String? = nil
  ) {
    (self.catalogue, self.areas, self.days, self.shards) = (catalogue, areas, days, shards)
    (self.out, self.model, self.method) = (out, model, method)
  }
}

extension HindcastPlan {
  /// Cuts a request into tasks.
  ///
  /// - Parameter request: What is asked for; paths are made absolute, so that a task may run anywhere.
  /// - Throws: What reading the catalogue and its boundaries throws.
  package init(_ request: HindcastRequest) throws {
    func source(_ path: String) throws -> Source {
      Source(path: absolutePath(of: path), sha256: try Pipeline.sha256(ofFile: path))
    }
    let read = try Catalogue.read(request.catalogue)
    let areas = try read.areaNames(request.areas)
    var tasks: [Task] = []
    func add(_ stage: Stage, _ areas: [String], _ days: ClosedRange<JSTDay>, share: Share? = nil) {
      tasks.append(
        Task(
          index: tasks.count, stage: stage, areas: areas, from: "\(days.lowerBound)", through: "\(days.upperBound)",
          share: share))
    }
    // A store is for one task to fill.
    let groups = read.store == nil ? areas.map { [$0] } : [areas]
    for group in groups { add(.soilwater, group, request.days) }
    for area in areas {
      let project = try Project(read, area: area, threads: 1, console: Console(.quiet))
      let shares = min(project.parts().count, (project.area.cellCount + Self.cellsOfShare - 1) / Self.cellsOfShare)
      for first in 0..<max(1, shares) {
        add(.past, [area], request.days, share: shares > 1 ? Share(first: first, count: shares) : nil)
      }
    }
    let chunks = (request.shards + areas.count - 1) / areas.count
    for group in Self.cut(areas.count, into: min(request.shards, areas.count)) {
      for chunk in Self.cut(request.days.count, into: min(chunks, request.days.count)) {
        let first = request.days.lowerBound
        add(
          .prediction, Array(areas[group]),
          first.advanced(by: chunk.lowerBound)...first.advanced(by: chunk.upperBound - 1))
      }
    }
    kind = Self.kindOfFile
    tool = "lsmap \(ToolVersion.build)"
    catalogue = try source(request.catalogue)
    model = try request.model.map(source)
    method = request.method
    extent = request.extent == .whole ? nil : request.extent
    out = absolutePath(of: request.out)
    self.tasks = tasks
    planSHA256 = try digest
  }

  /// Of an area in several parts: twenty years of so many cells are carried through in half an hour.
  private static let cellsOfShare = 10_000

  /// Ranges of nearly equal length, the longer ones first.
  private static func cut(_ count: Int, into parts: Int) -> [Range<Int>] {
    var begin = 0
    return (0..<parts).map { part in
      let end = begin + count / parts + (part < count % parts ? 1 : 0)
      defer { begin = end }
      return begin..<end
    }
  }
}

/// What can be wrong with a hindcast.
package enum HindcastError: ReportedError, Equatable {
  case noPlan(path: String)
  case changed(path: String, plan: String)
  case noTask(Int, plan: String, tasks: Int)
  case notReady(Int, waitsFor: String)
  case unfinished(plan: String, tasks: String)
  case otherRun(folder: String, plan: String)

  package var exitCode: ExitCode {
    switch self {
    case .noTask: .usage
    case .notReady, .unfinished: .retryable
    case .noPlan, .changed, .otherRun: .badInput
    }
  }

  package var description: String {
    switch self {
    case .noPlan(let path): "\(path): is no plan as lsmap hindcast plan writes it, or was changed; make it again"
    case .changed(let path, let plan): "\(path): is not what it was when \(plan) was made; make a new plan"
    case .noTask(let index, let plan, let tasks): "\(plan): has no task \(index); its tasks are 0 to \(tasks - 1)"
    case .notReady(let index, let tasks): "task \(index): rests on \(tasks), not done yet; run these first"
    case .unfinished(let plan, let tasks):
      "\(plan): tasks \(tasks) are not done; run them first (lsmap hindcast status)"
    case .otherRun(let folder, let plan): "\(folder): is not the run that \(plan) made; run its task again"
    }
  }
}
