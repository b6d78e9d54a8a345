import Foundation
package import Neural

/// Splits batches into chunks of 8 samples that workers take, and sums their gradients in the order of the chunks.
///
/// The split depends on the batch alone, so any number of threads gives the same bytes. Memory is kept from batch to
/// batch. A tape of 8 samples takes 8 MB; workers use theirs again for the next chunk, which keeps it in the cache.
package final class ChunkedBatch {
  package static let chunk = 8

  package let layout: NetworkLayout
  private let workers: Workers
  private let tapes = TapePool()
  private var slots: [ChunkSlot] = []

  package init(layout: NetworkLayout, workers: Workers) {
    self.layout = layout
    self.workers = workers
  }

  package static func chunks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
  }

  /// Runs `work` for each chunk of `count` samples, on cleared tapes and gradients.
  ///
  /// `work` gets the chunk's number and rows, a pass over the parameters and a tape. With `keepingTapes`, `goBack` finds
  /// what it has recorded there; else the tape is gone when it returns.
  package func forEach(
    _ count: Int, parameters: NetworkParameters, keepingTapes: Bool = false,
    _ work: @Sendable (Int, Range<Int>, NetworkPass, Tape) -> Void
  ) {
    let chunks = Self.chunks(of: count)
    while slots.count < chunks.count { slots.append(ChunkSlot(count: layout.count)) }
    let (slots, layout, tapes) = (slots, layout, tapes)
    parameters.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let shared = SharedValues(base)
      workers.forEach(chunks.count) { number in
        let slot = slots[number]
        slot.gradient.update(repeating: 0)
        let tape = tapes.take()
        work(
          number, chunks[number], NetworkPass(layout: layout, values: shared.base, gradient: slot.gradientBase), tape)
        if keepingTapes { slot.tape = tape } else { tapes.giveBack(tape) }
      }
    }
  }

  /// Goes on with the tapes that `forEach` kept: `start` sets the gradient of the output, then it is led back.
  package func goBack(_ count: Int, from start: @Sendable (Range<Int>, Tape) -> Void) {
    let chunks = Self.chunks(of: count)
    let (slots, tapes) = (slots, tapes)
    workers.forEach(chunks.count) { number in
      guard let tape = slots[number].tape else { preconditionFailure("chunk \(number) has no tape to go back on") }
      start(chunks[number], tape)
      tape.goBack()
      slots[number].tape = nil
      tapes.giveBack(tape)
    }
  }

  /// The sum of the chunks' gradients for a batch of `count` samples.
  package func sumGradients(_ count: Int, into total: inout [Float]) {
    sumInOrder(slots.prefix(Self.chunks(of: count).count).map(\.gradient), into: &total, workers: workers)
  }
}

/// The gradient of one chunk, and its tape while it is kept; one worker at a time has it.
private final class ChunkSlot: @unchecked Sendable {
  var tape: Tape?
  let gradient: UnsafeMutableBufferPointer<Float>
  let gradientBase: UnsafeMutablePointer<Float>

  init(count: Int) {
    gradientBase = UnsafeMutablePointer<Float>.allocate(capacity: count)
    gradientBase.initialize(repeating: 0, count: count)
    gradient = UnsafeMutableBufferPointer(start: gradientBase, count: count)
  }

  deinit { gradientBase.deallocate() }
}

/// Tapes that nobody uses, the last one given back on top.
private final class TapePool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [Tape] = []

  func take() -> Tape { lock.withLock { free.popLast() } ?? Tape() }

  func giveBack(_ tape: Tape) {
    tape.reset()
    lock.withLock { free.append(tape) }
  }
}

private struct SharedValues: @unchecked Sendable {
  let base: UnsafePointer<Float>

  init(_ base: UnsafePointer<Float>) { self.base = base }
}
