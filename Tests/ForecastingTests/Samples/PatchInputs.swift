import Forecasting
import Mesh

/// A sample as a map of one cell: the same ground, rain and physics by the other way.
enum PatchInputs {
  static func of(_ sample: Sample, in samples: SampleSet, halo: Int, hours: Int = 72) -> ForecastInputs {
    let site = samples.sites[sample.site]
    let middle = MeshGrid(south: 4_200, west: 3_120, height: 1, width: 1)
    let wide = middle.padded(by: SampleSite.side / 2)
    let patch = middle.padded(by: halo)
    let statics = StaticLayers(
      elevation: Layer(grid: wide, values: site.elevation), slope: Layer(grid: wide, values: site.slope),
      aspect: Layer(grid: wide, values: site.aspect), soil: Layer(grid: wide, values: site.soil),
      vegetation: Layer(grid: wide, values: site.vegetation)
    ).cropped(to: patch)
    let last = samples.lastHour(of: sample.day)
    let rain = (last - hours + 1...last).flatMap { hour -> [Float] in
      let frame = Int(samples.frameOfHour[sample.site * samples.hours + hour])
      guard frame >= 0 else { return Array(repeating: 0, count: SampleSite.cells) }
      return samples.frames[frame * SampleSite.cells..<(frame + 1) * SampleSite.cells].map {
        $0 == SampleSet.missing ? .nan : Float($0) / 10
      }
    }
    func layer(_ value: Float) -> Layer<Float> { Layer(grid: middle, filledWith: value) }
    let physics = sample.physics
    return ForecastInputs(
      statics: statics, rain: LayerStack(grid: wide, bands: hours, values: rain).cropped(to: patch, fill: .nan),
      physics: PhysicsLayers(
        q: layer(physics.q), rank: layer(physics.rank), soilWaterMaximum: layer(physics.soilWaterMaximum),
        hourlyRainMaximum: layer(physics.hourlyRainMaximum), soilWaterAtStart: layer(physics.soilWaterAtStart),
        memory: Layer(grid: middle, filledWith: sample.memory)))
  }
}
