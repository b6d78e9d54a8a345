package import Forecasting
import Mesh
package import Simulation
package import SoilWater

/// The samples of a benchmark country: its rainy days and slope failures, with rain and static layers around each anchor
/// cell, and a physics fitted without labels (METHOD.md 8.6 and 9).
///
/// - Parameters:
///   - benchmark: As it was written; the truth is not looked at.
///   - progress: Gets a line a region.
/// - Returns: The samples, and how many requests became none (spin-up).
/// - Throws: `SoilWaterError`.
package func samples(
  of benchmark: Benchmark, progress: (String) -> Void = { _ in }
) throws(SoilWaterError) -> (samples: SampleSet, dropped: Int) {
  let first = benchmark.size.days.lowerBound.advanced(by: -Benchmark.spinUpDays)
  let days = (benchmark.regions.first?.hours ?? 0) / 24
  var builder = SampleSetBuilder(
    firstDay: first, days: days,
    title: "Synthetic benchmark \(benchmark.size.rawValue), seed \(benchmark.seed): nothing in it is real")
  for region in benchmark.regions {
    let requests = benchmark.samples.filter { $0.region == region.id }.map {
      SampleRequest(day: $0.day, label: $0.isPositive ? .landslide : .none)
    }
    let name = String(region.id)
    let site = SampleSite(
      region: name.count < 2 ? "0" + name : name, cell: region.anchor, elevation: region.elevation,
      slope: region.slope, aspect: region.aspect, soil: region.soil, vegetation: region.vegetation)
    try builder.add(site, rainTenths: region.rainTenths, requests: requests)
    progress("region \(name) \(region.name): \(requests.count) samples")
  }
  return (builder.samplesAndSites, builder.dropped.count)
}

/// What `dataset info` says of a sample file, a line an item.
package func description(of samples: SampleSet, hash: String) -> [String] {
  var lines = [
    samples.title, "SHA-256 \(hash)",
    "\(samples.samples.count) samples of \(samples.sites.count) sites in \(samples.regions.count) regions, "
      + "\(samples.positives) with a landslide, \(samples.samples.count - samples.labelled) unlabelled",
    "prevalence \((samples.prevalence * 10_000).rounded() / 100) %",
  ]
  for region in samples.regions {
    let own = samples.samples.filter { samples.region(of: $0) == region }
    lines.append("region \(region): \(own.count) samples, \(own.count { $0.label == .landslide }) with a landslide")
  }
  return lines
}
