import SoilWater

extension Subject {
  /// The critical line of one unit: the normal equations and their Cholesky solution, one thread.
  static let fit = Subject(name: "fit", title: "Critical line: weights of 24 x 24 Gaussians, one thread") { bench in
    let basis = GaussianBasis(nodes: 93, centres: 24, rho: 1.5)
    return try [200, 1_200].map { count in
      let visits = (0..<count).map { place in
        // 2357 shares no factor with 93 x 93: every node is another one.
        let node = place * 2_357 % (93 * 93)
        return GaussianBasis.Visits(soilWater: node / 93, rain: node % 93, events: 1 + place % 5)
      }
      var sum = 0.0
      let timing = Timing(rounds: bench.rounds) {
        sum = (basis.weights(visits, lambda: 1) ?? []).reduce(0) { $0 + Double($1) }
      }
      let size = Double(min(count, 24 * 24))
      let peak = Floors.peak(threads: 1) / 2 * 1e9
      return Figure(
        work: "\(count) nodes visited, a system of \(Int(size)) rows", value: 1 / timing.best, unit: .rate("units/s"),
        comparisons: [
          .floor("the Cholesky factor alone at the peak in Double", peak / (size * size * size / 3)),
          try Peer.python("NumPy and SciPy", "critical_line", ["\(count)", "\(bench.rounds)"], check: sum, in: bench),
        ])
    }
  }
}
