package import Statistics

/// Batches of a pre-training epoch: a fixed share of positives spread over the regions, and hard negatives.
///
/// Positives: in each batch the regions in a shuffled order, one positive each, round after round; a region's positives
/// come again only when all of them have been drawn. Negatives: every other one from the regions of the positives, the others from any region, chosen
/// uniformly; inside a region every other one among the days with rank >= .9, where there are any.
/// - Source: METHOD.md 4.2.
package struct BalancedSampler {
  private let positives: [[Int]]
  private let negatives: [[Int]]
  private let heavy: [[Int]]
  private let batch: Int
  private let wanted: Int
  /// Batches of an epoch.
  package let batches: Int

  /// Rank from which a day counts as heavy rain.
  static let heavyRank: Float = 0.9

  /// Sorts the labelled samples by region.
  ///
  /// - Parameters:
  ///   - samples: Where they stand.
  ///   - training: Places of the samples that may be drawn.
  ///   - batch: Samples a batch has.
  ///   - positiveShare: Share of the positives, at least two of them.
  /// - Throws: `cannotTrain` when fewer than two regions have positives or there are no negatives.
  package init(_ samples: SampleSet, training: [Int], batch: Int, positiveShare: Double) throws(TrainingError) {
    let names = samples.regions
    var positives = names.map { _ in [Int]() }
    var negatives = positives
    var heavy = positives
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    for pick in training {
      let sample = samples.samples[pick]
      guard let place = places[samples.region(of: sample)] else { continue }
      switch sample.label {
      case .landslide: positives[place].append(pick)
      case .none:
        negatives[place].append(pick)
        if sample.physics.rank >= Self.heavyRank { heavy[place].append(pick) }
      case .unlabelled: break
      }
    }
    let regions = positives.count { !$0.isEmpty }
    guard regions >= 2 else {
      throw .cannotTrain(
        reason: "contrastive pre-training needs landslides in 2 regions, \(regions) have some; add regions or skip it")
    }
    guard negatives.contains(where: { !$0.isEmpty }) else { throw .cannotTrain(reason: "no day without a landslide") }
    self.positives = positives
    self.negatives = negatives
    self.heavy = heavy
    self.batch = batch
    wanted = max(2, Int((Double(batch) * positiveShare).rounded()))
    batches = (training.count + batch - 1) / batch
  }

  /// The batches of one epoch, positives first in each.
  package func epoch(from stream: inout RandomStream) -> [[Int]] {
    var queues = positives.map { _ in [Int]() }
    return (0..<batches).map { _ in
      let drawn = drawPositives(&queues, from: &stream)
      let present = drawn.regions.filter { !negatives[$0].isEmpty }
      let anywhere = negatives.indices.filter { !negatives[$0].isEmpty }
      var picks = drawn.picks
      while picks.count < batch {
        let choice = picks.count.isMultiple(of: 2) && !present.isEmpty ? present : anywhere
        let region = choice[stream.index(below: choice.count)]
        let among = stream.index(below: 2) == 1 && !heavy[region].isEmpty ? heavy[region] : negatives[region]
        picks.append(among[stream.index(below: among.count)])
      }
      return picks
    }
  }

  /// Goes round the regions that have positives; `queues` holds what a region has not given yet.
  private func drawPositives(
    _ queues: inout [[Int]], from stream: inout RandomStream
  ) -> (picks: [Int], regions: [Int]) {
    var order = positives.indices.filter { !positives[$0].isEmpty }
    stream.shuffle(&order)
    let picks = (0..<wanted).compactMap { number -> Int? in
      let region = order[number % order.count]
      if queues[region].isEmpty {
        queues[region] = positives[region]
        stream.shuffle(&queues[region])
      }
      return queues[region].popLast()
    }
    return (picks, Array(order.prefix(wanted)))
  }
}
