import Forecasting
import Foundation
import Mesh
import Neural
import Statistics
import Synchronization

/// How fast a training step runs on this machine, whole and in parts, beside the multiply-add peak of the same run.
///
/// The peer is `scripts/peers/training.py`: the same network in PyTorch.
struct TrainingSpeed: Sendable {
  /// A part of the step: its least processor time, and the multiply-adds METHOD's network needs there.
  struct Part: Sendable {
    let name: String
    /// Of all threads together; on cores of their own they would need this divided by the threads.
    let processorSeconds: Double
    /// Two a multiply-add; 0 where the part has none worth counting.
    let operations: Double
    /// Of one thread, GFLOP/s.
    let peak: Double

    /// GFLOP/s of a thread.
    var speed: Double { operations / processorSeconds / 1e9 }
  }

  let phase: TrainingPhase
  let batch: Int
  let threads: Int
  /// Multiply-add peak, all threads at work at once, GFLOP/s.
  let peak: Double
  /// Shortest step on the clock.
  let seconds: Double
  /// A whole step as `lsmap train` does it: inputs with augmentation, forward, losses, backward, optimiser.
  let step: Part
  /// Inputs, forward, backward, optimiser (with the sum over the chunks and the clipping).
  let parts: [Part]

  var samplesPerSecond: Double { Double(batch) / seconds }

  /// Times training steps on made-up samples, the fastest of `rounds` counting for each part.
  ///
  /// - Parameters:
  ///   - phase: Which of the two losses.
  ///   - shape: Sizes of the network.
  ///   - batch: Samples in a step.
  ///   - threads: Workers.
  ///   - rounds: Repetitions, the peak measured in each.
  /// - Returns: The fastest of everything.
  static func measure(
    _ phase: TrainingPhase = .finetuning, shape: NetworkShape = .paper, batch: Int = 128, threads: Int = 2,
    rounds: Int = 8
  ) -> TrainingSpeed {
    var settings = TrainingSettings(network: shape)
    settings.pretraining.batch = batch
    settings.finetuning.batch = batch
    settings.finetuning.noiseFreeSteps = 0
    let bench = TrainingBench(settings, phase: phase, threads: threads)
    var (seconds, peak) = (Double.infinity, 0.0)
    var best: [(name: String, seconds: Double)] = []
    for _ in 0..<max(rounds, 1) {
      peak = max(peak, multiplyAddPeak(threads: threads))
      let (whole, times) = bench.round()
      seconds = min(seconds, whole)
      best = best.isEmpty ? times : zip(best, times).map { ($0.name, min($0.seconds, $1.seconds)) }
    }
    let forward = 2 * Double(batch) * shape.patchMultiplyAdds
    let backward = 2 * Double(batch) * shape.gradientMultiplyAdds
    let work = ["forward": forward, "backward": backward, "step": forward + backward]
    let parts = best.map {
      Part(
        name: $0.name, processorSeconds: $0.seconds, operations: work[$0.name] ?? 0, peak: peak / Double(threads))
    }
    return TrainingSpeed(
      phase: phase, batch: batch, threads: threads, peak: peak, seconds: seconds, step: parts[0],
      parts: Array(parts.dropFirst()))
  }
}

/// Training steps on made-up samples, timed in parts.
private struct TrainingBench {
  /// Samples of several batches: what is done once an epoch does not count for a step alone.
  private static let batches = 4

  private let batch: Int
  private let samples: SampleSet
  private let run: TrainingRun
  private let state: TrainingState

  init(_ settings: TrainingSettings, phase: TrainingPhase, threads: Int) {
    // A day more than the window, which the lag of the augmentation may reach into.
    batch = phase == .finetuning ? settings.finetuning.batch : settings.pretraining.batch
    let samples = Self.samples(count: Self.batches * batch, hours: settings.network.hours + 24)
    self.samples = samples
    do {
      run = try TrainingRun(
        samples, training: Array(samples.samples.indices), settings: settings, workers: Workers(threads: threads))
    } catch { preconditionFailure("\(error)") }
    var state = run.start
    state.phase = phase
    self.state = state
  }

