import SoilWater

extension Subject {
  /// The tank model alone: a day of a large area, again and again.
  static let tank = Subject(name: "tank", title: "Tank model: 400,000 cells, a day in steps of ten minutes") { bench in
    let cells = 400_000
    let steps = 144
    // Rain in every seventh value, so that no hour is dry throughout.
    let rain = (0..<24 * cells).map { Float($0 % 7 == 0 ? $0 % 30 : 0) }
    let empty = [Float](repeating: 0, count: cells)
    return try bench.threadCounts.map { threads in
      let field = TankField(spinUpDays: 0, threads: threads)
      var state = SoilWaterState(surface: empty, middle: empty, deep: empty, at: nil)
      let first = field.advance(&state, rain: rain, on: nil)
      let mean = first.atMidnight.reduce(0) { $0 + Double($1) } / Double(cells)
      let timing = Timing(rounds: bench.rounds) { _ = field.advance(&state, rain: rain, on: nil) }
      func rate(_ seconds: Double) -> Double { Double(cells * steps) / seconds / 1e6 }
      // Subtractions, maxima, products and sums of a step, as `advance` has them.
      let operations = 30.0
      let arguments = ["\(cells)", "\(threads)", "\(bench.rounds)"]
      return Figure(
        work: Bench.words(threads: threads), value: rate(timing.best),
        unit: .rate("M cell-steps/s"),
        comparisons: [
          .floor("30 operations a step at the multiply-add peak", Floors.peak(threads: threads) * 1e3 / operations),
          try Peer.python("NumPy", "tank", ["numpy"] + arguments, check: mean, in: bench),
          try Peer.python("numba", "tank", ["numba"] + arguments, check: mean, in: bench),
        ])
    }
  }
}
