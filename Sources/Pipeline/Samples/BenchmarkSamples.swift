package import Forecasting
import Mesh
package import Simulation
package import SoilWater

/// The samples of a benchmark country: its rainy days and slope failures, with rain and static layers around each anchor
/// cell, and a physics fitted without labels (METHOD.md 8.6 and 9).
///
/// An archive of earlier years is past rain: critical lines, ranks and what a cell has survived rest on it too.
///
/// - Parameters:
///   - benchmark: As it was written; the truth is not looked at. Its rule of rainy days is its own.
///   - physics: Tanks and critical line.
///   - displacement: Of the rain of the samples' years; what lies before them stays where it fell.
///   - progress: Gets a line a region.
/// - Returns: The samples; their notes tell which days became none.
/// - Throws: `SoilWaterError`.
package func samples(
  of benchmark: Benchmark, physics: PhysicsSettings = PhysicsSettings(), displacement: RainDisplacement? = nil,
  progress: (String) -> Void = { _ in }
) throws(SoilWaterError) -> SampleSet {
  let first = benchmark.size.days.lowerBound.advanced(by: -Benchmark.spinUpDays)
  let days = (benchmark.regions.first?.hours ?? 0) / 24
  var basis = SampleBasis()
  basis.physics = physics
  basis.rainyMillimetres = benchmark.rainyLimit
  basis.rainDisplacement = displacement?.cells
  var builder = SampleSetBuilder(
    firstDay: first, days: days,
    title:
      "Synthetic benchmark \(benchmark.size.rawValue), seed \(benchmark.seed), archive of \(benchmark.archiveYears) "
      + "years\(displacement.map { ", rain displaced by \($0.cells) cells" } ?? ""): nothing in it is real",
    isSynthetic: true, basis: basis)
  for region in benchmark.regions {
    let requests = benchmark.samples.filter { $0.region == region.id }.map {
      SampleRequest(day: $0.day, events: $0.events)
    }
    let name = String(region.id)
    let site = SampleSite(
      region: name.count < 2 ? "0" + name : name, cell: region.anchor, elevation: region.elevation,
      slope: region.slope, aspect: region.aspect, soil: region.soil, vegetation: region.vegetation)
    try builder.add(
      site, rainTenths: displacement?.rain(of: region, seed: benchmark.seed) ?? region.rainTenths,
      past: region.pastTenths, requests: requests)
    progress("region \(name) \(region.name): \(requests.count) samples")
  }
  let past = benchmark.archiveYears == 0 ? "none" : "\(benchmark.archiveYears) years, of the samples' own cells"
  return builder.samples(notes: SampleNotes(rules: ["archive of earlier rain: \(past)"], drops: builder.drops))
}

extension SampleSetBuilder {
  /// The requests that became no sample, as the file's notes have them.
  var drops: [SampleNotes.Drop] {
    dropped.map {
      SampleNotes.Drop(
        what: $0.request.label == .landslide ? "landslide day" : "rainy day", place: "\($0.site)",
        day: "\($0.request.day)", reason: $0.reason.rawValue)
    }
  }
}
