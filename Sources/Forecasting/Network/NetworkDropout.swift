package import Neural

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

  init(encoder: Dropout?, branches: Dropout?, latent: Dropout?) {
    self.encoder = encoder
    self.branches = branches
    self.latent = latent
  }
}
