package import Evaluation
package import Forecasting

/// Which samples test, and so never train.
package enum TestSplit: Hashable, Sendable {
  /// Ten-day blocks of the calendar, all regions together.
  case block
  /// Whole days; leaks, the paper's.
  case day
  /// One of so many folds of regions, counted from 0.
  case regions(fold: Int, of: Int)
  /// Nothing is held out, for a model that is used.
  case none

  /// What each sample is for, as places in the set.
  package struct Sides: Sendable {
    /// May be learnt from; those without a label only join the distillation.
    package let training: [Int]
    /// Labelled, for thresholds and calibration: kept from the training, or with folds the whole of it.
    package let validation: [Int]
    /// Labelled.
    package let test: [Int]
    /// Each is scored by a model of its own where thresholds come out of folds; else empty.
    package let folds: [SampleSplit]
    /// What was kept for the validation, or dealt to folds, in words.
    package let validationUnits: String
  }

  /// Deals the samples to the sides: the test by this split, the validation by blocks of the rest (METHOD 7.2).
  ///
  /// - Parameters:
  ///   - samples: All of them.
  ///   - rule: Length of blocks and of the rain window.
  ///   - seed: Decides equal choices.
  ///   - levelFolds: Folds of the training side that set thresholds and calibration; below 2 an inner validation does.
  /// - Returns: The sides.
  /// - Throws: `tooFewRegions` when there are fewer regions than folds.
  package func sides(
    of samples: SampleSet, rule: BlockRule = BlockRule(), seed: UInt64, levelFolds: Int = 0
  ) throws(SettingError) -> Sides {
    let keys = samples.keys
    let labels = samples.samples.map { $0.label == .landslide }
    func labelled(_ places: [Int]) -> [Int] { places.filter { samples.samples[$0].label != .unlabelled } }
    let outer: SampleSplit
    switch self {
    case .block: outer = splitByBlock(keys, labels: labels, rule: rule, seed: seed)
    case .day: outer = splitByDay(keys, labels: labels, seed: seed)
    case .regions(let fold, let count):
      guard count <= samples.regions.count else {
        throw .tooFewRegions(folds: count, regions: samples.regions.count)
      }
      outer = splitByRegion(keys, heldOut: regionFolds(keys, labels: labels, folds: count, seed: seed)[fold])
    case .none: outer = SampleSplit(training: Array(keys.indices), test: [])
    }
    if levelFolds > 1,
      let dealt = OutOfFolds(
        of: outer.training, keys: keys, labels: labels, folds: levelFolds, rule: rule, seed: seed)
    {
      return Sides(
        training: outer.training, validation: labelled(dealt.splits.flatMap(\.test)), test: labelled(outer.test),
        folds: dealt.splits, validationUnits: dealt.words)
    }
    let validation = InnerValidation(of: outer.training, keys: keys, labels: labels, rule: rule, seed: seed)
    return Sides(
      training: validation.split.training, validation: labelled(validation.split.test), test: labelled(outer.test),
      folds: [],
      validationUnits: validation.words)
  }
}

extension TestSplit {
  /// `all`, `block`, `day`, `fold0` ... up to the number of folds.
  /// - Throws: `unknownSplit` for anything else.
  package init(named name: String, folds: Int) throws(SettingError) {
    switch name {
    case "all": self = .none
    case "block": self = .block
    case "day": self = .day
    default:
      guard name.hasPrefix("fold"), let fold = Int(name.dropFirst(4)), (0..<folds).contains(fold) else {
        throw .unknownSplit(name, folds: folds)
      }
      self = .regions(fold: fold, of: folds)
    }
  }
}
