import Foundation
import Neural

/// The network's view of the rain of an hour, ln(1 + mm/10); 0 for none and for a missing hour.
///
/// A missing hour counts as dry, as in the soil water (METHOD 1.3); who calls reports the gap.
@inline(__always)
package func rainFeature(ofMillimetres rain: Float) -> Float {
  rain > 0 ? log1pf(rain / 10) : 0
}

/// `rainFeature` of many amounts, within 2e-7.
///
/// - Parameters:
///   - millimetres: `count` amounts.
///   - count: How many.
///   - features: `count` values, overwritten.
/// - Returns: Whether any amount was above 0.
@inline(__always)
func rainFeatures(
  _ millimetres: UnsafePointer<Float>, count: Int, into features: UnsafeMutablePointer<Float>
) -> Bool {
  logOnePlus(millimetres, count: count, scale: 0.1, into: features)
}

/// The fixed sinusoidal position of token `t`: sin and cos of t / 10000^(2i / width) in turns.
/// - Source: METHOD 3.2; Vaswani et al. (2017), 3.5.
package func positionEncoding(token: Int, width: Int) -> [Float] {
  (0..<width).map { index in
    let angle = Double(token) / pow(10_000, Double(index / 2 * 2) / Double(width))
    return Float(index.isMultiple(of: 2) ? sin(angle) : cos(angle))
  }
}
