import CPeak
import Dispatch

/// Speed of independent multiply-adds on so many threads at once, in GFLOP/s: the ceiling a product is compared with.
///
/// All threads work at the same time, because cores may share clock and power.
func multiplyAddPeak(threads: Int = 1) -> Double {
  var peaks = [Double](repeating: 0, count: threads)
  peaks.withUnsafeMutableBufferPointer { peaks in
    nonisolated(unsafe) let peaks = peaks
    DispatchQueue.concurrentPerform(iterations: threads) { peaks[$0] = multiplyAddPeakOfThread() }
  }
  return peaks.reduce(0, +)
}

private func multiplyAddPeakOfThread() -> Double {
  var best = 0.0
  let clock = ContinuousClock()
  for _ in 0..<5 {
    var sink: Float = 0
    let spent = clock.measure { sink = lsmap_multiply_add_peak(500) }
    precondition(sink.isFinite, "the peak loop left the finite numbers")
    best = max(best, lsmap_multiply_add_work(500) / (spent / .seconds(1)))
  }
  return best / 1e9
}
