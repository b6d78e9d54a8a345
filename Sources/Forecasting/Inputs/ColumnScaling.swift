/// How the inputs of `PhysicsVector` are standardised: mean and deviation of the training samples, clipped to ±4.
package struct ColumnScaling: Hashable, Sendable, Codable {
  package static let clip: Float = 4

  /// One an input.
  package var means: [Float]
  package var deviations: [Float]

  /// Fits on samples; an input that never changes keeps the deviation 1, so that it stays 0.
  ///
  /// - Parameter rows: Shape `(samples, inputs)`, finite, at least one.
  package init(fitting rows: [[Float]]) {
    precondition(!rows.isEmpty, "a standardisation of no samples")
    let columns = rows[0].indices.map { input in rows.map { Double($0[input]) } }
    let centres = columns.map { $0.reduce(0, +) / Double($0.count) }
    means = centres.map { Float($0) }
    deviations = zip(columns, centres).map { column, mean in
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)).squareRoot()
      return deviation > 1e-6 ? Float(deviation) : 1
    }
  }

  /// The standardised inputs; `NaN` stays `NaN`.
  package func callAsFunction(_ values: [Float]) -> [Float] {
    values.indices.map { input in
      let scaled = (values[input] - means[input]) / deviations[input]
      return scaled > Self.clip ? Self.clip : scaled < -Self.clip ? -Self.clip : scaled
    }
  }

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    guard means.count == deviations.count, means.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return "standardisation of the physics with a mean that is no number or a deviation that is not above 0" }
    return nil
  }
}
