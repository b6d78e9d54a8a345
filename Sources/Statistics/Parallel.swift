import Dispatch
import Synchronization

/// Runs numbered pieces of work on several threads, in no fixed order; each worker keeps a workspace from piece to piece.
///
/// Which thread does a piece is open, so a piece must not depend on it: pieces write to places of their own, and what is
/// summed is summed afterwards in the order of the pieces. Then any number of threads gives the same bytes.
///
/// - Parameters:
///   - count: How many pieces; 0 makes no workspace.
///   - threads: Workers at a time, at least 1.
///   - makeWorkspace: Called once by each worker, on its thread.
///   - work: Does one piece.
/// - Throws: The error of the earliest piece that fails, whatever the number of threads; later pieces are not begun.
package func inParallel<Workspace: ~Copyable, Failure: Error>(
  _ count: Int, threads: Int, workspace makeWorkspace: () throws(Failure) -> Workspace,
  _ work: (Int, inout Workspace) throws(Failure) -> Void
) throws(Failure) {
  precondition(count >= 0 && threads > 0, "\(count) pieces of work for \(threads) threads")
  guard count > 0 else { return }
  guard threads > 1, count > 1 else {
    var workspace = try makeWorkspace()
    for piece in 0..<count { try work(piece, &workspace) }
    return
  }
  nonisolated(unsafe) let (makeWorkspace, work) = (makeWorkspace, work)
  let next = Atomic<Int>(0)
  let failure = Mutex<(piece: Int, error: Failure)?>(nil)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    // Pieces are handed out in order, so those before a failed one are all done: the earliest failure is always found.
    var piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
    guard piece < count else { return }
    do throws(Failure) {
      var workspace = try makeWorkspace()
      while piece < count {
        try work(piece, &workspace)
        piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      }
    } catch {
      next.store(count, ordering: .relaxed)
      failure.withLock { known in
        if known.map({ piece < $0.piece }) ?? true { known = (piece, error) }
      }
    }
  }
  if let found = failure.withLock({ $0 }) { throw found.error }
}

/// Runs numbered pieces of work on several threads; see `inParallel(_:threads:workspace:_:)`.
package func inParallel<Failure: Error>(
  _ count: Int, threads: Int, _ work: (Int) throws(Failure) -> Void
) throws(Failure) {
  try inParallel(count, threads: threads, workspace: { () throws(Failure) in 0 }) {
    (piece, _) throws(Failure) in try work(piece)
  }
}

/// The results of numbered pieces of work in their order; see `inParallel(_:threads:workspace:_:)`.
package func mapInParallel<Result, Failure: Error>(
  _ count: Int, threads: Int, _ work: (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
  var results = [Result?](repeating: nil, count: count)
  try results.withUnsafeMutableBufferPointer { (results) throws(Failure) in
    let places = results
    try inParallel(count, threads: threads) { (piece) throws(Failure) in places[piece] = try work(piece) }
  }
  return results.compactMap { $0 }
}
