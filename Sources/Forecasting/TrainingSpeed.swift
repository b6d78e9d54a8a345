import Dispatch
import Foundation
import Mesh
import Neural
import Statistics

/// How fast a training step runs on this machine, whole and in parts, beside the multiply-add peak of the same run.
///
/// The peer is `scripts/peers/training.py`: the same network in PyTorch.
package struct TrainingSpeed: Sendable, Codable {
  /// A part of the step: its fastest time, and the multiply-adds METHOD's network needs there.
  package struct Part: Sendable, Codable {
    package let name: String
    package let seconds: Double
    /// Two a multiply-add; 0 where the part has none worth counting.
    package let operations: Double
    /// Of all threads together.
    package let peak: Double

    /// GFLOP/s.
    package var speed: Double { operations / seconds / 1e9 }
    package var shareOfPeak: Double { speed / peak }
  }

  package let phase: TrainingPhase
  package let batch: Int
  package let threads: Int
  /// Multiply-add peak, all threads at work at once, GFLOP/s.
  package let peak: Double
  /// A whole step as `lsmap train` does it: inputs with augmentation, forward, loss, backward, optimiser.
  package let step: Part
  /// Inputs, forward (with the losses), backward (with the sum over the chunks), optimiser (with clipping).
  package let parts: [Part]

  package var samplesPerSecond: Double { Double(batch) / step.seconds }

  /// Times training steps on made-up samples, the fastest of `rounds` counting for each part.
  ///
  /// - Parameters:
  ///   - phase: Which of the two losses.
  ///   - shape: Sizes of the network.
  ///   - batch: Samples in a step.
  ///   - threads: Workers.
  ///   - rounds: Repetitions, the peak measured in each.
  /// - Returns: The fastest of everything.
  package static func measure(
    _ phase: TrainingPhase = .finetuning, shape: NetworkShape = .paper, batch: Int = 128, threads: Int = 2,
    rounds: Int = 5
  ) -> TrainingSpeed {
    var settings = TrainingSettings(network: shape)
    settings.pretraining.batch = batch
    settings.finetuning.batch = batch
    settings.finetuning.noiseFreeSteps = 0
    let bench = TrainingBench(settings, phase: phase, threads: threads)
    var times = bench.round()
    var peak = peakOfAll(threads)
    for _ in 1..<max(rounds, 1) {
      peak = max(peak, peakOfAll(threads))
      times = zip(times, bench.round()).map { (name: $0.name, seconds: min($0.seconds, $1.seconds)) }
    }
    let forward = 2 * Double(batch) * shape.patchMultiplyAdds
    let backward = 2 * Double(batch) * shape.gradientMultiplyAdds
    let work = ["forward": forward, "backward": backward, "step": forward + backward]
    let parts = times.map {
      Part(name: $0.name, seconds: $0.seconds, operations: work[$0.name] ?? 0, peak: peak)
    }
    return TrainingSpeed(
      phase: phase, batch: batch, threads: threads, peak: peak, step: parts[0], parts: Array(parts.dropFirst()))
  }

  /// What it says on a terminal.
  package var words: String {
    let head =
      "\(phase.rawValue), batch \(batch), \(threads) threads: \(Int(samplesPerSecond)) samples/s, "
      + "\(Int(100 * step.shareOfPeak)) % of \(Int(peak)) GFLOP/s"
    let lines = parts.map {
      let speed = $0.operations > 0 ? ", \(Int($0.speed)) GFLOP/s, \(Int(100 * $0.shareOfPeak)) % of the peak" : ""
      return "  \($0.name): \((($0.seconds * 1e4).rounded()) / 10) ms\(speed)"
    }
    return ([head] + lines).joined(separator: "\n")
  }
}

/// Training steps on made-up samples, timed in parts.
private struct TrainingBench {
  private let samples: SampleSet
  private let run: TrainingRun
  private let state: TrainingState

