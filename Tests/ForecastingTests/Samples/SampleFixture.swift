import Forecasting
import Mesh
import Statistics

/// A small set of samples: `sites` sites in as many regions, a sample a day, landslides where it rained most.
func madeUpSamples(sites: Int = 3, days: Int = 12, seed: UInt64 = 1) -> SampleSet {
  var stream = RandomStream(seed: seed, "samples")
  let cells = SampleSite.cells
  let hours = (days + 4) * 24
  var places: [SampleSite] = []
  var samples: [Sample] = []
  var frameOfHour: [Int32] = []
  var frames: [UInt16] = []
  let first = JSTDay(daysSince1970: 19_000)
  for site in 0..<sites {
    places.append(
      SampleSite(
        region: "region \(site)", cell: Mesh3Code(row: 4_300 + 40 * site, column: 3_000),
        elevation: (0..<cells).map { _ in Float(stream.uniform(0...900)) },
        slope: (0..<cells).map { _ in Float(stream.uniform(0...40)) },
        aspect: (0..<cells).map { _ in UInt8(stream.index(below: 9)) },
        soil: (0..<cells).map { _ in UInt8(stream.index(below: 11)) },
        vegetation: (0..<cells).map { _ in UInt8(stream.index(below: 12)) }))
    for _ in 0..<hours {
      guard stream.uniform() < 0.3 else {
        frameOfHour.append(-1)
        continue
      }
      frameOfHour.append(Int32(frames.count / cells))
      for _ in 0..<cells { frames.append(UInt16(10 * stream.index(below: 30))) }
    }
    for day in 4..<days + 4 {
      let q = Float(stream.uniform())
      samples.append(
        Sample(
          site: site, day: first.advanced(by: day), label: day % 4 == 0 ? .landslide : .none,
          physics: PhysicsInput(
            q: q, rank: Float(stream.uniform()), soilWaterMaximum: 100 * q, hourlyRainMaximum: 20 * q,
            soilWaterAtStart: 30),
          memory: MemoryInput(
            excess: SIMD8((0..<8).map { q - Float($0) / 4 }), soilWaterRank: q, lowerTanksRank: 1 - q,
            recordDays: 100 + day), earlyWarning: q))
    }
  }
  return SampleSet(
    sites: places, samples: samples, firstHour: JSTHour(ending: first, 1), hours: hours, frameOfHour: frameOfHour,
    frames: frames, title: "made up")
}
