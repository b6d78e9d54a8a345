/// How a one-class reading of a network's features is fitted (METHOD 6, "X + AD").
package struct OneClassSettings: Hashable, Sendable, Codable {
  /// How distance is measured: a name of `OneClassReading`.
  package var reading = OneClassReading.deep.rawValue
  package var epochs = 50
  package var rate = 1e-4
  /// Weight decay of AdamW.
  package var decay: Float = 1e-6
  package var batch = 128
  package var hidden = 64
  package var outputs = 32
  /// Share of the mean variance in the covariance of `mahalanobis`.
  package var shrinkage = 0.1

  package init() {}

  package var oneClassReading: OneClassReading? { OneClassReading(rawValue: reading) }

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    guard oneClassReading != nil else {
      return
        "no one-class reading is named \(reading), but \(OneClassReading.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    guard (1...10_000).contains(epochs), batch > 0, rate > 0, rate < 1, decay >= 0, decay.isFinite else {
      return "epochs, batch, rate or decay of the one-class reading out of range"
    }
    guard (1...1_024).contains(hidden), (1...1_024).contains(outputs), shrinkage > 0, shrinkage <= 1 else {
      return "widths of the one-class reading outside 1 ... 1024, or a shrinkage outside 0 ... 1"
    }
    return nil
  }
}

/// How far features are from those of days without a landslide.
package enum OneClassReading: String, CaseIterable, Sendable {
  /// Deep SVDD: a small network draws them to a centre (Ruff et al. 2018).
  case deep = "svdd"
  /// In deviations along the axes of their covariance, in closed form.
  case mahalanobis
}
