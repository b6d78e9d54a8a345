import Neural
import Statistics

extension OneClassHead {
  /// Trains Deep SVDD: AdamW draws the outputs of the features to their first mean.
  ///
  /// - Parameters:
  ///   - rows: Features of days without a landslide, shape `(n, features)`, at least one row.
  ///   - features: Length of a row.
  ///   - settings: Widths, epochs, rate.
  ///   - seed: Of weights and batches.
  ///   - onEpoch: Gets the epoch, from 1, and its mean loss; what it throws ends the training.
  /// - Returns: The head.
  /// - Throws: `notANumber`, or what `onEpoch` throws.
  /// - Source: METHOD.md 6.
  static func deep(
    fitting rows: [Float], features: Int, settings: OneClassSettings, seed: UInt64,
    onEpoch: (Int, Double) throws -> Void = { _, _ in }
  ) throws -> OneClassHead {
    precondition(!rows.isEmpty && rows.count.isMultiple(of: features), "\(rows.count) values in rows of \(features)")
    var network = OneClassNetwork(
      features: features, hidden: settings.hidden, outputs: settings.outputs, seed: seed)
    let centre = network.centre(of: rows)
    var optimiser = AdamW(count: network.values.count)
    optimiser.decay = settings.decay
    let groups = [AdamW.Group(range: 0..<network.values.count, rate: Float(settings.rate), decays: true)]
    var gradient = [Float](repeating: 0, count: network.values.count)
    let tape = Tape()
    let count = rows.count / features
    for epoch in 1...settings.epochs {
      var order = Array(0..<count)
      var stream = RandomStream(seed: seed, "one class", .number(epoch))
      stream.shuffle(&order)
      var sum = 0.0
      for begin in stride(from: 0, to: count, by: settings.batch) {
        let picks = order[begin..<min(begin + settings.batch, count)]
        let batch = picks.flatMap { rows[$0 * features..<($0 + 1) * features] }
        let loss = network.loss(batch, centre: centre, gradient: &gradient, on: tape)
        guard loss.isFinite else {
          throw TrainingError.notANumber(
            phase: "one class", epoch: epoch, batch: begin / settings.batch + 1, samples: [])
        }
        optimiser.step(&network.values, gradient: gradient, groups: groups)
        sum += loss * Double(picks.count)
      }
      try onEpoch(epoch, sum / Double(count))
    }
    return OneClassHead(
      features: features, hidden: network.hiddenWeight, map: network.outputWeight, centre: centre
    ).scaled(to: rows)
  }

  /// Mahalanobis' distance with a covariance drawn to its mean variance `t`, so that it can be inverted:
  ///
  ///     S′ = (1 − s) S + s t 1 = L Lᵀ        d² = ‖L⁻¹ (x − mean)‖²        t = trace(S) / features
  ///
  /// - Parameters:
  ///   - rows: As for `deep`.
  ///   - features: Length of a row.
  ///   - shrinkage: `s`, above 0.
  /// - Returns: The head.
  /// - Source: METHOD.md 6, `ad: mahalanobis`.
  static func mahalanobis(fitting rows: [Float], features: Int, shrinkage: Double) -> OneClassHead {
    let count = rows.count / features
    precondition(count > 0 && shrinkage > 0, "\(count) rows, a shrinkage of \(shrinkage)")
    let mean = (0..<features).map { column in
      (0..<count).reduce(0.0) { $0 + Double(rows[$1 * features + column]) } / Double(count)
    }
    var covariance = [Double](repeating: 0, count: features * features)
    for row in 0..<count {
      let gaps = (0..<features).map { Double(rows[row * features + $0]) - mean[$0] }
      for i in 0..<features {
        for j in 0...i { covariance[i * features + j] += gaps[i] * gaps[j] / Double(count) }
      }
    }
    let trace = (0..<features).reduce(0.0) { $0 + covariance[$1 * features + $1] }
    let variance = max(trace / Double(features), 1e-12)
    for i in 0..<features {
      for j in 0...i {
        covariance[i * features + j] *= 1 - shrinkage
        if i == j { covariance[i * features + j] += shrinkage * variance }
      }
    }
    let whitening = inverseFactor(of: covariance, size: features)
    let centre = (0..<features).map { row in
      Float((0...row).reduce(0.0) { $0 + whitening[row * features + $1] * mean[$1] })
    }
    return OneClassHead(features: features, hidden: [], map: whitening.map { Float($0) }, centre: centre)
      .scaled(to: rows)
  }

  /// `L⁻¹` of a positive definite matrix `L Lᵀ` whose lower triangle is filled; shape `(size, size)`, lower triangle.
  private static func inverseFactor(of matrix: [Double], size: Int) -> [Double] {
    var factor = matrix
    for j in 0..<size {
      for i in j..<size {
        let known = (0..<j).reduce(0.0) { $0 + factor[i * size + $1] * factor[j * size + $1] }
        let rest = matrix[i * size + j] - known
        factor[i * size + j] = i == j ? rest.squareRoot() : rest / factor[j * size + j]
      }
    }
    var inverse = [Double](repeating: 0, count: size * size)
    for column in 0..<size {
      for row in column..<size {
        let known = (column..<row).reduce(0.0) { $0 + factor[row * size + $1] * inverse[$1 * size + column] }
        inverse[row * size + column] = ((row == column ? 1 : 0) - known) / factor[row * size + row]
      }
    }
    return inverse
  }
}
