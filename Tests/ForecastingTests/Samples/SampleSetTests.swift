import Forecasting
import Foundation
import Mesh
import Neural
import SoilWater
import Statistics
import TestSupport
import Testing

struct SampleSetTests {
  @Test func `a sample file gives back the samples`() throws {
    let samples = madeUpSamples()
    #expect(try SampleSet(reading: samples.encoded, path: "x") == samples)
    #expect(samples.encoded == madeUpSamples().encoded)
  }

  @Test(arguments: [24, 48, 72, 240])
  func `the physics of a sample is that of the window's start`(hours: Int) throws {
    let plain = madeUpSamples(sites: 1, days: 8)
    // Soil water 1, 2 ... 10 mm at 24:00 of so many days before.
    let samples = SampleSet(
      sites: plain.sites,
      samples: plain.samples.map {
        var physics = $0.physics
        physics.soilWaterAtStart = 3
        return Sample(
          site: 0, day: $0.day, label: $0.label, physics: physics, midnights: (1...10).map(Float.init),
          earlyWarning: $0.earlyWarning)
      }, firstHour: plain.firstHour, hours: plain.hours, frameOfHour: plain.frameOfHour, frames: plain.frames,
      title: "made up")
    #expect(try SampleSet(reading: samples.encoded, path: "x") == samples)
    #expect((try SampleSet.joining([("a", samples), ("b", plain)])).samples[7] == samples.samples[7])
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let inputs = SampleInputs(
      samples, picks: [7], changes: [.none], shape: NetworkFixture.shape(patch: 9, 24, x: hours / 24),
      scaling: .unfitted, tape: tape)
    #expect(inputs.physics?.values[5] == Float(hours / 24) / 200)
  }

  @Test(arguments: ["rain.index", "sample.site", "sample.label", "site.soil"])
  func `a sample file with an index out of range is refused`(name: String) throws {
    var file = try Safetensors(reading: madeUpSamples().encoded, path: "x")
    let place = try #require(file.tensors.firstIndex { $0.name == name })
    var values = try #require(file.tensors[place].integers)
    values[values.count - 1] = 1_000_000
    file.tensors[place] = Tensor(name, shape: file.tensors[place].shape, .int32(values))
    #expect(throws: TrainingError.self) { try SampleSet(reading: file.encoded, path: "x") }
  }

  @Test func `joined sets keep the rain and the keys of their samples`() throws {
    let (one, plain) = (madeUpSamples(sites: 2, days: 5), madeUpSamples(sites: 1, days: 9, seed: 2))
    // The second set begins a day later.
    let later = SampleSet(
      sites: plain.sites,
      samples: plain.samples.map {
        Sample(
          site: $0.site, day: $0.day.advanced(by: 1), label: $0.label, physics: $0.physics, memory: $0.memory,
          earlyWarning: $0.earlyWarning)
      }, firstHour: plain.firstHour.advanced(by: 24), hours: plain.hours, frameOfHour: plain.frameOfHour,
      frames: plain.frames, title: "Synthetic")
    let joined = try SampleSet.joining([("one", one), ("later", later)])
    #expect(joined.title == "made up + Synthetic")
    #expect(joined.keys == one.keys + later.keys)
    #expect(joined.samples.map(\.memory) == (one.samples + later.samples).map(\.memory))
    #expect(try SampleSet(reading: joined.encoded, path: "x") == joined)
    func rain(_ set: SampleSet, _ pick: Int) -> [Float] {
      let tape = Tape()
      defer { withExtendedLifetime(tape) {} }
      let inputs = SampleInputs(set, picks: [pick], changes: [.none], shape: .tiny, scaling: .unfitted, tape: tape)
      return inputs.rain?.values ?? []
    }
    #expect(rain(joined, 3) == rain(one, 3))
    for pick in [0, 8] { #expect(rain(joined, one.samples.count + pick) == rain(later, pick)) }
  }

  @Test func `sets of another physics do not join`() throws {
    let plain = madeUpSamples(sites: 1, days: 5)
    func resting(on basis: SampleBasis) -> SampleSet {
      SampleSet(
        sites: plain.sites, samples: plain.samples, firstHour: plain.firstHour, hours: plain.hours,
        frameOfHour: plain.frameOfHour, frames: plain.frames, title: plain.title, basis: basis)
    }
    var other = SampleBasis()
    other.physics.criticalLine.rankPower = 10
    let file = resting(on: other)
    #expect(try SampleSet(reading: file.encoded, path: "x") == file)
    let differences = ["critical_line.rank_power 10.0 instead of 20.0"]
    #expect(throws: TrainingError.cannotJoin(path: "b", with: "a", differences: differences)) {
      try SampleSet.joining([("a", plain), ("b", file)])
    }
    // Another rule of rainy days, another spin-up: the same q, so they join.
    var drier = SampleBasis()
    drier.rainyMillimetres = 3
    drier.physics.spinUpDays = 60
    #expect(try SampleSet.joining([("a", plain), ("b", resting(on: drier))]).basis.rainyMillimetres == nil)
  }

