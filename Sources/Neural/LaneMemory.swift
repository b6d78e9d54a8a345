/// Zeroed floats on a 64-byte boundary with slack behind them, owned by one object.
///
/// Not safe to write from two threads: each worker has its own.
package final class LaneMemory: @unchecked Sendable {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int

  package init(_ count: Int) {
    self.count = count
    // A vector read or written at the last value stays inside.
    let bytes = (count + 64) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    start = raw.bindMemory(to: Float.self, capacity: count + 64)
    start.initialize(repeating: 0, count: count + 64)
  }

  package convenience init(_ values: [Float]) {
    self.init(values.count)
    start.update(from: values, count: values.count)
  }

  deinit { start.deallocate() }
}
