import Statistics

/// Threads that share numbered pieces of work (`inParallel`): any number of them gives the same bytes.
package struct Workers: Sendable {
  package let threads: Int

  package init(threads: Int) {
    precondition(threads > 0, "\(threads) threads")
    self.threads = threads
  }

  package func forEach(_ count: Int, _ work: @Sendable (Int) -> Void) {
    inParallel(count, threads: threads, work)
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
