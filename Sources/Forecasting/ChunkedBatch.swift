package import Neural

/// Splits batches into chunks of 16 samples that workers take, and sums their gradients in the order of the chunks.
///
/// The split depends on the batch alone, so any number of threads gives the same bytes. Memory is kept from batch to
/// batch.
package final class ChunkedBatch {
  package static let chunk = 16

  package let layout: NetworkLayout
  private let workers: Workers
  private var slots: [ChunkSlot] = []

  package init(layout: NetworkLayout, workers: Workers) {
    self.layout = layout
    self.workers = workers
  }

  package static func chunks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
  }

  /// Runs `work` for each chunk of `count` samples.
  ///
  /// `work` gets the chunk's number and rows, a pass over the parameters and the chunk's tape, which it may leave
  /// recorded for `goBack`. With `fresh`, the tapes and the gradients of the chunks are cleared first.
  package func forEach(
    _ count: Int, parameters: NetworkParameters, fresh: Bool = true,
    _ work: @Sendable (Int, Range<Int>, NetworkPass, Tape) -> Void
  ) {
    let chunks = Self.chunks(of: count)
    while slots.count < chunks.count { slots.append(ChunkSlot(count: layout.count)) }
    let (slots, layout) = (slots, layout)
    parameters.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let shared = SharedValues(base)
      workers.forEach(chunks.count) { number in
        let slot = slots[number]
        if fresh { slot.clear() }
        work(
          number, chunks[number], NetworkPass(layout: layout, values: shared.base, gradient: slot.gradientBase),
          slot.tape)
      }
    }
  }

  /// The sum of the chunks' gradients for a batch of `count` samples.
  package func sumGradients(_ count: Int, into total: inout [Float]) {
    sumInOrder(slots.prefix(Self.chunks(of: count).count).map(\.gradient), into: &total, workers: workers)
  }
}

/// The tape and the gradient of one chunk; one worker at a time has it.
private final class ChunkSlot: @unchecked Sendable {
  let tape = Tape()
  let gradient: UnsafeMutableBufferPointer<Float>
  let gradientBase: UnsafeMutablePointer<Float>

  init(count: Int) {
    gradientBase = UnsafeMutablePointer<Float>.allocate(capacity: count)
    gradientBase.initialize(repeating: 0, count: count)
    gradient = UnsafeMutableBufferPointer(start: gradientBase, count: count)
  }

  deinit { gradientBase.deallocate() }

  func clear() {
    tape.reset()
    gradient.update(repeating: 0)
  }
}

private struct SharedValues: @unchecked Sendable {
  let base: UnsafePointer<Float>

  init(_ base: UnsafePointer<Float>) { self.base = base }
}
