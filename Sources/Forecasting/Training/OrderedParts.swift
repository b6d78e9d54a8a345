/// One place a chunk, so that what workers find is summed in the order of the chunks.
final class OrderedParts<Part>: @unchecked Sendable {
  private let parts: UnsafeMutableBufferPointer<Part>

  init(count: Int, empty: Part) {
    parts = .allocate(capacity: count)
    parts.initialize(repeating: empty)
  }

  deinit {
    parts.deinitialize()
    parts.deallocate()
  }

  /// Each place is written by one worker.
  func set(_ part: Part, at chunk: Int) { parts[chunk] = part }

  var all: [Part] { Array(parts) }
}
