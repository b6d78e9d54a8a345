/// How far a hindcast is, by indices as `sbatch --array` takes them: `1,7-9`.
package struct HindcastStatus: Codable, Sendable, Equatable {
  package struct Stage: Codable, Sendable, Equatable {
    package let stage: HindcastPlan.Stage
    package let tasks: Int
    package let done: String
    package let failed: String
    package let missing: String
    /// Failed or missing.
    package let left: String
    /// Failed or missing, and all they rest on is done.
    package let ready: String
    /// Reasons of those that failed.
    package let reasons: [String]
  }

  package let stages: [Stage]

  package var isDone: Bool { stages.allSatisfy { $0.failed.isEmpty && $0.missing.isEmpty } }
  /// What can run now, of the first stage that has anything to run.
  package var ready: String { stages.map(\.ready).first { !$0.isEmpty } ?? "" }

  /// The tasks of a stage that are not done.
  package func left(in stage: HindcastPlan.Stage) -> String { stages.first { $0.stage == stage }?.left ?? "" }

  package var words: String {
    stages.map { stage in
      let parts = [("done", stage.done), ("failed", stage.failed), ("missing", stage.missing), ("ready", stage.ready)]
      let told = parts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: "; ")
      return (["\(stage.stage.rawValue), \(stage.tasks) tasks: \(told)"] + stage.reasons.map { "  " + $0 })
        .joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

extension HindcastPlan {
  /// Looks at the records of all tasks and at the run folders they name.
  package func status() -> HindcastStatus {
    let done = Set(tasks.map(\.index).filter(isDone))
    let failed = Set(tasks.map(\.index).filter { !done.contains($0) && record(of: $0)?.state == .failed })
    return HindcastStatus(
      stages: Stage.allCases.map { stage in
        let own = tasks(of: stage)
        let left = own.filter { !done.contains($0.index) }
        return HindcastStatus.Stage(
          stage: stage, tasks: own.count, done: indexRanges(own.map(\.index).filter(done.contains)),
          failed: indexRanges(left.map(\.index).filter(failed.contains)),
          missing: indexRanges(left.map(\.index).filter { !failed.contains($0) }),
          left: indexRanges(left.map(\.index)),
          ready: indexRanges(left.filter { needs(of: $0).allSatisfy(done.contains) }.map(\.index)),
          reasons: left.compactMap { task in record(of: task.index)?.reason.map { "\(task.index): \($0)" } })
      })
  }
}

/// Ascending indices with runs drawn together: `1,7-9`.
func indexRanges(_ indices: [Int]) -> String {
  var runs: [ClosedRange<Int>] = []
  for index in indices.sorted() {
    if let last = runs.last, last.upperBound + 1 == index {
      runs[runs.count - 1] = last.lowerBound...index
    } else {
      runs.append(index...index)
    }
  }
  return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
}