  @Test func `shuffled labels are the same labels on other samples`() {
    let samples = madeUpSamples(sites: 3, days: 20)
    let shuffled = samples.shufflingLabels(seed: 4)
    #expect(shuffled.positives == samples.positives)
    #expect(shuffled == samples.shufflingLabels(seed: 4) && shuffled != samples.shufflingLabels(seed: 5))
    #expect(zip(samples.samples, shuffled.samples).contains { $0.label != $1.label })
    for (before, after) in zip(samples.samples, shuffled.samples) {
      #expect(before.physics == after.physics && before.day == after.day && before.site == after.site)
    }
    #expect(shuffled.title == "made up; control, labels shuffled")
  }

  @Test func `a sample file of a damaged basis is refused`() throws {
    var file = try Safetensors(reading: madeUpSamples().encoded, path: "x")
    file.metadata["basis"] = file.metadata["basis"]?.replacingOccurrences(
      of: "\"stepMinutes\":10", with: "\"stepMinutes\":7")
    #expect(throws: TrainingError.self) { try SampleSet(reading: file.encoded, path: "x") }
    file.metadata["basis"] = nil
    #expect(throws: TrainingError.self) { try SampleSet(reading: file.encoded, path: "x") }
  }

  @Test func `the rain of a sample ends at midnight of its day`() throws {
    let samples = madeUpSamples()
    let tape = Tape()
    defer { withExtendedLifetime(tape) {} }
    let pick = 15
    let inputs = SampleInputs(
      samples, picks: [pick], changes: [.none], shape: .tiny, scaling: .unfitted, tape: tape)
    let rain = try #require(inputs.rain).values
    let sample = samples.samples[pick]
    let last = samples.lastHour(of: sample.day)
    for hour in [0, 1, 37, 71] {
      let frame = samples.frameOfHour[sample.site * samples.hours + last - 71 + hour]
      for (y, x) in [(0, 0), (4, 4), (8, 3)] {
        let tenths = frame < 0 ? 0 : samples.frames[Int(frame) * 289 + (y + 4) * 17 + x + 4]
        let value = rain[hour * 81 + y * 9 + x]
        #expect(abs(value - log1pf(Float(tenths) / 100)) < 1e-6)
      }
    }
  }
}

@Test func `a site knows the soil water of the ten midnights before a day`() throws {
  let cell = Mesh3Code(row: 4_300, column: 3_000)
  var site = try SitePhysics(cell: cell)
  var stream = RandomStream(seed: 3, "site")
  let (first, days, cells) = (JSTDay(daysSince1970: 19_000), 150, site.cells.count)
  let rain = (0..<days).map { _ in
    (0..<24).flatMap { _ in Array(repeating: Float(stream.uniform() < 0.1 ? stream.uniform(0...12) : 0), count: cells) }
  }
  site.run(from: first, days: days) { rain[first.distance(to: $0)] }
  let wanted = 120
  let day = try #require(try site.score([first.advanced(by: wanted)])[0].get() as SitePhysics.Day?)
  // One cell by the tanks alone; all have the same rain.
  let tanks = TankField(parameters: .nationwide)
  var state = SoilWaterState(cells: 1)
  let index = (0..<wanted).map { offset in
    tanks.advance(
      &state, rain: (0..<24).map { rain[offset][$0 * cells] }, on: first.advanced(by: offset)
    ).atMidnight[0]
  }
  #expect(day.midnights == (1...10).map { index[wanted - $0] })
  #expect(day.physics.soilWaterAtStart == index[wanted - 3])
}

