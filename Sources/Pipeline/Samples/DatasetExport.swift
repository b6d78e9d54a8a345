import Forecasting
import Foundation
import Rasters

/// What `lsmap dataset export` wrote.
package struct DatasetExport: Codable, Sendable, Equatable {
  package var path: String
  package var samples: Int
  /// Names of the arrays.
  package var arrays: [String]

  package var words: String { "\(path): \(samples) samples, arrays \(arrays.joined(separator: ", "))" }
}

/// Writes samples and the splits of `evaluate` as one NumPy archive, so that any other learner can stand beside ours.
///
/// | array | type, shape | content |
/// | --- | --- | --- |
/// | `physics`, `physics_names` | f4 (samples, inputs), bytes (inputs) | what `logistic` and `trees` read |
/// | `rain` | f4 (samples, 72) | mm in each hour up to 24:00 of the day in the cell itself; NaN missing |
/// | `ground` | f4 (samples, 5) | elevation, m; slope, degrees; aspect, soil, vegetation class of the cell |
/// | `label` | i1 (samples) | 1 landslide, 0 none, -1 unknown |
/// | `region`, `cell`, `day` | bytes, i4, i4 (samples) | name, MESH3 code, days since 1970-01-01 |
/// | `early_warning` | f4 (samples) | the score of `swi-ews` |
/// | `split_block_seed0` ..., `split_regions_seed0_fold0` ... | i1 (samples) | 0 learns, 1 validates, 2 tests, -1 none of these |
///
/// - Parameters:
///   - path: The sample file.
///   - out: The archive.
///   - settings: Blocks and folds.
///   - seeds: Of the splits.
/// - Returns: What stands in it.
/// - Throws: `RasterError` or `TrainingError` for a file that cannot be read or written, `SettingError`.
package func exportDataset(
  _ path: String, to out: String, settings: ExperimentSettings, seeds: [UInt64]
) throws -> DatasetExport {
  guard let data = FileManager.default.contents(atPath: path) else { throw RasterError.notFound(path: path) }
  let set = try settings.samples(of: try SampleSet(reading: data, path: path), path: path)
  let (samples, count) = (set.samples, set.samples.count)
  var archive = NumpyArchive()
  let inputs = samples.map { $0.physicsVector() }
  archive.add("physics", inputs.flatMap { $0 }, shape: [count, PhysicsVector.count])
  archive.add("physics_names", PhysicsVector.names)
  archive.add("rain", samples.flatMap { set.ownRain($0, hours: rainHours) }, shape: [count, rainHours])
  archive.add("ground", samples.flatMap { set.sites[$0.site].ownGround }, shape: [count, 5])
  archive.add("label", samples.map { Int8($0.label.rawValue) }, shape: [count])
  archive.add("region", samples.map { set.region(of: $0) })
  archive.add("cell", samples.map { Int32(set.sites[$0.site].cell.description) ?? 0 }, shape: [count])
  archive.add("day", samples.map { Int32($0.day.daysSince1970) }, shape: [count])
  archive.add("early_warning", samples.map(\.earlyWarning), shape: [count])
  var names = [
    "physics", "physics_names", "rain", "ground", "label", "region", "cell", "day", "early_warning",
  ]
  for scheme in [EvaluationProtocol.block, .regions] {
    for side in EvaluationSide.all(of: scheme, seeds: seeds, folds: settings.evaluation.folds) {
      let sides = try side.split.sides(of: set, rule: settings.blockRule, seed: side.seed)
      var roles = [Int8](repeating: -1, count: count)
      for (role, places) in [sides.training, sides.validation, sides.test].enumerated() {
        for place in places { roles[place] = Int8(role) }
      }
      names.append("split_" + side.name.replacingOccurrences(of: "-", with: "_"))
      archive.add(names[names.count - 1], roles, shape: [count])
    }
  }
  try writeAtomically(archive.encoded, to: out)
  return DatasetExport(path: out, samples: count, arrays: names)
}

private let rainHours = 72

extension SampleSet {
  /// Rain of the sample's own cell in so many hours up to 24:00 of its day, mm; `NaN` where it is missing or not at hand.
  fileprivate func ownRain(_ sample: Sample, hours window: Int) -> [Float] {
    let last = lastHour(of: sample.day)
    return (last - window + 1...last).map { hour in
      guard hour >= 0, hour < hours else { return .nan }
      let frame = frameOfHour[sample.site * hours + hour]
      guard frame >= 0 else { return 0 }
      let tenths = frames[Int(frame) * SampleSite.cells + SampleSite.cells / 2]
      return tenths == Self.missing ? .nan : Float(tenths) / 10
    }
  }
}

extension SampleSite {
  /// Elevation, slope and classes of the middle cell.
  fileprivate var ownGround: [Float] {
    let middle = Self.cells / 2
    return [elevation[middle], slope[middle], Float(aspect[middle]), Float(soil[middle]), Float(vegetation[middle])]
  }
}
