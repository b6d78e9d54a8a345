import Neural
package import Statistics

extension NetworkDropout {
  /// - Parameters:
  ///   - settings: The rates; 0 drops nothing.
  ///   - stream: The encoder's; the others' are seeded by its next draw.
  package init(_ settings: TrainingSettings, stream: RandomStream) {
    var seeds = stream
    let seed = seeds.next()
    func dropout(_ rate: Double, _ stream: RandomStream) -> Dropout? {
      rate > 0 ? Dropout(rate: rate, stream: stream) : nil
    }
    self.init(
      encoder: dropout(settings.dropout, stream),
      branches: dropout(settings.branchDropout, RandomStream(seed: seed, "branch dropout")),
      latent: dropout(settings.latentDropout, RandomStream(seed: seed, "latent dropout")))
  }
}
