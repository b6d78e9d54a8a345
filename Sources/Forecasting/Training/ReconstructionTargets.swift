import Neural

/// What a decoder is to make of the latent features: the inputs of the sample's own cell, standardised on the training samples.
struct ReconstructionTargets {
  private let samples: SampleSet
  private let scaling: InputScaling
  private let hours: Int
  private let standardise: ColumnScaling

  /// Values a sample has: 31 static maps, an hour of rain each, the physics of the day.
  static func count(hours: Int) -> Int { InputScaling.channels + hours + PhysicsVector.countOfDay }

  init(_ samples: SampleSet, training: [Int], scaling: InputScaling, hours: Int) {
    self.samples = samples
    self.scaling = scaling
    self.hours = hours
    standardise = ColumnScaling(
      fitting: training.map { Self.inputs(of: samples.samples[$0], in: samples, scaling, hours: hours) })
  }

  /// The targets of a sample, as it is without augmentation.
  subscript(pick: Int) -> [Float] {
    standardise(Self.inputs(of: samples.samples[pick], in: samples, scaling, hours: hours))
  }

  private static func inputs(
    of sample: Sample, in samples: SampleSet, _ scaling: InputScaling, hours: Int
  ) -> [Float] {
    let middle = SampleSite.cells / 2
    let site = samples.sites[sample.site]
    var ground = [Float](repeating: 0, count: InputScaling.channels)
    ground.withUnsafeMutableBufferPointer { ground in
      guard let start = ground.baseAddress else { return }
      scaling.write(
        elevation: site.elevation[middle], slope: site.slope[middle], aspect: site.aspect[middle],
        soil: site.soil[middle], vegetation: site.vegetation[middle], to: start, stride: 1)
    }
    let last = samples.lastHour(of: sample.day)
    let rain = (last - hours + 1...last).map { hour -> Float in
      let frame = Int(samples.frameOfHour[sample.site * samples.hours + hour])
      guard frame >= 0 else { return 0 }
      let tenths = samples.frames[frame * SampleSite.cells + middle]
      return tenths == SampleSet.missing ? 0 : rainFeature(ofMillimetres: Float(tenths) / 10)
    }
    return ground + rain + sample.physicsVector(hours: hours).prefix(PhysicsVector.countOfDay)
  }
}
