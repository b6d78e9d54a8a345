import Mesh

/// A fifth of the training samples, kept for thresholds and calibration only.
///
/// Blocks of the calendar where the landslides lie in several (METHOD 7.2). An inventory of one storm has all of them in one
/// block: regions are kept then, and everything that rests on the validation says so.
package struct InnerValidation: Hashable, Sendable {
  package enum Units: Hashable, Sendable {
    case blocks(days: Int)
    case regions

    /// What was kept, for records and reports.
    package var words: String {
      switch self {
      case .blocks(let days): Language.english.say(.blocksOfDays, "\(days)")
      case .regions: Language.english.say(.regionsApart)
      }
    }
  }

  /// Blocks where the landslides lie in several, or in one region only; else regions.
  static func units(of keys: [SampleKey], labels: [Bool], rule: BlockRule) -> Units {
    let eventful = zip(keys, labels).filter(\.1).map(\.0)
    let blocks = Set(eventful.map { rule.block(of: $0.day) }).count
    return blocks < 2 && Set(eventful.map(\.region)).count > 1 ? .regions : .blocks(days: rule.days)
  }

  /// `training` fits the network, `test` is the validation; places in the list of all keys.
  package let split: SampleSplit
  package let units: Units

  /// - Parameters:
  ///   - training: Places of the training samples in `keys`.
  ///   - keys: All samples.
  ///   - labels: Of all samples; `true` for a positive.
  ///   - rule: Length of blocks and of the rain window.
  ///   - seed: As of the outer split.
  package init(
    of training: [Int], keys: [SampleKey], labels: [Bool], rule: BlockRule = BlockRule(), seed: UInt64
  ) {
    let (own, positive) = (training.map { keys[$0] }, training.map { labels[$0] })
    units = Self.units(of: own, labels: positive, rule: rule)
    let inner: SampleSplit
    switch units {
    case .regions:
      let regions = Set(zip(own, positive).filter(\.1).map(\.0.region)).count
      let folds = regionFolds(own, labels: positive, folds: min(5, regions), seed: seed)
      inner = splitByRegion(own, heldOut: folds[0])
    case .blocks:
      inner = splitByBlock(own, labels: positive, rule: rule, seed: seed, purpose: "validation")
    }
    split = SampleSplit(
      training: inner.training.map { training[$0] }, test: inner.test.map { training[$0] },
      dropped: inner.dropped.map { training[$0] })
  }

  /// What was kept, for records and reports.
  package var words: String { units.words }
}
