import Mesh
import Statistics
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
  let finished = Atomic<Int>(0)
  return try mapInParallel(count, threads: max(1, threads)) { (place) throws(RasterError) in
    let result = try work(strips[place])
    progress?(Double(finished.wrappingAdd(1, ordering: .relaxed).newValue) / Double(count))
    return result
  }
}
