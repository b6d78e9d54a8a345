/// Notices hours that come back some hours beside those imported before: a wrong zone, or a start taken for an end.
struct RainShift {
  /// Mean rain of the hours of all replaced days in order, mm; `NaN` between days that do not follow each other.
  private var before: [Double] = []
  private var after: [Double] = []
  /// Hours looked at on either side.
  static let reach = 12

  /// Adds a day, in order; empty arrays for one that was not replaced.
  mutating func add(before: [Double], after: [Double]) {
    let gap = [Double](repeating: .nan, count: before.isEmpty ? Self.reach : 0)
    self.before += before + gap
    self.after += after + gap
  }

  /// By how many hours the new series lies later; `nil` unless another shift than none makes both nearly the same
  /// (correlation at least 0.9, and 0.2 more than without a shift).
  var hours: Int? {
    let unmoved = correlation(shift: 0)
    let best = (-Self.reach...Self.reach).map { (shift: $0, r: correlation(shift: $0)) }.max { $0.r < $1.r }
    guard let best, best.shift != 0, best.r >= 0.9, best.r >= unmoved + 0.2 else { return nil }
    return best.shift
  }

  /// Correlation of `after[i + shift]` with `before[i]`; −1 where fewer than 24 hours can be compared.
  private func correlation(shift: Int) -> Double {
    var pairs: [(Double, Double)] = []
    for i in before.indices where after.indices.contains(i + shift) {
      if !before[i].isNaN, !after[i + shift].isNaN { pairs.append((before[i], after[i + shift])) }
    }
    guard pairs.count >= 24 else { return -1 }
    let count = Double(pairs.count)
    let mean = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      xx += (x - mean.0) * (x - mean.0)
      yy += (y - mean.1) * (y - mean.1)
      xy += (x - mean.0) * (y - mean.1)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : -1
  }
}

/// Mean of the known values, mm; `NaN` where there are none.
func meanRain(_ values: ArraySlice<Float>) -> Double {
  var (sum, count) = (0.0, 0)
  for value in values where !value.isNaN {
    sum += Double(value)
    count += 1
  }
  return count > 0 ? sum / Double(count) : .nan
}
