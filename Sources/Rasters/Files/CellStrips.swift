import Dispatch
import Mesh
import Synchronization

/// Runs work on strips of a grid's rows by several threads; the results come in the order of the strips.
///
/// - Parameters:
///   - grid: The cells.
///   - threads: Workers at a time.
///   - progress: Called with the share of strips that are done, from any thread.
///   - work: Makes one strip's result; each strip by itself, so that the number of threads changes nothing.
/// - Returns: One result a strip, from the north.
/// - Throws: The error of the northernmost strip that failed.
func overStrips<Result: Sendable>(
  of grid: MeshGrid, threads: Int, progress: (@Sendable (Double) -> Void)? = nil,
  _ work: @Sendable (MeshGrid) throws(RasterError) -> Result
) throws(RasterError) -> [Result] {
  let count = max(1, min(grid.height, threads <= 1 ? 1 : threads * 2))
  let strips = (0..<count).map { grid.rows(grid.height * $0 / count..<grid.height * ($0 + 1) / count) }
  let done = Mutex<[Swift.Result<Result, RasterError>?]>(Array(repeating: nil, count: count))
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
    while true {
      let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard place < count else { return }
      let outcome: Swift.Result<Result, RasterError>
      do throws(RasterError) { outcome = .success(try work(strips[place])) } catch { outcome = .failure(error) }
      let finished = done.withLock { results in
        results[place] = outcome
        return results.count { $0 != nil }
      }
      progress?(Double(finished) / Double(count))
    }
  }
  var results: [Result] = []
  for outcome in done.withLock({ $0 }) {
    guard let outcome else { continue }
    results.append(try outcome.get())
  }
  return results
}
