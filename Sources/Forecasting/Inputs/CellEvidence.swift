/// What is known of one cell on one day without looking around it: all that a cell-wise method reads, the same for a
/// sample and for a cell of a map.
package struct CellEvidence: Sendable, Equatable {
  package let physics: PhysicsInput
  /// `q_rbf + k/1000`, the score of the soil-water early warning (METHOD 2.3).
  package let earlyWarning: Float
  /// What the cell had survived before the day.
  package let memory: MemoryInput

  package init(physics: PhysicsInput, earlyWarning: Float, memory: MemoryInput) {
    self.physics = physics
    self.earlyWarning = earlyWarning
    self.memory = memory
  }
}
