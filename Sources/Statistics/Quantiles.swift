/// The `p`-quantile of sorted values by linear interpolation between order statistics (type 7, NumPy's default).
///
/// - Precondition: `sorted` is not empty, ascending and free of `NaN`; `0 <= p <= 1`.
package func quantile(_ p: Double, ofSorted sorted: [Double]) -> Double {
  precondition(!sorted.isEmpty && (0...1).contains(p), "quantile \(p) of \(sorted.count) values")
  let place = p * Double(sorted.count - 1)
  let low = Int(place.rounded(.down))
  guard low + 1 < sorted.count else { return sorted[low] }
  return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
}
