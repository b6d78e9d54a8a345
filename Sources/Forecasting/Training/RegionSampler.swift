package import Statistics

/// Batches that hold as many samples of each of a few regions, drawn anew for each batch.
///
/// A region's samples come again only when all of them have been drawn in the epoch.
/// - Source: METHOD.md 6, MMD-AAE.
package struct RegionSampler {
  /// Places of the labelled samples of each region that has some.
  private let places: [[Int]]
  private let regions: Int
  private let samples: Int
  /// Batches of an epoch: as many as show as many samples as there are.
  package let batches: Int

  /// Sorts the samples by region.
  ///
  /// - Parameters:
  ///   - set: Where they stand.
  ///   - training: Places of the labelled samples that may be drawn.
  ///   - settings: Regions of a batch and samples of each.
  /// - Throws: `cannotTrain` when only one region has samples.
  package init(_ set: SampleSet, training: [Int], settings: AlignmentSettings) throws(TrainingError) {
    let byRegion = Dictionary(grouping: training) { set.region(of: set.samples[$0]) }
    guard byRegion.count > 1 else {
      throw .cannotTrain(reason: "regions cannot be aligned where \(byRegion.count) has samples; add regions")
    }
    places = byRegion.keys.sorted().map { byRegion[$0] ?? [] }
    regions = min(settings.regions, places.count)
    samples = settings.samples
    batches = max(1, (training.count + regions * samples - 1) / (regions * samples))
  }

  /// The batches of one epoch, region after region in each.
  package func epoch(from stream: inout RandomStream) -> [[Int]] {
    var queues = places.map { _ in [Int]() }
    return (0..<batches).map { _ in
      var order = Array(places.indices)
      stream.shuffle(&order)
      return order.prefix(regions).flatMap { region in
        (0..<samples).compactMap { _ -> Int? in
          if queues[region].isEmpty {
            queues[region] = places[region]
            stream.shuffle(&queues[region])
          }
          return queues[region].popLast()
        }
      }
    }
  }
}
