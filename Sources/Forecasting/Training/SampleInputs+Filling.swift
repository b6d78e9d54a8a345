package import Neural

extension SampleInputs {
  /// Fills the inputs of samples.
  ///
  /// - Parameters:
  ///   - samples: Where they stand.
  ///   - picks: Places in `samples.samples`; the rain has their windows (`SampleSet.requireWindows`).
  ///   - changes: One augmentation a pick.
  ///   - shape: Of the network.
  ///   - scaling: Of static layers and physics.
  ///   - tape: Takes the inputs; they need no gradient.
  package init(
    _ samples: SampleSet, picks: ArraySlice<Int>, changes: [Augmentation], shape: NetworkShape, scaling: InputScaling,
    tape: Tape
  ) {
    let count = picks.count
    precondition(changes.count == count, "\(changes.count) augmentations for \(count) samples")
    statics =
      shape.readsGround ? tape.maps(count, channels: shape.staticChannels, edge: shape.patch) : nil
    rain =
      shape.readsRain ? tape.maps(count * shape.tokens, channels: shape.hoursPerToken, edge: shape.patch) : nil
    physics = shape.physics > 0 ? tape.input(rows: count, columns: shape.physics) : nil
    var logits: [Float] = []
    for (row, pick) in picks.enumerated() {
      let sample = samples.samples[pick]
      precondition(samples.hasWindow(sample, hours: shape.hours), "\(shape.hours) hours before \(sample.day)")
      let change = changes[row]
      if let statics {
        Self.fillStatics(samples.sites[sample.site], change, scaling, patch: shape.patch, to: statics, map: row)
      }
      if let rain { Self.fillRain(samples, sample, change, shape, to: rain, first: row * shape.tokens) }
      if let physics {
        let own = Array(sample.physicsVector(hours: shape.hours).prefix(shape.physics))
        for (column, value) in (scaling.physics?(own) ?? own).enumerated() {
          physics.values[row * shape.physics + column] = value
        }
      }
      logits.append(sample.physics.logit)
    }
    self.logits = logits
  }

  private static func fillStatics(
    _ site: SampleSite, _ change: Augmentation, _ scaling: InputScaling, patch: Int, to maps: MapStack, map: Int
  ) {
    let values = maps.map(map)
    let margin = (SampleSite.side - patch) / 2
    for y in 0..<patch {
      for x in 0..<patch {
        let source = change.source(ofY: y, x: x, edge: patch)
        let cell = (source.y + margin) * SampleSite.side + source.x + margin
        scaling.write(
          elevation: site.elevation[cell], slope: site.slope[cell], aspect: change.aspect(site.aspect[cell]),
          soil: site.soil[cell], vegetation: site.vegetation[cell],
          to: values + (y * patch + x) * maps.pixelStride, stride: maps.channelStride)
      }
    }
  }

  private static func fillRain(
    _ samples: SampleSet, _ sample: Sample, _ change: Augmentation, _ shape: NetworkShape, to maps: MapStack,
    first map: Int
  ) {
    let (patch, pixels) = (shape.patch, shape.patch * shape.patch)
    let margin = (SampleSite.side - patch) / 2
    var places = [Int](repeating: 0, count: pixels)
    for y in 0..<patch {
      for x in 0..<patch {
        let source = change.source(ofY: y, x: x, edge: patch)
        places[y * patch + x] =
          (source.y + margin + change.south) * SampleSite.side + source.x + margin + change.east
      }
    }
    // A lag that leaves the rain at hand is cut to what is there.
    let wanted = samples.lastHour(of: sample.day) + change.lag
    let last = min(max(wanted, shape.hours - 1), samples.hours - 1)
    let first = sample.site * samples.hours + last - shape.hours + 1
    let (scale, pixelStride, channelStride) = (change.gain / 10, maps.pixelStride, maps.channelStride)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * pixels) { memory in
      guard let millimetres = memory.baseAddress else { return }
      let features = millimetres + pixels
      samples.frames.withUnsafeBufferPointer { frames in
        places.withUnsafeBufferPointer { places in
          for hour in 0..<shape.hours {
            let (token, channel) = (hour / shape.hoursPerToken, hour % shape.hoursPerToken)
            let frame = samples.frameOfHour[first + hour]
            guard frame >= 0, token != change.droppedToken else { continue }
            let amounts = Int(frame) * SampleSite.cells
            for pixel in 0..<pixels {
              let tenths = frames[amounts + places[pixel]]
              millimetres[pixel] = tenths == SampleSet.missing ? 0 : Float(tenths) * scale
            }
            // A dry field leaves the zeros that are there.
            guard rainFeatures(millimetres, count: pixels, into: features) else { continue }
            let to = maps.map(map + token) + channel * channelStride
            for pixel in 0..<pixels { to[pixel * pixelStride] = features[pixel] }
          }
        }
      }
    }
  }
}
