import Foundation
import Mesh
import Rasters
package import Simulation

/// What `lsmap simulate prefecture` says at its end, kept beside the data so that a second run finds it done.
package struct SimulatedPrefecture: Codable, Sendable, Equatable {
  package let tool: String
  package let seed: UInt64
  package let firstDay: String
  package let lastDay: String
  package let name: String
  package let suggestedDate: String
  package let slides: Int
  package let cells: Int
  /// Most rain of a cell on the suggested date, mm.
  package let heaviestRain: Double
  package let catalogue: String

  package var words: String {
    """
    \(name), synthetic: \(cells) cells, \(firstDay) to \(lastDay), \(slides) landslides
    worst day: \(suggestedDate), up to \(Int(heaviestRain)) mm
    catalogue: \(catalogue)
    """
  }
}

/// Makes the synthetic prefecture, or finds it made by an earlier run with the same settings.
///
/// - Parameters:
///   - settings: Seed, days and sizes.
///   - folder: Where the files go.
///   - overwrite: Whether what another seed or version made is replaced; the same prefecture is kept as it is.
///   - console: Told each step.
/// - Returns: What is there now.
/// - Throws: `RunFolderError.exists` when another prefecture is there, or what writing throws.
package func simulate(
  _ settings: PrefectureSettings, to folder: String, overwrite: Bool, console: Console
) throws -> SimulatedPrefecture {
  let record = (folder as NSString).appendingPathComponent("simulation.json")
  if let data = try? PlainFile.contents(record) {
    let earlier = try? JSONDecoder().decode(SimulatedPrefecture.self, from: data)
    if let earlier, earlier.tool == ToolVersion.text, earlier.seed == settings.seed,
      earlier.firstDay == "\(settings.days.lowerBound)", earlier.lastDay == "\(settings.days.upperBound)"
    {
      console.note("\(folder): made by an earlier run with this seed, kept")
      return earlier
    }
    guard overwrite else { throw RunFolderError.exists(path: folder) }
    // Days of another season would mix with the new ones.
    try? FileManager.default.removeItem(atPath: (folder as NSString).appendingPathComponent("rain"))
  }
  let summary = try simulatePrefecture(settings, to: folder) { console.begin($0) }
  console.end()
  let result = SimulatedPrefecture(
    tool: ToolVersion.text, seed: settings.seed, firstDay: "\(settings.days.lowerBound)",
    lastDay: "\(settings.days.upperBound)", name: summary.name, suggestedDate: "\(summary.suggestedDate)",
    slides: summary.slides, cells: summary.cells, heaviestRain: summary.heaviestRain,
    catalogue: (folder as NSString).appendingPathComponent("catalog.yaml"))
  try writeAtomically(try JSONText.data(result), to: record)
  return result
}

/// What `lsmap simulate benchmark` says at its end.
package struct SimulatedBenchmark: Codable, Sendable, Equatable {
  package let folder: String
  package let size: String
  package let seed: UInt64
  package let regions: Int
  package let samples: Int
  package let positiveSamples: Int
  package let events: Int
  package let prevalence: Double
  /// Least rain of a rainy day, mm.
  package let rainyLimit: Double
  /// Years of earlier rain at the anchors.
  package let archiveYears: Int

  package var words: String {
    """
    synthetic benchmark \(size), seed \(seed): \(regions) regions, \(samples) samples, \(positiveSamples) with landslides \
    (\(rounded(Float(prevalence) * 100, 1)) %), \(events) landslides; rainy from \(rounded(Float(rainyLimit), 2)) mm a day; \
    \(archiveYears) years of earlier rain
    \(folder)
    """
  }
}

/// Makes the benchmark country.
package func simulate(
  _ size: BenchmarkSize, seed: UInt64, archiveYears: Int, to folder: String, console: Console
) throws -> SimulatedBenchmark {
  let country = try simulateBenchmark(size: size, seed: seed, archiveYears: archiveYears, to: folder) {
    console.begin($0)
  }
  console.end()
  return SimulatedBenchmark(
    folder: folder, size: size.rawValue, seed: seed, regions: country.regions.count, samples: country.samples.count,
    positiveSamples: country.samples.count { $0.isPositive }, events: country.events.reduce(0) { $0 + $1.count },
    prevalence: country.prevalence, rainyLimit: country.rainyLimit, archiveYears: country.archiveYears)
}
