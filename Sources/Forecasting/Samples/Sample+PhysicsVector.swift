extension Sample {
  /// The inputs of `PhysicsVector` for a learner whose rain window has so many hours.
  /// - Precondition: Whole days, 1 ... 10.
  package func physicsVector(hours: Int = 72) -> [Float] { PhysicsVector.values(physics(hours: hours), memory) }
}
