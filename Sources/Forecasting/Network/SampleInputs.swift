package import Neural

/// What the network reads for a chunk of samples, on a tape.
package struct SampleInputs {
  /// Shape `(samples · patch², 32)`: the 31 static maps and a column of 0, channels last; `nil` where none are read.
  package let statics: Activation?
  /// Shape `(samples · tokens · patch², hours of a token, padded)`: 3 hours and a column of 0, or so; channels last;
  /// `nil` where no rain is read.
  package let rain: Activation?
  /// Shape `(samples, inputs)`: the leading ones of `PhysicsVector`, standardised where the model does; `nil` without any.
  package let physics: Activation?
  /// `logit(q)` with q clipped to .01 ... .99, one a sample.
  package let logits: [Float]

  package var count: Int { logits.count }

  /// Channels are padded to a multiple of 4, so that rows of the products are long.
  static func padded(_ channels: Int) -> Int { (channels + 3) / 4 * 4 }

  /// Inputs that stand on a tape already, in the shapes above.
  package init(statics: Activation?, rain: Activation?, physics: Activation?, logits: [Float]) {
    self.statics = statics
    self.rain = rain
    self.physics = physics
    self.logits = logits
  }
}
