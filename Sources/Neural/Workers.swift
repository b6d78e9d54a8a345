import CKernels
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
      // A block at a time, so that the sums stay in the first cache.
      for begin in stride(from: piece * span, to: min(count, (piece + 1) * span), by: 2_048) {
        let block = min(2_048, count - begin)
        guard let sum = out.buffer.baseAddress.map({ $0 + begin }) else { return }
        sum.update(repeating: 0, count: block)
        for part in parts {
          if let values = part.buffer.baseAddress { lsmap_add(block, values + begin, sum) }
        }
      }
    }
  }
}

/// A buffer handed to workers, each of which writes to places of its own.
package struct SharedBuffer: @unchecked Sendable {
  package let buffer: UnsafeMutableBufferPointer<Float>

  package init(_ buffer: UnsafeMutableBufferPointer<Float>) { self.buffer = buffer }
}
