import Foundation
import Rasters

/// What became of a task, beside the run folders: `OUT/hindcast/PLAN/task-0007.json`. Written when the task is over, so that one that
/// was killed is as one that never ran.
struct HindcastTaskRecord: Codable, Equatable {
  /// A run folder of the task and the checksum that its manifest has of itself.
  struct Run: Codable, Equatable {
    let folder: String
    let manifest: String
  }

  enum State: String, Codable { case done, failed }

  let plan: String
  let index: Int
  let state: State
  var runs: [Run] = []
  var hasGaps = false
  var reason: String?
}

extension HindcastPlan {
  /// Folder of the records of this plan's tasks.
  var records: String { "\(out)/hindcast/\(planSHA256.prefix(12))" }

  private func recordPath(_ index: Int) -> String { String(format: "%@/task-%04d.json", records, index) }

  /// The record of a task; `nil` where it has none that counts: none of this plan, or one that cannot be read.
  func record(of index: Int) -> HindcastTaskRecord? {
    guard let data = try? PlainFile.contents(recordPath(index), limit: 64 << 20),
      let record = try? JSONDecoder().decode(HindcastTaskRecord.self, from: data),
      record.plan == planSHA256, record.index == index
    else { return nil }
    return record
  }

  /// Whether a task is done and its run folders are still those that it made.
  func isDone(_ index: Int) -> Bool {
    guard let record = record(of: index), record.state == .done else { return false }
    return record.runs.allSatisfy { run in
      (try? Manifest.read(run.folder))?.manifestSHA256 == run.manifest
    }
  }

  func write(_ record: HindcastTaskRecord) throws {
    try writeAtomically(try JSONText.data(record), to: recordPath(record.index))
  }

  /// The tasks that must be done before one can run.
  func needs(of task: Task) -> [Int] {
    let areas = Set(task.areas)
    return Stage.allCases.prefix { $0 != task.stage }.flatMap(tasks(of:)).filter { !areas.isDisjoint(with: $0.areas) }
      .map(\.index)
  }
}
