package import Mesh

/// What no training code may see of the benchmark country: slopes, water tables, strengths and failures.
package struct BenchmarkTruth: Sendable {
  package let regions: [BenchmarkRegionTruth]
  /// Added to every slope's cohesion so that the wanted number fails, kPa.
  package let cohesionOffset: Double
  package let firstDay: JSTDay
}

/// The truth of one region.
package struct BenchmarkRegionTruth: Sendable {
  package let id: Int
  /// How often the region was drawn before it had events enough.
  package let redraws: Int
  /// `W`: multiplies all rain.
  package let wetness: Double
  package let hydraulics: RegionHydraulics
  package let slopes: [SlopeHistory]
  /// Cohesion of each slope on the first day, the offset included, kPa.
  package let cohesion: [Double]
  package let failures: [SlopeFailure]
}
