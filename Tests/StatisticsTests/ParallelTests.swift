import Statistics
import Synchronization
import Testing

private struct Broken: Error, Equatable { let piece: Int }

@Test(arguments: [1, 2, 3, 16], [0, 1, 7, 100])
func `results stand in the order of the pieces, whatever the threads`(threads: Int, count: Int) {
  #expect(mapInParallel(count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
}

@Test(arguments: [1, 2, 5])
func `the earliest failure is thrown, and pieces far behind it are not begun`(threads: Int) {
  let begun = Mutex<Set<Int>>([])
  let error = #expect(throws: Broken.self) {
    try inParallel(1_000, threads: threads) { (piece) throws(Broken) in
      begun.withLock { _ = $0.insert(piece) }
      if piece >= 40 { throw Broken(piece: piece) }
    }
  }
  #expect(error == Broken(piece: 40))
  #expect(begun.withLock { $0.isSuperset(of: 0...40) && $0.count <= 40 + threads })
}

@Test func `a worker keeps its workspace, and without work there is none`() {
  let made = Atomic<Int>(0)
  let seen = Mutex<[Int]>([])
  inParallel(
    50, threads: 4,
    workspace: {
      made.wrappingAdd(1, ordering: .relaxed)
      return 0
    }
  ) { _, pieces in
    pieces += 1
    seen.withLock { $0.append(pieces) }
  }
  #expect((1...4).contains(made.load(ordering: .relaxed)))
  #expect(seen.withLock { $0.count } == 50)
  inParallel(0, threads: 4, workspace: { made.store(-1, ordering: .relaxed) }) { _, _ in }
  #expect(made.load(ordering: .relaxed) > 0)
}
