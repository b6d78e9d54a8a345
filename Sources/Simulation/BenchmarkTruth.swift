package import Mesh

/// What no training code may see of the benchmark country: slopes, water tables, strengths and failures.
package struct BenchmarkTruth: Sendable {
  package let regions: [BenchmarkRegionTruth]
  /// Added to every slope's cohesion so that the wanted number fails, kPa.
  package let cohesionOffset: Double
  /// Day 0 of the slopes' histories and failures.
  package let livedFrom: JSTDay
  /// The first sample day.
  package let firstDay: JSTDay

  /// Days that the slopes lived before the first sample day.
  package var livedDays: Int { livedFrom.distance(to: firstDay) }
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
  /// Cohesion of each slope at the beginning of the first sample day, the offset included, kPa.
  package let cohesion: [Double]
  /// Cohesion that weathering brings each slope to, the offset included, kPa.
  package let weatheredCohesion: [Double]
  /// Of the lived years too.
  package let failures: [SlopeFailure]
}