@Test func `a site's memory is that of all days before, and later rain touches nothing of a day`() throws {
  let cell = Mesh3Code(row: 4_300, column: 3_000)
  let (first, days, wanted) = (JSTDay(daysSince1970: 19_000), 100, 70)
  var stream = RandomStream(seed: 8, "memory")
  let rain = (0..<24 * days).map { _ in stream.uniform() < 0.1 ? Double(stream.index(below: 120)) / 10 : 0 }
  func day(laterRain factor: Float) throws -> SitePhysics.Day {
    var site = try SitePhysics(cell: cell)
    let cells = site.cells.count
    site.run(from: first, days: days) { day in
      let begin = 24 * first.distance(to: day)
      let gain = begin > 24 * wanted ? factor : 1
      return (0..<24).flatMap { Array(repeating: Float(rain[begin + $0]) * gain, count: cells) }
    }
    return try site.score([first.advanced(by: wanted)])[0].get()
  }
  let alone = try day(laterRain: 1)
  let found = alone.memory
  let plain = plainMemory(of: rain)
  for (index, expected) in zip(MemoryIndex.allCases, plain[wanted].excess) {
    #expect(abs(Double(found[index]) - expected) < 0.005)
  }
  let before = plain[..<wanted].count { $0.highest[0] < plain[wanted].highest[0] }
  #expect(abs(Double(found.soilWaterRank) - Double(before) / Double(wanted + 1)) < 0.1)
  #expect(found.recordDays == wanted)
  #expect(try day(laterRain: 20) == alone)
}

@Test func `the physics vector is the day's six inputs and the eight of the memory, by name`() {
  let sample = madeUpSamples().samples[5]
  let vector = sample.physicsVector()
  let day = sample.physics.features
  #expect(vector == [day.0, day.1, day.2, day.3, day.4, day.5] + MemoryIndex.allCases.map { sample.memory[$0] })
  #expect(vector.count == PhysicsVector.count && PhysicsVector.count == 14)
  #expect(PhysicsVector.names[0] == "q" && PhysicsVector.names[9] == "n S2+S3")
  #expect(vector[9] == sample.memory[.lowerTanks])
}

struct AugmentationTests {
  /// Steps to the neighbour in the direction of an aspect class: rows run south.
  static let directions: [(y: Int, x: Int)] = [
    (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1),
  ]

  @Test(arguments: 0..<4, [false, true])
  func `a slope still faces the neighbour it faced`(turns: Int, mirrored: Bool) {
    var change = Augmentation.none
    (change.turns, change.mirrored) = (turns, mirrored)
    for label in 1...8 {
      let old = Self.directions[label - 1]
      let new = Self.directions[Int(change.aspect(UInt8(label))) - 1]
      // What stands at the new neighbour of the middle came from its old neighbour.
      let source = change.source(ofY: 1 + new.y, x: 1 + new.x, edge: 3)
      #expect(source == (1 + old.y, 1 + old.x))
    }
    #expect(change.aspect(0) == 0)
  }

  @Test func `turns and mirrors follow the method's rules`() {
    var change = Augmentation.none
    change.turns = 1
    #expect((1...8).map { change.aspect(UInt8($0)) } == [3, 4, 5, 6, 7, 8, 1, 2])
    (change.turns, change.mirrored) = (0, true)
    #expect((1...8).map { change.aspect(UInt8($0)) } == [1, 8, 7, 6, 5, 4, 3, 2])
  }

  @Test func `each part happens about half the time`() {
    var stream = RandomStream(seed: 5)
    let drawn = (0..<4_000).map { _ in Augmentation.random(tokens: 24, from: &stream) }
    #expect(abs(Double(drawn.count { $0.droppedToken != nil }) / 4_000 - 0.5) < 0.05)
    #expect(abs(Double(drawn.count { $0.gain != 1 }) / 4_000 - 0.5) < 0.05)
    #expect(abs(Double(drawn.count { $0.south != 0 || $0.east != 0 }) / 4_000 - 0.5) < 0.05)
    #expect(Set(drawn.map(\.lag)) == [-2, -1, 0, 1, 2])
    #expect(Set(drawn.map { [$0.turns, $0.mirrored ? 1 : 0] }).count == 8)
  }
}

struct BalancedSamplerTests {
  @Test func `batches hold the share of positives, spread over the regions`() throws {
    let samples = madeUpSamples(sites: 6, days: 40)
    let sampler = try BalancedSampler(
      samples, training: Array(samples.samples.indices), batch: 32, positiveShare: 0.25)
    var stream = RandomStream(seed: 2)
    let epoch = sampler.epoch(from: &stream)
    #expect(epoch.count == 8)
    for batch in epoch {
      let positives = batch.filter { samples.samples[$0].label == .landslide }
      #expect(batch.count == 32 && positives.count == 8)
      let regions = Dictionary(grouping: positives) { samples.samples[$0].site }
      #expect(regions.count == 6)
      #expect(regions.values.allSatisfy { $0.count <= 2 })
    }
    // Ten positives a region: none comes twice before all have come.
    let drawn = Dictionary(grouping: epoch.flatMap { $0.prefix(8) }) { samples.samples[$0].site }
    for picks in drawn.values { #expect(Set(picks.prefix(10)).count == min(10, picks.count)) }
  }
}
