import Forecasting
import Foundation
import Rasters
import Simulation
import Statistics

/// What a sample file holds.
package struct DatasetInfo: Codable, Sendable, Equatable {
  package var path: String
  package var title: String
  package var sha256: String
  package var samples: Int
  package var positives: Int
  package var unlabelled: Int
  package var prevalence: Double
  package var firstDay: String
  package var lastDay: String
  /// Samples and positives of each region.
  package var regions: [String: [Int]]
  /// Requests that became no sample: too early for a window or a climatology.
  package var dropped: Int?

  init(_ set: SampleSet, path: String, data: Data, dropped: Int?) {
    self.path = path
    title = set.title
    sha256 = SHA256.hexadecimal(of: data)
    samples = set.samples.count
    positives = set.positives
    unlabelled = set.samples.count - set.labelled
    prevalence = set.prevalence
    firstDay = set.samples.map(\.day).min().map { "\($0)" } ?? ""
    lastDay = set.samples.map(\.day).max().map { "\($0)" } ?? ""
    var regions: [String: [Int]] = [:]
    for sample in set.samples {
      let name = set.region(of: sample)
      var counts = regions[name] ?? [0, 0]
      counts[0] += 1
      if sample.label == .landslide { counts[1] += 1 }
      regions[name] = counts
    }
    self.regions = regions
    self.dropped = dropped
  }

  package var words: String {
    var lines = [
      "\(title)", "\(samples) samples, \(positives) positive (\(rounded(Float(prevalence) * 100, 1)) %), \(unlabelled) "
        + "unlabelled, \(firstDay) to \(lastDay)\(dropped.map { ", \($0) dropped" } ?? "")",
    ]
    for (name, counts) in regions.sorted(by: { $0.key < $1.key }) {
      lines.append("  region \(name): \(counts[0]) samples, \(counts[1]) positive")
    }
    lines.append("\(path), SHA-256 \(sha256)")
    return lines.joined(separator: "\n")
  }
}

/// Describes a sample file.
package func datasetInfo(_ path: String) throws -> DatasetInfo {
  guard let data = FileManager.default.contents(atPath: path) else { throw RasterError.notFound(path: path) }
  return DatasetInfo(try SampleSet(reading: data, path: path), path: path, data: data, dropped: nil)
}

/// Joins a benchmark country into samples and writes them.
///
/// - Parameters:
///   - folder: What `simulate benchmark` wrote; its truth is not opened.
///   - path: The sample file.
///   - console: Told each region.
/// - Returns: What was written.
/// - Throws: What reading and writing throw.
package func buildDataset(benchmark folder: String, to path: String, console: Console) throws -> DatasetInfo {
  let country = try Benchmark.read(folder)
  console.begin("samples of \(country.regions.count) regions")
  let (set, dropped) = try samples(of: country) { console.note($0) }
  let data = set.encoded
  try writeAtomically(data, to: path)
  console.end()
  return DatasetInfo(set, path: path, data: data, dropped: dropped)
}
