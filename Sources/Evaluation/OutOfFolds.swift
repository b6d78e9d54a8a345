import Statistics

/// The training samples dealt to folds, each to be scored by a model that learnt from the others: every landslide then helps to
/// set thresholds and calibration, not those of one inner validation alone.
///
/// Folds are grouped as the inner validation is: blocks of the calendar, or regions where the landslides lie in one block.
/// - Source: METHOD 7.3.
package struct OutOfFolds: Hashable, Sendable {
  /// One a fold: `training` learns, `test` is scored; places in the list of all keys. No sample is scored twice.
  package let splits: [SampleSplit]
  package let units: InnerValidation.Units

  /// - Parameters:
  ///   - training: Places of the training samples in `keys`.
  ///   - keys: All samples.
  ///   - labels: Of all samples; `true` for a positive.
  ///   - folds: At least 2; fewer are made where fewer blocks or regions have positives.
  ///   - rule: Length of blocks and of the rain window.
  ///   - seed: Order of equal blocks or regions. The result is `nil` where only one block and one region have positives.
  package init?(
    of training: [Int], keys: [SampleKey], labels: [Bool], folds: Int, rule: BlockRule = BlockRule(), seed: UInt64
  ) {
    precondition(folds > 1, "\(folds) folds")
    let (own, positive) = (training.map { keys[$0] }, training.map { labels[$0] })
    units = InnerValidation.units(of: own, labels: positive, rule: rule)
    let eventful = zip(own, positive).filter(\.1).map(\.0)
    let inner: [SampleSplit]
    switch units {
    case .blocks:
      let count = min(folds, Set(eventful.map { rule.block(of: $0.day) }).count)
      guard count > 1 else { return nil }
      inner = blockFolds(own, labels: positive, folds: count, rule: rule, seed: seed).map {
        split(own, testing: $0, rule: rule)
      }
    case .regions:
      let count = min(folds, Set(eventful.map(\.region)).count)
      inner = regionFolds(own, labels: positive, folds: count, seed: seed).map { splitByRegion(own, heldOut: $0) }
    }
    splits = inner.map { fold in
      SampleSplit(
        training: fold.training.map { training[$0] }, test: fold.test.map { training[$0] },
        dropped: fold.dropped.map { training[$0] })
    }
  }

  /// What was dealt, for records and reports.
  package var words: String { "\(splits.count) folds of \(units.words)" }
}

/// Blocks of the calendar dealt to folds: those with positives, most first, each to the fold that has fewest; then the quiet
/// ones likewise by samples. Equal ones are shuffled.
func blockFolds(
  _ keys: [SampleKey], labels: [Bool], folds: Int, rule: BlockRule, seed: UInt64
) -> [Set<CalendarBlock>] {
  var tallies: [CalendarBlock: (positives: Int, samples: Int)] = [:]
  for (key, label) in zip(keys, labels) {
    let tally = tallies[rule.block(of: key.day)] ?? (0, 0)
    tallies[rule.block(of: key.day)] = (tally.positives + (label ? 1 : 0), tally.samples + 1)
  }
  var blocks = tallies.sorted { $0.key < $1.key }.map { (block: $0.key, tally: $0.value) }
  var stream = RandomStream(seed: seed, "split", "block", "folds")
  stream.shuffle(&blocks)
  let order = blocks.indices.sorted {
    (blocks[$1].tally.positives, blocks[$1].tally.samples, $0) < (
      blocks[$0].tally.positives, blocks[$0].tally.samples, $1
    )
  }
  var result = [Set<CalendarBlock>](repeating: [], count: folds)
  var held = [(positives: Int, samples: Int)](repeating: (0, 0), count: folds)
  for place in order {
    let (block, tally) = blocks[place]
    let isQuiet = tally.positives == 0
    let fold = held.indices.min { a, b in
      isQuiet
        ? (held[a].samples, a) < (held[b].samples, b)
        : (held[a].positives, held[a].samples, a) < (held[b].positives, held[b].samples, b)
    }
    guard let fold else { continue }
    result[fold].insert(block)
    held[fold] = (held[fold].positives + tally.positives, held[fold].samples + tally.samples)
  }
  return result
}
