extension Int {
  /// The whole number of a floating one that may come from any file: what is beyond ±2^40 is that bound, `NaN` is 0.
  ///
  /// A plain conversion traps, and a single wrong bit of a file suffices for that.
  package init(saturating value: Double) {
    let bound = 1_099_511_627_776.0
    self = value.isNaN ? 0 : Int(Swift.min(Swift.max(value, -bound), bound))
  }

  package init(saturating value: Float) { self.init(saturating: Double(value)) }
}
