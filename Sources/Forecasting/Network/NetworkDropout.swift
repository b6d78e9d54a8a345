package import Neural
package import Statistics

/// What a chunk of a training batch drops, and where.
package struct NetworkDropout {
  /// Values inside the transformer.
  package let encoder: Dropout?
  /// Whole branches of a sample, so that the physics learns to stand alone.
  package let branches: Dropout?
  /// Latent features.
  package let latent: Dropout?

  /// Nothing is dropped: outside training.
  package static var none: NetworkDropout { NetworkDropout(encoder: nil, branches: nil, latent: nil) }

  private init(encoder: Dropout?, branches: Dropout?, latent: Dropout?) {
    self.encoder = encoder
    self.branches = branches
    self.latent = latent
  }

  /// - Parameters:
  ///   - settings: The rates; 0 drops nothing.
  ///   - stream: The encoder's; the others' are seeded by its next draw.
  package init(_ settings: TrainingSettings, stream: RandomStream) {
    var seeds = stream
    let seed = seeds.next()
    func dropout(_ rate: Double, _ stream: RandomStream) -> Dropout? {
      rate > 0 ? Dropout(rate: rate, stream: stream) : nil
    }
    encoder = dropout(settings.dropout, stream)
    branches = dropout(settings.branchDropout, RandomStream(seed: seed, "branch dropout"))
    latent = dropout(settings.latentDropout, RandomStream(seed: seed, "latent dropout"))
  }
}
