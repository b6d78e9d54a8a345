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
  /// Of the parameters' matrices, which all chunks read; the parameters' layout.
  private var transposed: [Float]

  package init(layout: NetworkLayout, workers: Workers) {
    self.layout = layout
    transposed = Array(repeating: 0, count: layout.count)
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
    transposeMatrices(of: parameters)
    let (slots, layout, tapes) = (slots, layout, tapes)
    parameters.values.withUnsafeBufferPointer { values in
      transposed.withUnsafeBufferPointer { transposed in
        guard let values = values.baseAddress, let transposed = transposed.baseAddress else { return }
        let shared = SharedParameters(values: values, transposed: transposed)
        workers.forEach(chunks.count) { number in
          let slot = slots[number]
          slot.gradient.update(repeating: 0)
          let tape = tapes.take()
          let pass = NetworkPass(
            layout: layout, values: shared.values, transposed: shared.transposed, gradient: slot.gradientBase)
          work(number, chunks[number], pass, tape)
          if keepingTapes { slot.tape = tape } else { tapes.giveBack(tape) }
        }
      }
    }
  }

  private func transposeMatrices(of parameters: NetworkParameters) {
    transposed.withUnsafeMutableBufferPointer { transposed in
      parameters.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress, let transposed = transposed.baseAddress else { return }
        for entry in parameters.entries where entry.shape.count == 2 {
          transpose(
            values + entry.offset, rows: entry.shape[0], columns: entry.shape[1], into: transposed + entry.offset)
        }
      }
    }
  }

  /// Goes on with the tapes that `forEach` kept: `start` sets the gradient of the output, then it is led back. The last tape
  /// comes first, for it may still be in a cache.
  package func goBack(_ count: Int, from start: @Sendable (Range<Int>, Tape) -> Void) {
    let chunks = Self.chunks(of: count)
    let (slots, tapes) = (slots, tapes)
    workers.forEach(chunks.count) { place in
      let number = chunks.count - 1 - place
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

private struct SharedParameters: @unchecked Sendable {
  let values: UnsafePointer<Float>
  let transposed: UnsafePointer<Float>
}
