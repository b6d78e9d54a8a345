package import Forecasting
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
  package var sites: Int
  package var landslides: Int
  /// Earlier days that memory and ranks rest on: of the sample with the fewest and of that with the most.
  package var recordDays: [Int]
  /// Settings of the physics, the least rain of a day.
  package var basis: SampleBasis
  /// The rules by which the samples were chosen.
  package var rules: [String]
  /// What was left out, and why.
  package var drops: [SampleNotes.Drop]

  init(_ set: SampleSet, path: String, data: Data) {
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
    sites = set.sites.count
    landslides = set.samples.reduce(0) { $0 + $1.events }
    let records = set.samples.map(\.memory.recordDays)
    recordDays = [records.min() ?? 0, records.max() ?? 0]
    basis = set.basis
    rules = set.notes.rules
    drops = set.notes.drops
  }

  package var words: String {
    var lines = [
      "\(title)",
      "\(samples) samples of \(sites) cells, \(positives) positive (\(rounded(Float(prevalence) * 100, 1)) % of the "
        + "labelled; \(landslides) landslides), \(unlabelled) unlabelled, \(firstDay) to \(lastDay)",
    ]
    lines.append("  physics: \(basis.physics.words)")
    lines.append("  what cells have survived is known of \(recordDays[0]) to \(recordDays[1]) earlier days")
    lines += rules.map { "  \($0)" }
    for (name, counts) in regions.sorted(by: { $0.key < $1.key }) {
      lines.append("  region \(name): \(counts[0]) samples, \(counts[1]) positive")
    }
    for (what, reason, count) in SampleNotes(drops: drops).counts {
      lines.append("  left out: \(count) x \(what), \(reason)")
    }
    lines.append("\(path), SHA-256 \(sha256)")
    return lines.joined(separator: "\n")
  }
}

/// Reads a sample file.
private func readSamples(_ path: String) throws -> (set: SampleSet, data: Data) {
  let data = try PlainFile.contents(path)
  return (try SampleSet(reading: data, path: path), data)
}

/// Describes a sample file.
package func datasetInfo(_ path: String) throws -> DatasetInfo {
  let (set, data) = try readSamples(path)
  return DatasetInfo(set, path: path, data: data)
}

/// Joins sample files into one; see `SampleSet.joining`.
package func joinDatasets(_ paths: [String], to path: String) throws -> DatasetInfo {
  let set = try SampleSet.joining(paths.map { (path: $0, set: try readSamples($0).set) })
  let data = set.encoded
  try writeAtomically(data, to: path)
  return DatasetInfo(set, path: path, data: data)
}

/// Joins a benchmark country into samples and writes them.
///
/// - Parameters:
///   - settings: Of the physics.
///   - folder: What `simulate benchmark` wrote; its truth is not opened.
///   - path: The sample file.
///   - displacement: Of the rain, on purpose.
///   - console: Told each region.
/// - Returns: What was written.
/// - Throws: What reading and writing throw.
package func buildDataset(
  _ settings: ExperimentSettings, benchmark folder: String, to path: String, displacement: RainDisplacement? = nil,
  console: Console
) throws -> DatasetInfo {
  if let flaw = settings.flaw { throw SettingError.outOfRange(flaw) }
  let country = try Benchmark.read(folder)
  guard !settings.states("data.rainyMm") || settings.rainyMillimetres == country.rainyLimit else {
    throw DatasetError.benchmarkRain(folder: folder, limit: country.rainyLimit)
  }
  console.begin("samples of \(country.regions.count) regions")
  let set = try samples(of: country, physics: settings.physics, displacement: displacement) { console.note($0) }
  let data = set.encoded
  try writeAtomically(data, to: path)
  console.end()
  return DatasetInfo(set, path: path, data: data)
}
