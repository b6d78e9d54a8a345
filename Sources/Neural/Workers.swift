import Dispatch
import Synchronization

/// Threads that share numbered pieces of work.
///
/// Which thread does a piece is open, so a piece must not depend on it: pieces write to places of their own, and what is
/// summed is summed afterwards in the order of the pieces. Then 1 or 2 threads give the same bytes.
package struct Workers: Sendable {
  package let threads: Int

  package init(threads: Int) {
    precondition(threads > 0, "\(threads) threads")
    self.threads = threads
  }

  package func forEach(_ count: Int, _ work: @Sendable (Int) -> Void) {
    guard threads > 1, count > 1 else {
      for piece in 0..<count { work(piece) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        work(piece)
      }
    }
  }
}

/// `total[i] = Σ over parts of part[i]`, in the order of the parts whatever the number of workers.
package func sumInOrder(_ parts: [UnsafeMutableBufferPointer<Float>], into total: inout [Float], workers: Workers) {
  let count = total.count
  precondition(parts.allSatisfy { $0.count == count }, "parts of \(parts.map(\.count)) values for \(count)")
  let span = 16_384
  total.withUnsafeMutableBufferPointer { total in
    let out = SharedBuffer(total)
    let parts = parts.map(SharedBuffer.init)
    workers.forEach((count + span - 1) / span) { piece in
      for i in piece * span..<min(count, (piece + 1) * span) {
        var sum: Float = 0
        for part in parts { sum += part.buffer[i] }
        out.buffer[i] = sum
      }
    }
  }
}

/// A buffer handed to workers, each of which writes to places of its own.
package struct SharedBuffer: @unchecked Sendable {
  package let buffer: UnsafeMutableBufferPointer<Float>

  package init(_ buffer: UnsafeMutableBufferPointer<Float>) { self.buffer = buffer }
}
