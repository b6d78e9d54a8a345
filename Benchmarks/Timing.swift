/// Seconds a piece of work took over several rounds.
struct Timing {
  let seconds: [Double]

  var best: Double { seconds.min() ?? .nan }
  var median: Double { seconds.sorted()[seconds.count / 2] }

  /// Runs the work `rounds` times after once that does not count.
  init(rounds: Int, _ work: () throws -> Void) rethrows {
    try work()
    seconds = try (0..<rounds).map { _ in try elapsed(work) }
  }
}

/// Seconds of one run.
func elapsed(_ work: () throws -> Void) rethrows -> Double { try ContinuousClock().measure(work) / .seconds(1) }
