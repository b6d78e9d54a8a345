import Forecasting

/// A share of an evaluation's trainings: shares may run at once, or on other machines.
package struct TaskShare: Hashable, Sendable, LosslessStringConvertible {
  /// From 1.
  package let number: Int
  package let count: Int

  /// `2/8`; `nil` for anything else.
  package init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...10_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  package var description: String { "\(number)/\(count)" }

  /// Whether the share has the training at a place in the list of all.
  func has(_ place: Int) -> Bool { place % count == number - 1 }
}

/// What a share of an evaluation did.
package struct ShareReport: Codable, Sendable, Equatable {
  package var folder: String
  package var share: String
  /// Trainings of the share, finished before or now.
  package var trainings: Int
  /// Trainings of the whole evaluation.
  package var all: Int

  package var words: String {
    "share \(share): \(trainings) of \(all) trainings are done in \(folder)/scores; evaluate without --task gathers them"
  }
}

/// Does a share of an evaluation's trainings and keeps their scores for the evaluation itself.
///
/// - Parameters:
///   - request: The evaluation.
///   - share: Which of its trainings.
///   - console: Told each training.
/// - Returns: What was done.
/// - Throws: A `ReportedError`; what is finished stays for the next run.
package func evaluate(_ request: EvaluationRequest, share: TaskShare, console: Console) throws -> ShareReport {
  let job = try EvaluationJob(
    dataset: request.dataset, folder: request.out, settings: request.settings, threads: request.threads)
  let folds = request.settings.evaluation.folds
  let sides = request.schemes.flatMap { EvaluationSide.all(of: $0, seeds: request.seeds, folds: folds) }
  let trainings = sides.flatMap { side in request.methods.filter(\.isTrained).map { (method: $0, side: side) } }
  let own = trainings.enumerated().filter { share.has($0.offset) }.map(\.element)
  for (method, side) in own {
    console.begin("\(method.title), \(side.name)")
    _ = try job.scores(of: method, on: side, progress: console.progress)
  }
  console.end()
  return ShareReport(folder: request.out, share: share.description, trainings: own.count, all: trainings.count)
}
