/// How MMD-AAE draws the latent features of regions together (METHOD 6).
package struct AlignmentSettings: Hashable, Sendable, Codable {
  /// Weight of the discrepancy between regions.
  package var discrepancy = 2.0
  /// Weight of the game against the discriminator.
  package var adversary = 0.1
  /// Weight of the decoder's mean squared error.
  package var reconstruction = 0.1
  /// Regions of a batch; all where there are fewer.
  package var regions = 8
  /// Samples of each.
  package var samples = 16

  package init() {}

  /// What is wrong with the numbers; `nil` when they can be used.
  package var flaw: String? {
    guard [discrepancy, adversary, reconstruction].allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      return "a weight of the alignment of regions is negative"
    }
    guard (2...1_000).contains(regions), (1...1_000).contains(samples) else {
      return "batches of regions outside 2 ... 1000, or of samples outside 1 ... 1000"
    }
    return nil
  }
}

/// The parts of a loss that aligns regions, before their weights.
package struct AlignmentLosses: Hashable, Sendable, Codable {
  package var discrepancy = 0.0
  package var adversary = 0.0
  package var reconstruction = 0.0
}