  init(_ settings: TrainingSettings, phase: TrainingPhase, threads: Int) {
    let samples = Self.samples(count: phase == .finetuning ? settings.finetuning.batch : settings.pretraining.batch)
    self.samples = samples
    do {
      run = try TrainingRun(
        samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: threads))
    } catch { preconditionFailure("\(error)") }
    var state = run.start
    state.phase = phase
    self.state = state
  }

  /// Seconds of `step`, `inputs`, `forward`, `backward` and `optimiser`.
  func round() -> [(name: String, seconds: Double)] {
    let clock = ContinuousClock()
    var state = state
    func time(_ work: () -> Void) -> Double { clock.measure(work) / .seconds(1) }
    let whole = time { precondition((try? run.epoch(&state, isCancelled: { false })) != nil, "a step failed") }
    return [("step", whole)] + run.timedParts(state, clock: clock)
  }

  /// As many samples as a batch, a day of rain each, in eight regions.
  private static func samples(count: Int) -> SampleSet {
    var stream = RandomStream(seed: 1, "training benchmark")
    let (cells, hours, sites) = (SampleSite.cells, 96, 8)
    func classes(_ count: Int) -> [UInt8] { (0..<cells).map { _ in UInt8(1 + stream.index(below: count)) } }
    func quantity(_ range: ClosedRange<Double>) -> [Float] { (0..<cells).map { _ in Float(stream.uniform(range)) } }
    let first = JSTDay(daysSince1970: 19_000)
    let places = (0..<sites).map { site in
      SampleSite(
        region: "\(site)", cell: Mesh3Code(row: 4_300 + 40 * site, column: 3_000), elevation: quantity(0...1_500),
        slope: quantity(0...40), aspect: classes(8), soil: classes(10), vegetation: classes(11))
    }
    let physics = PhysicsInput(
      q: 0.3, rank: 0.8, soilWaterMaximum: 120, hourlyRainMaximum: 20, soilWaterAtStart: 60)
    return SampleSet(
      sites: places,
      samples: (0..<count).map {
        Sample(
          site: $0 % sites, day: first.advanced(by: 3), label: $0 % 32 < 8 ? .landslide : .none, physics: physics,
          earlyWarning: 0)
      }, firstHour: JSTHour(ending: first, 1), hours: hours,
      frameOfHour: (0..<sites * hours).map(Int32.init),
      frames: (0..<sites * hours * cells).map { _ in UInt16(stream.index(below: 300)) }, title: "made up")
  }
}

extension TrainingRun {
  /// Seconds of the parts of one step over all samples.
  fileprivate func timedParts(_ state: TrainingState, clock: ContinuousClock) -> [(name: String, seconds: Double)] {
    let picks = Array(training)
    let (samples, settings, scaling) = (samples, settings, scaling)
    func time(_ work: () -> Void) -> Double { clock.measure(work) / .seconds(1) }
    @Sendable func inputs(_ rows: Range<Int>, _ chunk: Int, _ tape: Tape) -> (SampleInputs, RandomStream) {
      var stream = RandomStream(seed: settings.seed, "speed", .number(chunk))
      return (
        augmentedInputs(
          samples, picks: picks[rows], settings: settings, scaling: scaling, stream: &stream, tape: tape), stream
      )
    }
    let filling = time {
      batches.forEach(picks.count, parameters: state.parameters) { chunk, rows, _, tape in _ = inputs(rows, chunk, tape)
      }
    }
    let forward = time {
      batches.forEach(picks.count, parameters: state.parameters) { chunk, rows, pass, tape in
        let (inputs, stream) = inputs(rows, chunk, tape)
        let latent = pass.latent(inputs, dropout: Dropout(rate: settings.dropout, stream: stream), on: tape)
        let output =
          state.phase == .pretraining
          ? pass.projection(latent, on: tape)
          : pass.logits(latent, physics: inputs.logits, skips: settings.skips, on: tape)
        for index in 0..<output.count { output.gradient?[index] = 1 / Float(picks.count) }
      }
    }
    var gradient = [Float](repeating: 0, count: batches.layout.count)
    let backward = time {
      batches.forEach(picks.count, parameters: state.parameters, fresh: false) { _, _, _, tape in tape.goBack() }
      batches.sumGradients(picks.count, into: &gradient)
    }
    var next = state
    let optimiser = time {
      let clip = clippingFactor(gradient, limit: settings.optimiser.clipping)
      next.optimiser.step(
        &next.parameters.values, gradient: gradient, scale: clip.factor,
        groups: groups.finetuning(rate: 1e-4, encoderRate: 1e-4))
    }
    return [
      ("inputs", filling), ("forward", max(forward - filling, 1e-9)), ("backward", backward), ("optimiser", optimiser),
    ]
  }
}

extension NetworkShape {
  /// Multiply-adds of one sample's patch, forward (METHOD 3.4).
  package var patchMultiplyAdds: Double {
    let (outer, inner) = ((Self.patch - 2) * (Self.patch - 2), Self.pooled * Self.pooled)
    let statics = 9 * (outer * staticChannels * staticWidths[0] + inner * staticWidths[0] * staticWidths[1])
    let rain = tokens * 9 * (outer * hoursPerToken * rainWidths[0] + inner * rainWidths[0] * rainWidths[1])
    let linear = tokens * width * (4 * width + 2 * feedWidth)
    let attention = 2 * tokens * tokens * width
    let heads = joined * latent + latent
    return Double(statics + rain + tokens * tokenFeatures * width + layers * (linear + attention) + heads)
  }

  /// Multiply-adds of its gradients: twice the forward ones, but inputs need none.
  package var gradientMultiplyAdds: Double {
    let outer = 9 * (Self.patch - 2) * (Self.patch - 2)
    let first = outer * (staticChannels * staticWidths[0] + tokens * hoursPerToken * rainWidths[0])
    return 2 * patchMultiplyAdds - Double(first)
  }
}
