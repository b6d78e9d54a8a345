/// What is known of one cell on one day without looking around it: all that a cell-wise method reads, the same for a
/// sample and for a cell of a map.
package struct CellEvidence: Sendable, Equatable {
  package let physics: PhysicsInput
  /// `nil` where the record of the cell is not at hand.
  package let memory: MemoryInput?
  /// `q_rbf + k/1000`, the score of the soil-water early warning (METHOD 2.3).
  package let earlyWarning: Float

  package init(physics: PhysicsInput, memory: MemoryInput?, earlyWarning: Float) {
    self.physics = physics
    self.memory = memory
    self.earlyWarning = earlyWarning
  }

  /// So many leading inputs of `PhysicsVector`; those of the memory only where it is at hand.
  package func vector(_ count: Int) -> [Float] { Array(PhysicsVector.values(physics, memory ?? .none).prefix(count)) }
}
