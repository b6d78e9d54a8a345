import Statistics

/// Memory for the activations of a batch: handed out from the front, taken back all at once.
///
/// Every block is touched when it is made, begins on a cache line and ends with slack, so kernels never run into cold
/// pages; after the first batch no memory is asked for. One arena belongs to one worker at a time.
package final class Arena {
  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var block = 0
  private var used = 0
  private static let line = 64
  private static let slack = 4_096
  private static let largePage = 2 << 20

  package init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// Memory for `count` values, not cleared.
  package func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    raw(count * MemoryLayout<Float>.stride).bindMemory(to: Float.self, capacity: count)
  }

  /// Memory for `count` values, all 0.
  package func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = allocate(count)
    memory.update(repeating: 0, count: count)
    return memory
  }

  /// Memory for `count` places of rows.
  package func places(_ count: Int) -> UnsafeMutablePointer<Int32> {
    raw(count * MemoryLayout<Int32>.stride).bindMemory(to: Int32.self, capacity: count)
  }

  /// Memory for `count` draws of 64 random bits.
  package func words(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    raw(count * MemoryLayout<UInt64>.stride).bindMemory(to: UInt64.self, capacity: count)
  }

  /// Takes everything back; what was handed out must not be used any more.
  package func reset() {
    block = 0
    used = 0
  }

  private func raw(_ bytes: Int) -> UnsafeMutableRawPointer {
    let size = (bytes + Self.line - 1) / Self.line * Self.line
    while block < blocks.count, used + size + Self.slack > blocks[block].count {
      block += 1
      used = 0
    }
    if block == blocks.count {
      let capacity = max(size + Self.slack, 1 << 23)
      let fresh = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: Self.largePage)
      adviseLargePages(fresh)
      fresh.initializeMemory(as: UInt8.self, repeating: 0)
      blocks.append(fresh)
      used = 0
    }
    guard let base = blocks[block].baseAddress else { preconditionFailure("a block of no bytes") }
    defer { used += size }
    return base + used
  }
}