  /// Seconds of a step on the clock, and processor seconds of `step`, `inputs`, `forward`, `backward`, `optimiser`.
  func round() -> (seconds: Double, parts: [(name: String, seconds: Double)]) {
    var state = state
    let used = clock()
    let seconds = ContinuousClock().measure {
      precondition((try? run.epoch(&state)) != nil, "a step failed")
    }
    let whole = Double(clock() - used) / Double(CLOCKS_PER_SEC)
    let steps = Double(state.optimiser.steps - self.state.optimiser.steps)
    return (seconds / .seconds(1) / steps, [("step", whole / steps)] + run.timedParts(state, batch: batch))
  }

  /// Samples with rain in every hour, in eight regions.
  private static func samples(count: Int, hours: Int) -> SampleSet {
    var stream = RandomStream(seed: 1, "training benchmark")
    let (cells, sites) = (SampleSite.cells, 8)
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
          site: $0 % sites, day: first.advanced(by: hours / 24 - 1), label: $0 % 32 < 8 ? .landslide : .none,
          physics: physics, earlyWarning: 0)
      }, firstHour: JSTHour(ending: first, 1), hours: hours,
      frameOfHour: (0..<sites * hours).map(Int32.init),
      frames: (0..<sites * hours * cells).map { _ in UInt16(stream.index(below: 300)) }, title: "made up")
  }
}

extension TrainingRun {
  /// Processor seconds of the parts of one step over the first samples; the losses are left out.
  fileprivate func timedParts(_ state: TrainingState, batch: Int) -> [(name: String, seconds: Double)] {
    let picks = Array(training.prefix(batch))
    let (samples, settings, scaling) = (samples, settings, scaling)
    let times = ThreadTimes()
    let keeps = state.phase == .pretraining
    batches.forEach(picks.count, parameters: state.parameters, keepingTapes: keeps) { chunk, rows, pass, tape in
      var stream = RandomStream(seed: settings.seed, "speed", .number(chunk))
      var inputs: SampleInputs?
      times.add(0) {
        inputs = augmentedInputs(
          samples, picks: picks[rows], settings: settings, scaling: scaling, stream: &stream, tape: tape)
      }
      guard let inputs else { return }
      times.add(1) {
        let latent = pass.latent(inputs, dropout: NetworkDropout(settings, stream: stream), on: tape)
        let output =
          keeps
          ? pass.projection(latent, on: tape)
          : pass.logits(latent, physics: inputs.logits, on: tape)
        for index in 0..<output.count { output.gradient?[index] = 1 / Float(picks.count) }
      }
      if !keeps { times.add(2) { tape.goBack() } }
    }
    if keeps { batches.goBack(picks.count) { _, tape in times.add(2) { tape.goBack() } } }
    var gradient = [Float](repeating: 0, count: batches.layout.count)
    var next = state
    let used = clock()
    batches.sumGradients(picks.count, into: &gradient)
    let clip = clippingFactor(gradient, limit: settings.optimiser.clipping)
    next.optimiser.step(
      &next.parameters.values, gradient: gradient, scale: clip.factor,
      groups: groups.finetuning(rate: 1e-4, encoderRate: 1e-4))
    let optimiser = Double(clock() - used) / Double(CLOCKS_PER_SEC)
    return zip(["inputs", "forward", "backward"], times.totals).map { ($0, $1) } + [("optimiser", optimiser)]
  }
}

/// Processor time of the threads that work on three parts, added up.
private final class ThreadTimes: Sendable {
  private let sums = Mutex([0.0, 0, 0])

  var totals: [Double] { sums.withLock { $0 } }

  func add(_ part: Int, _ work: () -> Void) {
    let begin = Self.now
    work()
    let spent = Self.now - begin
    sums.withLock { $0[part] += spent }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
