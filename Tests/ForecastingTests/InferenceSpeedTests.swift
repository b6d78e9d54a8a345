import Forecasting
import Foundation
import Testing

@Test func `the operations of a cell are those METHOD counts`() {
  #expect(NetworkShape.paper.denseMultiplyAdds == 2_826_528)
}

/// Prints, asserts nothing: `LSMAP_BENCH=1 swift test -c release --filter InferenceSpeed`.
@Test(.enabled(if: ProcessInfo.processInfo.environment["LSMAP_BENCH"] != nil))
func `inference speed is printed on request`() {
  for (share, threads) in [(1.0, 1), (1, 2), (0.25, 2), (0, 2)] {
    let speed = InferenceSpeed.measure(wetShare: share, threads: threads)
    print(
      "\(threads) threads, \(speed.wetCells) of \(speed.cells) cells wet: \(Int(speed.cellsPerSecond)) cells/s,",
      "\(Int(100 * speed.shareOfPeak)) % of \(Int(speed.peak)) GFLOP/s,",
      "\(Int(100 * speed.shareOfPeakOfProcessorTime)) % of the processor time's")
  }
}
