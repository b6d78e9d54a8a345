import Foundation
import Mesh
import SoilWater

/// What `predict` would make, and why: for people and for `--json`.
package struct PredictionPlan: Codable, Sendable, Equatable {
  /// Files of one kind.
  package struct Step: Codable, Sendable, Equatable {
    package let what: String
    /// The file, or the folder of several.
    package let path: String
    /// `fresh`, or why it would be made: `missing`, `changed`, `damaged`.
    package let condition: String
    /// Days of those that would be made; empty where a file has none.
    package let days: [String]
  }

  /// The run folder that would appear.
  package let folder: String
  /// Whether it is there already: it would need `--overwrite`.
  package let isThere: Bool
  package let steps: [Step]

  package var words: String {
    // A country has hundreds of parts with the same files: those of one kind and condition stand together.
    var groups: [[Step]] = []
    for step in steps {
      if let place = groups.firstIndex(where: { $0[0].what == step.what && $0[0].condition == step.condition }) {
        groups[place].append(step)
      } else {
        groups.append([step])
      }
    }
    let lines = groups.map { group in
      let step = group[0]
      let days =
        step.days.isEmpty
        ? "" : step.days.count == 1 ? ", \(step.days[0])" : ", \(step.days.count) days from \(step.days[0])"
      let others = group.count == 1 ? "" : " and \(group.count - 1) more"
      let condition = step.condition.padding(toLength: 8, withPad: " ", startingAt: 0)
      return "\(condition) \(step.what)\(days): \(step.path)\(others)"
    }
    return (lines + ["\(isThere ? "replaced" : "new")      run folder: \(folder)"]).joined(separator: "\n")
  }
}

/// Tells what a prediction would make; makes nothing.
///
/// What rests on rain or states that would be made counts as changed with them. Files are judged by what they say they were
/// made from; whether their values are whole shows when they are read.
///
/// - Parameters:
///   - request: As for `predict`.
///   - console: Told every step.
/// - Returns: Each kind of derived file with its condition.
/// - Throws: What reading catalogue and inputs throws.
package func planPrediction(_ request: PredictionRequest, console: Console) throws -> PredictionPlan {
  let catalogue = try Catalogue.read(request.catalogue)
  let forecaster = try catalogue.forecaster(request.method, model: request.model).forecaster
  let project = try Project(
    catalogue, area: request.area, halo: forecaster.halo, threads: request.threads, console: console)
  var hashes = InputHashes(rememberedIn: project.workspace.hashes)
  let folder = (request.out as NSString).appendingPathComponent("\(project.area.key)/\(request.period.key)")
  var steps: [PredictionPlan.Step] = []
  func add(
    _ kind: DerivedKind, _ path: String, _ condition: DerivedFile.Condition, _ days: some Sequence<JSTDay> = []
  ) {
    steps.append(
      PredictionPlan.Step(
        what: kind.rawValue, path: path, condition: condition.rawValue, days: days.map { "\($0)" }))
  }
  let rain = try project.rainToImport(for: request.period)
  let worst = rain.map(\.condition).first { $0 != .missing } ?? (rain.isEmpty ? .fresh : .missing)
  add(.rainDay, project.workspace.rain, worst, rain.map(\.day))
  let last = request.period.lastAnalysedDay
  let imported = Set(rain.map(\.day))
  let start = try project.firstStateMissing(through: last, importing: imported)
  add(
    .state, project.workspace.states, start == nil ? .fresh : .changed,
    start.map { min($0, last)...last }.map(Array.init) ?? [])
  for part in project.parts() {
    add(.staticStack, part.workspace.staticStack, try part.staticCondition(&hashes))
    let fit = try part.fitCondition(for: request.period.scoredDays, importing: imported)
    add(.fit, fit.path, fit.condition)
  }
  console.end()
  return PredictionPlan(folder: folder, isThere: FileManager.default.fileExists(atPath: folder), steps: steps)
}
