import Evaluation
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
    /// Labelled, for thresholds and calibration.
    package let validation: [Int]
    /// Labelled.
    package let test: [Int]
  }

  /// Deals the samples to the sides: the test by this split, the validation by blocks of the rest (METHOD 7.2).
  ///
  /// - Parameters:
  ///   - samples: All of them.
  ///   - seed: Decides equal choices.
  /// - Returns: The sides.
  /// - Throws: `tooFewRegions` when there are fewer regions than folds.
  package func sides(of samples: SampleSet, seed: UInt64) throws(TrainingSettingError) -> Sides {
    let keys = samples.keys
    let labels = samples.samples.map { $0.label == .landslide }
    let outer: SampleSplit
    switch self {
    case .block: outer = splitByBlock(keys, labels: labels, seed: seed)
    case .day: outer = splitByDay(keys, labels: labels, seed: seed)
    case .regions(let fold, let count):
      guard count <= samples.regions.count else {
        throw .tooFewRegions(folds: count, regions: samples.regions.count)
      }
      outer = splitByRegion(keys, heldOut: regionFolds(keys, labels: labels, folds: count, seed: seed)[fold])
    case .none: outer = SampleSplit(training: Array(keys.indices), test: [])
    }
    let inner = innerValidation(of: outer.training, keys: keys, labels: labels, seed: seed)
    func labelled(_ places: [Int]) -> [Int] { places.filter { samples.samples[$0].label != .unlabelled } }
    return Sides(training: inner.training, validation: labelled(inner.test), test: labelled(outer.test))
  }
}

extension TestSplit {
  /// Folds of regions (METHOD 11, `eval.folds`).
  package static let folds = 5

  /// `all`, `block`, `day`, `fold0` ... `fold4`; `nil` for anything else.
  package init?(named name: String) {
    switch name {
    case "all": self = .none
    case "block": self = .block
    case "day": self = .day
    default:
      guard name.hasPrefix("fold"), let fold = Int(name.dropFirst(4)), (0..<Self.folds).contains(fold) else {
        return nil
      }
      self = .regions(fold: fold, of: Self.folds)
    }
  }
}
