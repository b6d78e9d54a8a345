import Forecasting
import Foundation
import Testing

@Test func `the operations of a training sample are those METHOD counts`() {
  #expect(NetworkShape.paper.patchMultiplyAdds == 6_628_128)
  // Twice the forward ones, less the first convolutions, whose inputs need no gradient.
  #expect(NetworkShape.paper.gradientMultiplyAdds == 2 * 6_628_128 - 437_472 - 508_032)
}

/// Prints, asserts nothing: `LSMAP_BENCH=1 swift test -c release --filter 'training speed'`.
@Test(
  .enabled(if: ProcessInfo.processInfo.environment["LSMAP_BENCH"] != nil),
  arguments: [TrainingPhase.finetuning, .pretraining])
func `training speed is printed on request`(phase: TrainingPhase) {
  for threads in [1, 2] { print(TrainingSpeed.measure(phase, threads: threads).words) }
}
