package import Neural

/// What the network reads for a chunk of samples, on a tape.
package struct SampleInputs {
  /// The 31 static maps of each sample; `nil` where none are read.
  package let statics: MapStack?
  /// The hours of each token of each sample, a token a map; `nil` where no rain is read.
  package let rain: MapStack?
  /// Shape `(samples, inputs)`: the leading ones of `PhysicsVector`, standardised where the model does; `nil` without any.
  package let physics: Activation?
  /// `logit(q)` with q clipped to .01 ... .99, one a sample.
  package let logits: [Float]

  package var count: Int { logits.count }

  /// Inputs that stand on a tape already, in the shapes above.
  package init(statics: MapStack?, rain: MapStack?, physics: Activation?, logits: [Float]) {
    self.statics = statics
    self.rain = rain
    self.physics = physics
    self.logits = logits
  }
}
