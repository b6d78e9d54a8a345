/// Bisection for a count that falls, nearly everywhere, as a number grows.
enum Calibration {
  /// The offset at which `count` is `wanted`, or as near to it as was met.
  ///
  /// A failure changes the slope that comes after it, so the count may jump; the neighbourhood of the jump is then searched.
  static func offset(reaching wanted: Int, _ count: (Double) -> Int) -> Double {
    var (low, high) = (-64.0, 64.0)
    var best = (offset: 0.0, gap: Int.max)
    func probe(_ offset: Double) -> Int {
      let found = count(offset)
      if abs(found - wanted) < best.gap { best = (offset, abs(found - wanted)) }
      return found
    }
    for _ in 0..<48 where best.gap > 0 {
      let middle = (low + high) / 2
      if probe(middle) > wanted { low = middle } else { high = middle }
    }
    var radius = 1e-4
    while best.gap > 0, radius < 0.1 {
      for side in [-1.0, 1] where best.gap > 0 { _ = probe(high + side * radius) }
      radius *= 1.25
    }
    return best.offset
  }
}
