import Forecasting

extension Subject {
  /// A step of either phase as `lsmap train` does it, and its parts.
  static let training = Subject(name: "training", title: "Training of the hybrid network, steps of 128 samples") {
    bench in
    try [TrainingPhase.finetuning, .pretraining].flatMap { phase in
      let speed = TrainingSpeed.measure(phase, threads: bench.threads, rounds: 2 * bench.rounds)
      let step = Figure(
        work: "\(phase.rawValue), \(Bench.words(threads: bench.threads))", value: speed.samplesPerSecond,
        unit: .rate("samples/s"),
        comparisons: [
          .floor("forward and backward at the peak", speed.peak * 1e9 * Double(speed.batch) / speed.step.operations),
          try Peer.python(
            "PyTorch", "training",
            [
              "--step", phase.rawValue, "--batch", "\(speed.batch)", "--threads", "\(bench.threads)", "--seconds", "15",
            ],
            in: bench),
        ])
      let parts = speed.parts.map { part in
        part.operations > 0
          ? Figure(
            work: "\(phase.rawValue): \(part.name), a thread", value: part.speed, unit: .rate("GFLOP/s"),
            comparisons: [.floor("the multiply-add peak", part.peak)])
          : Figure(
            work: "\(phase.rawValue): \(part.name), processor time", value: 1_000 * part.processorSeconds,
            unit: .cost("ms"))
      }
      return [step] + parts
    }
  }
}
