extension InputScaling {
  /// Fits mean and deviation on the patches, of edge `patch`, of the sites that training samples are about, each site once, and notes the
  /// classes that at least `leastSamples` training samples show in their patch. The physics is standardised where a number of
  /// `PhysicsVector`'s leading inputs is given.
  /// - Source: METHOD.md 3.1 and 9.3, "classes never seen in training".
  package init(fitting samples: SampleSet, training: [Int], patch: Int, leastSamples: Int, physics: Int? = nil) {
    var uses = [Int](repeating: 0, count: samples.sites.count)
    for pick in training { uses[samples.samples[pick].site] += 1 }
    let margin = (SampleSite.side - patch) / 2
    let cells = (0..<patch).flatMap { y in
      (0..<patch).map { x in (y + margin) * SampleSite.side + x + margin }
    }
    func moments(_ layer: KeyPath<SampleSite, [Float]>) -> (mean: Float, deviation: Float) {
      var (count, sum, squares) = (0.0, 0.0, 0.0)
      for (site, used) in zip(samples.sites, uses) where used > 0 {
        for cell in cells where !site[keyPath: layer][cell].isNaN {
          let value = Double(site[keyPath: layer][cell])
          count += 1
          sum += value
          squares += value * value
        }
      }
      guard count > 1 else { return (0, 1) }
      let mean = sum / count
      let deviation = max(squares / count - mean * mean, 0).squareRoot()
      return (Float(mean), deviation < Double(Self.smallestDeviation) ? 1 : Float(deviation))
    }
    func seen(_ layer: KeyPath<SampleSite, [UInt8]>, classes: Int) -> [Bool] {
      var counts = [Int](repeating: 0, count: classes + 1)
      for (site, used) in zip(samples.sites, uses) where used > 0 {
        for label in Set(cells.map { site[keyPath: layer][$0] }) where Int(label) <= classes {
          counts[Int(label)] += used
        }
      }
      return counts.dropFirst().map { $0 >= leastSamples }
    }
    let (elevation, slope) = (moments(\.elevation), moments(\.slope))
    self.init(
      elevationMean: elevation.mean, elevationDeviation: elevation.deviation, slopeMean: slope.mean,
      slopeDeviation: slope.deviation, aspectSeen: seen(\.aspect, classes: Self.aspects),
      soilSeen: seen(\.soil, classes: Self.soils), vegetationSeen: seen(\.vegetation, classes: Self.vegetations),
      physics: physics.map { count in
        ColumnScaling(fitting: training.map { Array(samples.samples[$0].physicsVector().prefix(count)) })
      })
  }
}
